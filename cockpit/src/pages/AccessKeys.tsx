import { Alert } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../api/queries.ts';
import type { AccessKey, Answer } from '../api/schema.ts';
import { Action } from '../ui/Action.tsx';
import { Copyable } from '../ui/Copyable.tsx';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Empty, Facts, Panel } from '../ui/Page.tsx';
import { Plain } from '../ui/State.tsx';
import { Time } from '../ui/Time.tsx';
import classes from '../ui/ui.module.css';

type NewKey = Answer<'CreateAccessKey'>['AccessKey'];

/** The keys that programs sign the account's calls with. The secret of a new one is shown here once, and nowhere else. */
export function AccessKeys() {
  const keys = useAnswer('ReadAccessKeys', {});
  const [made, setMade] = useState<NewKey>();
  return (
    <Panel
      title="Access keys"
      actions={
        <Action
          small
          label="Create an access key"
          title="Create an access key"
          fields={[
            {
              name: 'Tag',
              label: 'Tag',
              kind: 'text',
              optional: true,
              hint: 'What it is for.',
              problem: (text) => (text.length > 255 ? 'At most 255 characters are accepted.' : undefined),
            },
          ]}
          plan={({ Tag = '' }) => [
            { call: 'CreateAccessKey', args: Tag.trim() === '' ? {} : { Tag: Tag.trim() } },
          ]}
          onDone={([answer]) => setMade((answer as Answer<'CreateAccessKey'>).AccessKey)}
        />
      }
    >
      {made !== undefined && (
        <Alert
          color="yellow"
          variant="light"
          role="status"
          title="Copy the secret key now: it is not shown again"
          withCloseButton
          closeButtonLabel="I have copied it"
          onClose={() => setMade(undefined)}
          mb="md"
          className={classes.tinted ?? ''}
        >
          <Facts
            facts={[
              ['Access key id', <Copyable key="id" text={made.AccessKeyId} />],
              ['Secret key', <Copyable key="secret" text={made.SecretKey} />],
            ]}
          />
        </Alert>
      )}
      <Loaded query={keys}>
        {({ AccessKeys: all }) => (
          <DataTable
            label="Access keys"
            rows={all}
            columns={COLUMNS}
            keyOf={(key) => key.AccessKeyId}
            textOf={(key) => `${key.AccessKeyId} ${key.Tag ?? ''} ${key.State}`}
            empty={<Empty title="No access keys">Programs need one to make calls in your name.</Empty>}
          />
        )}
      </Loaded>
    </Panel>
  );
}

const COLUMNS: Column<AccessKey>[] = [
  { title: 'Access key', cell: (key) => <Copyable text={key.AccessKeyId} /> },
  {
    title: 'State',
    cell: (key) => <Plain state={key.State.toLowerCase()} good={key.State === 'ACTIVE'} />,
  },
  { title: 'Tag', cell: (key) => <span>{key.Tag ?? ''}</span> },
  { title: 'Created', cell: (key) => <Time at={key.CreationDate} /> },
  {
    title: 'Expires',
    cell: (key) => (key.ExpirationDate === undefined ? 'never' : <Time at={key.ExpirationDate} />),
  },
  { title: 'Actions', cell: (key) => <KeyActions of={key} /> },
];

function KeyActions({ of: { AccessKeyId, State } }: { of: AccessKey }) {
  const active = State === 'ACTIVE';
  return (
    <div className={classes.actions}>
      <Action
        small
        label={active ? 'Deactivate' : 'Activate'}
        about={AccessKeyId}
        title={`${active ? 'Deactivate' : 'Activate'} ${AccessKeyId}?`}
        plan={() => [
          { call: 'UpdateAccessKey', args: { AccessKeyId, State: active ? 'INACTIVE' : 'ACTIVE' } },
        ]}
      >
        {active
          ? 'Calls that are signed with it are refused, and who signed in with it is signed out, until it is active again.'
          : 'Calls that are signed with it are accepted again.'}
      </Action>
      <Action
        small
        danger
        label="Delete"
        about={AccessKeyId}
        title={`Delete ${AccessKeyId}?`}
        plan={() => [{ call: 'DeleteAccessKey', args: { AccessKeyId } }]}
      >
        Calls that are signed with it are refused for good, and who signed in with it is signed out.
      </Action>
    </div>
  );
}
