import type { TaskOutcome, TaskSource } from '../executor';

/** One source that the pool pulls from, until it has no more and all its tasks are settled. */
export class Feed<A, R> {
  readonly #source: TaskSource<A, R>;
  readonly #finished: (error: unknown) => void;
  #unsettled = 0;
  #error: unknown = null;
  exhausted = false;

  /** `finished` is called once, with what the source threw or null. */
  constructor(source: TaskSource<A, R>, finished: (error: unknown) => void) {
    this.#source = source;
    this.#finished = finished;
  }

  /** The next argument, or undefined where there is none. */
  next(): A | undefined {
    if (this.exhausted) return undefined;
    try {
      const argument = this.#source.next();
      if (argument === undefined) this.end();
      else this.#unsettled += 1;
      return argument;
    } catch (error) {
      this.end(error);
      return undefined;
    }
  }

  readonly deadlineMs = null;
  readonly alone = false;

  deliver(outcome: TaskOutcome<A, R>): void {
    try {
      this.#source.settled(outcome);
    } catch (error) {
      this.#error ??= error;
      this.exhausted = true;
    }
    this.#unsettled -= 1;
    if (this.exhausted) this.#finish();
  }

  /** Pulls no more. */
  end(error: unknown = null): void {
    if (this.exhausted) return;
    this.exhausted = true;
    this.#error = error;
    this.#finish();
  }

  #finish(): void {
    if (this.#unsettled === 0) this.#finished(this.#error);
  }
}

/** The open feeds of a pool. */
export class Feeds<A, R> {
  readonly #open = new Set<Feed<A, R>>();

  get size(): number {
    return this.#open.size;
  }

  /** Opens a feed; resolves, or rejects with what the source threw, once its last task is settled. `closed` is called just before. */
  open(source: TaskSource<A, R>, closed: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const feed = new Feed<A, R>(source, (error) => {
        this.#open.delete(feed);
        closed();
        if (error === null) resolve();
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
      this.#open.add(feed);
    });
  }

  /** The next argument of the first feed that has one, and the feed. */
  next(): { argument: A; feed: Feed<A, R> } | undefined {
    for (const feed of this.#open) {
      const argument = feed.next();
      if (argument !== undefined) return { argument, feed };
    }
    return undefined;
  }

  /** Pulls no more from any; an error is what they reject with. */
  end(error: unknown = null): void {
    for (const feed of this.#open) feed.end(error);
  }
}
