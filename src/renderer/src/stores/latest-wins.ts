/** Sends values one at a time: while one is under way only the newest of the others is kept. */
export interface LatestWins<T> {
  push(value: T): void;
  readonly busy: boolean;
}

export interface LatestWinsOptions<T> {
  send(value: T): Promise<void>;
  /** Joins a value that waits with a newer one. */
  merge(waiting: T, newer: T): T;
  /** Called once nothing is under way and nothing waits. */
  idle(): void;
  failed(error: unknown): void;
}

/** An error drops what waits: it was meant for a state that did not come. */
export function latestWins<T>(options: LatestWinsOptions<T>): LatestWins<T> {
  let waiting: { value: T } | null = null;
  let busy = false;

  async function pump(): Promise<void> {
    busy = true;
    try {
      while (waiting !== null) {
        const { value } = waiting as { value: T };
        waiting = null;
        await options.send(value);
      }
    } catch (error) {
      waiting = null;
      options.failed(error);
    } finally {
      busy = false;
      options.idle();
    }
  }

  return {
    get busy() {
      return busy;
    },
    push(value) {
      waiting = { value: waiting === null ? value : options.merge(waiting.value, value) };
      if (!busy) void pump();
    },
  };
}
