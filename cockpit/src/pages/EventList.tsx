import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEvents, useNets } from '../api/queries.ts';
import type { Request } from '../api/requests.ts';
import type { Event } from '../api/schema.ts';
import { actorWords, eventWords } from '../domain/events.ts';
import { useSession } from '../session/SessionContext.ts';
import { Copyable } from '../ui/Copyable.tsx';
import { ResourceLink } from '../ui/Links.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Time } from '../ui/Time.tsx';
import uiClasses from '../ui/ui.module.css';
import classes from './EventList.module.css';

/** What happened, the newest first, as far back as one asks for. */
export function EventList({
  asked,
  empty,
}: {
  asked: Pick<Request<'ReadEvents'>, 'Resource' | 'Types'>;
  empty: ReactNode;
}) {
  const events = useEvents(asked);
  return (
    <Loaded query={events}>
      {({ pages }) => {
        const all = pages.flatMap((page) => page.Events);
        return all.length === 0 ? (
          empty
        ) : (
          <>
            <ol className={classes.events} aria-label="Events">
              {all.map((event) => (
                <li key={event.Sequence}>
                  <Line event={event} about={asked.Resource} />
                </li>
              ))}
            </ol>
            {events.hasNextPage && (
              <Button
                mt="md"
                variant="default"
                loading={events.isFetchingNextPage}
                onClick={() => void events.fetchNextPage()}
              >
                Show older events
              </Button>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

/** What an event names: a Net by its name, where it is the viewer's own and still there. */
function Named({ id }: { id: string }) {
  const nets = useNets().data ?? [];
  const net = nets.find((it) => it.NetId === id);
  return net === undefined && id.startsWith('vpc-') ? (
    <Copyable text={id} />
  ) : (
    <ResourceLink id={id} resource={net} />
  );
}

/** @param about the resource that the list is about: it is not named again */
function Line({ event, about }: { event: Event; about: string | undefined }) {
  const { account } = useSession();
  const named = [event.Subject, ...event.Nets.filter((net) => net !== event.Subject)];
  return (
    <>
      <strong>{eventWords(event.Type)}</strong> by {actorWords(event.Actor, account)},{' '}
      <Time at={event.Time} inFull />
      {tells(event.Detail) && <div className={`${uiClasses.quiet} ${uiClasses.small}`}>{event.Detail}</div>}
      <div className={classes.named}>
        {named
          .filter((id) => id !== about && id !== account)
          .map((id) => (
            <Named key={id} id={id} />
          ))}
      </div>
    </>
  );
}

/** What the title says already is not said again. */
function tells(detail: string): boolean {
  return detail !== '' && detail !== 'created';
}
