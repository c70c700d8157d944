/** Work that a worker has waiting beside the task it runs, ms: enough to bridge a hand-over, little to take back. */
const AHEAD_MS = 1;
/** Beside a task longer than this nothing waits: the hand-over is lost in it, and a prefetched task would be late. */
const LONG_MS = 20;
const LARGEST = 512;

/** Learns from running times how many tasks a worker is given at a time. */
export class Window {
  /** Moving average of running times, ms; null before the first. */
  #meanMs: number | null = null;

  /** Takes in the mean running time of `count` tasks. */
  observe(meanMs: number, count: number): void {
    const weight = 1 - 0.9 ** Math.min(count, 8);
    this.#meanMs = this.#meanMs === null ? meanMs : this.#meanMs + (meanMs - this.#meanMs) * weight;
  }

  /** Expected running time of a task, ms; 0 before the first result. */
  get meanMs(): number {
    return this.#meanMs ?? 0;
  }

  /** Tasks that one worker may hold, the running one included. */
  get size(): number {
    if (this.#meanMs === null || this.#meanMs > LONG_MS) return 1;
    return 1 + Math.min(LARGEST - 1, Math.ceil(AHEAD_MS / Math.max(this.#meanMs, 1e-3)));
  }
}
