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
      let open: (() => void) | undefined;
      const promise = new Promise<void>((resolve) => {
        open = resolve;
      });
      this.waiting = { promise, open: () => open?.() };
      this.listener();
    }
    return this.waiting.promise;
  }

  open(): void {
    this.waiting?.open();
    this.waiting = undefined;
  }
}

export const gate = new Gate();
