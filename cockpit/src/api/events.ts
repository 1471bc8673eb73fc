import type { QueryClient } from '@tanstack/react-query';
import { concerned } from '../domain/events.ts';
import { clock } from '../session/clock.ts';
import type { Event } from './schema.ts';

/** Several events of one change arrive one after the other: what they concern is read again once, in milliseconds. */
const SETTLED_AFTER = 200;
const RETRY_AFTER = 5_000;

/** The last event that was seen of each Region: whoever looks at it again goes on there. */
const seen = new Map<string, number>();

/**
 * Follows a Region's events of the account, and has read again what they concern. Answers what ends it.
 *
 * @param after where the first look at the Region begins: the number of an event that is older than anything that was read
 * @param onClock called where the server's time may have been moved
 */
export function followEvents(
  region: string,
  after: number,
  queries: QueryClient,
  onClock: () => void,
): () => void {
  seen.set(region, seen.get(region) ?? after);
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const changes = new Changes(region, queries);

  const connect = () => {
    source = new EventSource(
      `/cockpit/events?region=${encodeURIComponent(region)}&after=${seen.get(region)}`,
    );
    // The server's log is an older one than that which was read: it was restored from a backup.
    source.addEventListener('reset', (message: MessageEvent<string>) => {
      seen.set(region, Number(message.lastEventId));
      changes.all();
    });
    source.addEventListener('message', (message: MessageEvent<string>) => {
      const event = JSON.parse(message.data) as Event;
      seen.set(region, event.Sequence);
      clock.atLeast(Date.parse(event.Time));
      changes.after(event.Type);
      onClock();
    });
    source.addEventListener('error', () => {
      // A connection that is merely interrupted is resumed by the browser, behind the last event that arrived.
      if (source?.readyState === EventSource.CLOSED) {
        retry = setTimeout(connect, RETRY_AFTER);
      }
    });
  };
  connect();

  return () => {
    source?.close();
    clearTimeout(retry);
    changes.stop();
  };
}

/** What is to be read again, collected until no more arrives for a moment. */
class Changes {
  private readonly region: string;
  private readonly queries: QueryClient;
  private readonly calls = new Set<string>();
  private everything = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(region: string, queries: QueryClient) {
    this.region = region;
    this.queries = queries;
  }

  after(type: string): void {
    const calls = concerned(type);
    if (calls === undefined) {
      this.everything = true;
    }
    calls?.forEach((call) => this.calls.add(call));
    this.soon();
  }

  all(): void {
    this.everything = true;
    this.soon();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.readAgain(), SETTLED_AFTER);
  }

  private readAgain(): void {
    const { calls, everything, region } = this;
    const wanted = new Set(calls);
    void this.queries.invalidateQueries({
      predicate: ({ queryKey: [where, call] }) =>
        where === region && (everything || wanted.has(String(call))),
    });
    calls.clear();
    this.everything = false;
  }
}
