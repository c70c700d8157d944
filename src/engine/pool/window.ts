/** Work that a worker has waiting beside the task it runs, ms: enough to bridge a Node hand-over, little to take back. */
const AHEAD_MS = 8;
/** The most it may grow to on a machine so busy that this process is often late. */
const MOST_AHEAD_MS = 12;
/** Beside a task longer than this nothing waits: the hand-over is lost in it, and a prefetched task would be late. */
const LONG_MS = 20;
const LARGEST = 512;

/** Learns from running times, and from workers that ran out of work, how many tasks a worker is given at a time. */
export class Window {
  readonly #leastMs: number;
  /** Moving average of running times, ms; null before the first. */
  #meanMs: number | null = null;
  #aheadMs: number;

  constructor(leastMs = AHEAD_MS) {
    this.#leastMs = leastMs;
    this.#aheadMs = leastMs;
  }

  /** Takes in the mean running time of `count` tasks. */
  observe(meanMs: number, count: number): void {
    const weight = 1 - 0.9 ** Math.min(count, 8);
    this.#meanMs = this.#meanMs === null ? meanMs : this.#meanMs + (meanMs - this.#meanMs) * weight;
  }

  /** Takes in whether a worker had nothing left when there was enough for it. */
  refilled(wasDry: boolean): void {
    this.#aheadMs = wasDry
      ? Math.min(this.#aheadMs * 1.2, MOST_AHEAD_MS)
      : Math.max(this.#aheadMs * 0.995, this.#leastMs);
  }

  /** Expected running time of a task, ms; 0 before the first result. */
  get meanMs(): number {
    return this.#meanMs ?? 0;
  }

  /** Tasks that one worker may hold, the running one included. */
  get size(): number {
    if (this.#meanMs === null || this.#meanMs > LONG_MS) return 1;
    return 1 + Math.min(LARGEST - 1, Math.ceil(this.#aheadMs / Math.max(this.#meanMs, 1e-3)));
  }
}
