import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useSearchParams } from 'wouter';
import { TOPICS, typesOf } from '../domain/events.ts';
import { Empty, Page, Panel } from '../ui/Page.tsx';
import classes from '../ui/ui.module.css';
import { EventList } from './EventList.tsx';

/** The audit trail (L9). What it is narrowed down to is in the address of the page, so that it can be sent to somebody. */
export function EventLogPage() {
  const [search, setSearch] = useSearchParams();
  const topic = TOPICS.find((it) => it.name === search.get('topic'));
  const resource = search.get('resource') ?? '';
  const narrow = (name: string, value: string) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        if (value === '') {
          next.delete(name);
        } else {
          next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );
  const asked = {
    ...(resource === '' ? {} : { Resource: resource }),
    ...(topic === undefined ? {} : { Types: typesOf(topic) }),
  };
  return (
    <Page
      title="Event log"
      intro="What happened to what is yours, when, and by whom. What is written here is never changed."
    >
      <div className={classes.tools}>
        <NativeSelect
          label="About"
          value={topic?.name ?? ''}
          onChange={(change) => narrow('topic', change.currentTarget.value)}
          data={[
            { value: '', label: 'Everything' },
            ...TOPICS.map(({ name }) => ({ value: name, label: name })),
          ]}
        />
        <ResourceField key={resource} resource={resource} onChosen={(id) => narrow('resource', id)} />
      </div>
      <Panel title={resource === '' ? 'The newest first' : `Of ${resource}, the newest first`}>
        <EventList
          asked={asked}
          empty={
            <Empty title="Nothing happened">
              {Object.keys(asked).length === 0
                ? 'Make a Net, and its first event is here.'
                : 'No event is about that. Ask for less to see more.'}
            </Empty>
          }
        />
      </Panel>
    </Page>
  );
}

function ResourceField({ resource, onChosen }: { resource: string; onChosen: (id: string) => void }) {
  const [text, setText] = useState(resource);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onChosen(text.trim());
  };
  return (
    <form onSubmit={submit} className={classes.tools}>
      <TextInput
        label="That names"
        placeholder="vpc-…, pcx-…, an account id"
        value={text}
        onChange={(change) => setText(change.currentTarget.value)}
        autoComplete="off"
      />
      <Button type="submit" variant="default">
        Show
      </Button>
    </form>
  );
}
