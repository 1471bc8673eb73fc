import { useSyncExternalStore } from 'react';

/**
 * The server's time. With the system's clock it goes on like the browser's, however wrong that one is; a manual clock
 * stands still until the server is seen at a later time.
 */
export class ServerClock {
  private offset = 0;
  private standing: number | undefined;
  private readonly local: () => number;

  constructor(local: () => number = Date.now) {
    this.local = local;
  }

  /** The server was seen at that time, in milliseconds. */
  seen(time: number, manual: boolean): void {
    this.standing = manual ? time : undefined;
    this.offset = manual ? 0 : time - this.local();
  }

  /** An event happened at that time: a manual clock is at least there. */
  atLeast(time: number): void {
    if (this.standing !== undefined && time > this.standing) {
      this.standing = time;
    }
  }

  now(): number {
    return this.standing ?? this.local() + this.offset;
  }
}

export const clock = new ServerClock();

const SECOND = 1000;

function subscribe(onChange: () => void): () => void {
  const timer = setInterval(onChange, SECOND);
  return () => clearInterval(timer);
}

/** The server's time to the second, which keeps what shows it up to date. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => Math.floor(clock.now() / SECOND) * SECOND);
}
