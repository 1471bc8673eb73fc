/**
 * Where calls wait whose session is over. The page asks to sign in again, above whatever it shows, and opens the gate
 * afterwards.
 */
class Gate {
  private waiting: { promise: Promise<void>; open: () => void } | undefined;
  private listener: () => void = () => {};

  /** Calls back when the first call has to wait. */
  onClosed(listener: () => void): void {
    this.listener = listener;
  }

  /** Resolves when somebody has signed in again. */
  renewal(): Promise<void> {
    if (this.waiting === undefined) {
      const { promise, resolve } = promised();
      this.waiting = { promise, open: resolve };
      this.listener();
    }
    return this.waiting.promise;
  }

  open(): void {
    this.waiting?.open();
    this.waiting = undefined;
  }
}

function promised(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

export const gate = new Gate();
