import { Alert, Button, Group } from '@mantine/core';
import { Link } from 'wouter';
import { call } from '../api/client.ts';
import { useAnswer, useNets } from '../api/queries.ts';
import type { Answer } from '../api/schema.ts';
import { nameOf } from '../domain/names.ts';
import { useSession } from '../session/SessionContext.ts';
import { currentSession, signIn } from '../session/session.ts';
import { Action } from '../ui/Action.tsx';
import { Copyable } from '../ui/Copyable.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Facts, Page, Panel } from '../ui/Page.tsx';
import { Time } from '../ui/Time.tsx';
import type { Field, Values } from '../ui/fields.ts';
import classes from '../ui/ui.module.css';
import { AccessKeys } from './AccessKeys.tsx';

type Account = Answer<'ReadOwnAccount'>['Account'];

/** Who one is here: what others are told, what one signs in with, and what one hands out. */
export default function AccountPage() {
  const account = useAnswer('ReadOwnAccount', {});
  return (
    <Page title="Account" intro="Who you are to others, and how you sign in.">
      <Loaded query={account}>
        {({ Account: own }) => (
          <>
            <Panel title="You">
              <Facts
                facts={[
                  ['Account id', <Copyable key="id" text={own.AccountId} />],
                  ['Name', own.Name ?? 'none'],
                  ['E-mail', own.Email ?? 'none'],
                  ['Password', own.HasPassword ? 'set' : 'none'],
                  ['Created', <Time key="time" at={own.CreationDate} />],
                ]}
              />
              <Group gap="xs" mt="md">
                <Rename account={own} />
                <ChangeEmail account={own} />
                <ChangePassword account={own} />
              </Group>
            </Panel>
            <HandOut account={own} />
            <AccessKeys />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** Changes the account and goes on in a session that knows it. A new password has ended the one before. */
function useUpdate() {
  const { region, session, goOn } = useSession();
  return async (args: { Name?: string; Email?: string; Password?: string; CurrentPassword?: string }) => {
    const answer = await call('UpdateOwnAccount', args, region);
    const { Email = session.Email ?? '' } = answer.Account;
    goOn(
      args.Password === undefined
        ? await currentSession(region)
        : await signIn({ Email, Password: args.Password }),
    );
    return [answer];
  };
}

function Rename({ account }: { account: Account }) {
  const update = useUpdate();
  return (
    <Action
      label="Change the name"
      title="What your account is called"
      confirm="Save"
      fields={[
        {
          name: 'Name',
          label: 'Name',
          kind: 'text',
          optional: true,
          initial: account.Name ?? '',
          hint: 'The owners of the Nets that you ask for a peering see it, beside your account id. Leave it empty to have none.',
          autoComplete: 'organization',
          problem: (text) => (text.length > 64 ? 'At most 64 characters are accepted.' : undefined),
        },
      ]}
      plan={({ Name = '' }) =>
        () =>
          update({ Name: Name.trim() })
        }
    />
  );
}

/** Whoever finds somebody signed in cannot make the account their own with it. */
const CURRENT: Field = {
  name: 'CurrentPassword',
  label: 'Your password now',
  kind: 'password',
  autoComplete: 'current-password',
};

function currentOf({ CurrentPassword = '' }: Values) {
  return CurrentPassword === '' ? {} : { CurrentPassword };
}

function ChangeEmail({ account }: { account: Account }) {
  const update = useUpdate();
  return (
    <Action
      label="Change the e-mail"
      title="The e-mail that you sign in with"
      confirm="Save"
      fields={[
        {
          name: 'Email',
          label: 'E-mail',
          kind: 'text',
          initial: account.Email ?? '',
          autoComplete: 'email',
          problem: (text) =>
            /^[^@\s]+@[^@\s]+$/.test(text) ? undefined : 'An address such as ops@example.com is expected.',
        },
        ...(account.HasPassword ? [CURRENT] : []),
      ]}
      plan={(values) => () => update({ Email: values.Email?.trim() ?? '', ...currentOf(values) })}
    />
  );
}

function ChangePassword({ account }: { account: Account }) {
  const update = useUpdate();
  if (account.Email === undefined) {
    return null;
  }
  return (
    <Action
      label={account.HasPassword ? 'Change the password' : 'Set a password'}
      title="The password that you sign in with"
      confirm="Save"
      fields={[
        ...(account.HasPassword ? [CURRENT] : []),
        {
          name: 'Password',
          label: 'New password',
          kind: 'password',
          hint: 'At least 8 characters.',
          problem: (text) => ([...text].length < 8 ? 'At least 8 characters are expected.' : undefined),
        },
        {
          name: 'Again',
          label: 'The new password again',
          kind: 'password',
          problem: (text, { Password }) => (text === Password ? undefined : 'It is not the same.'),
        },
      ]}
      plan={(values) => () => update({ Password: values.Password ?? '', ...currentOf(values) })}
    >
      Whoever else is signed in as you is signed out. Access keys stay as they are.
    </Action>
  );
}

/** Of more Nets than these, their own pages tell. */
const MOST_SHOWN = 10;

function HandOut({ account }: { account: Account }) {
  const nets = useNets().data ?? [];
  return (
    <Panel title="To be asked for a peering">
      <p className={classes.quiet}>
        Send one of these to whoever is to ask: the id of a Net of yours, and that of your account.
      </p>
      <ul className={classes.list}>
        {nets.slice(0, MOST_SHOWN).map((net) => (
          <li key={net.NetId}>
            {nameOf(net) ?? net.IpRange}: <Copyable text={`${net.NetId} of account ${account.AccountId}`} />
          </li>
        ))}
      </ul>
      {nets.length === 0 && <Alert color="gray" variant="light" title="You have no Net in this Region yet" />}
      {nets.length > MOST_SHOWN && (
        <Button component={Link} href="/nets" variant="default" mt="sm">
          All {nets.length} Nets
        </Button>
      )}
    </Panel>
  );
}
