/** Is called with the times of each task that has run, in ms on the clock of `clock.ts`. */
export type RanListener = (queuedMs: number, startedMs: number, finishedMs: number) => void;

/** Those who want the times of tasks; without any it costs nothing. */
export class Watchers {
  #listeners: readonly RanListener[] = [];

  /** Returns what ends it. */
  add(listener: RanListener): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  ran(queuedMs: number, startedMs: number, finishedMs: number): void {
    if (this.#listeners.length === 0) return;
    for (const listener of this.#listeners) listener(queuedMs, startedMs, finishedMs);
  }
}
