import { CoreloomError, type LatencySummary } from '../../contract';
import { createHistogram, type Histogram } from './histogram';

/** Latencies of the last while only. Moments are given by the caller, in ms on the monotonic clock. */
export interface RollingHistogram {
  /** Counts a latency that ended at `atMs`; one that is older than the window is left out. */
  record(ms: number, atMs: number): void;
  /** What was recorded in the window that ends at `atMs`; null where that is nothing. */
  summary(atMs: number): LatencySummary | null;
  clear(): void;
}

/**
 * A histogram of the last `windowMs` at most: the window is cut into slices that are forgotten whole, so it covers
 * between `windowMs × (slices - 1) / slices` and `windowMs`. Memory: 18 KB a slice, and one more.
 */
export function createRollingHistogram(options: { windowMs: number; slices?: number }): RollingHistogram {
  const { windowMs, slices = 10 } = options;
  if (!(windowMs > 0 && windowMs < Infinity) || !Number.isInteger(slices) || slices < 2) {
    throw new CoreloomError('internal', 'A rolling histogram needs a window above 0 ms and at least 2 whole slices.');
  }
  return new SlicedHistogram(windowMs / slices, slices);
}

class SlicedHistogram implements RollingHistogram {
  readonly #sliceMs: number;
  readonly #slices: Histogram[];
  /** Which stretch of time each slice holds now: its start divided by its length. */
  readonly #epochs: Float64Array;
  readonly #merged = createHistogram();

  constructor(sliceMs: number, slices: number) {
    this.#sliceMs = sliceMs;
    this.#slices = Array.from({ length: slices }, () => createHistogram());
    this.#epochs = new Float64Array(slices).fill(-Infinity);
  }

  record(ms: number, atMs: number): void {
    const epoch = Math.floor(atMs / this.#sliceMs);
    const index = this.#indexOf(epoch);
    const slice = this.#slices[index];
    const held = this.#epochs[index];
    if (slice === undefined || held === undefined || epoch < held) return;
    if (epoch > held) {
      slice.clear();
      this.#epochs[index] = epoch;
    }
    slice.record(ms);
  }

  summary(atMs: number): LatencySummary | null {
    const newest = Math.floor(atMs / this.#sliceMs);
    this.#merged.clear();
    for (const [index, slice] of this.#slices.entries()) {
      const epoch = this.#epochs[index] ?? -Infinity;
      if (epoch <= newest && epoch > newest - this.#slices.length) this.#merged.merge(slice);
    }
    return this.#merged.summary();
  }

  clear(): void {
    for (const slice of this.#slices) slice.clear();
    this.#epochs.fill(-Infinity);
  }

  #indexOf(epoch: number): number {
    const slices = this.#slices.length;
    return ((epoch % slices) + slices) % slices;
  }
}
