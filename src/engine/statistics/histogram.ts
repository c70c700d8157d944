import { CoreloomError, type LatencySummary } from '../../contract';
import { BUCKETS, bucketOf, middleOf } from './buckets';

/** Two stamps that were rounded apart may differ by this much in the wrong direction, in ms. */
const ROUNDING_MS = 0.001;
/** Fewer values have no 99th percentile worth the name. */
const P99_NEEDS = 100;

/** Latencies in bounded memory (18 KB), whatever their number; see `buckets.ts` for the error. */
export interface Histogram {
  readonly count: number;
  /** Counts one latency in ms, in about 10 ns. Throws `internal` where it is negative or not finite. */
  record(ms: number): void;
  /** Adds everything that another histogram counted. */
  merge(other: Histogram): void;
  /** Forgets everything. */
  clear(): void;
  /**
   * The quantile for p from 0 to 1, in ms: type 7 of Hyndman and Fan (1996), as `quantile` of `summary.ts`, on the
   * buckets' middles, never outside minimum to maximum; null while there is no value.
   */
  quantile(p: number): number | null;
  /** Count, exact minimum, mean and maximum, percentiles within the buckets' error; null while there is no value. */
  summary(): LatencySummary | null;
}

/** An empty histogram. */
export function createHistogram(): Histogram {
  return new BucketHistogram();
}

class BucketHistogram implements Histogram {
  // Doubles, not 32-bit integers: a bucket of a long run of very short tasks counts beyond 2^32.
  readonly #counts = new Float64Array(BUCKETS);
  #count = 0;
  #sumMs = 0;
  #minMs = Infinity;
  #maxMs = -Infinity;

  get count(): number {
    return this.#count;
  }

  record(ms: number): void {
    if (!(ms >= 0 && ms < Infinity)) ms = roundedToZero(ms);
    const bucket = bucketOf(ms);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count += 1;
    this.#sumMs += ms;
    if (ms < this.#minMs) this.#minMs = ms;
    if (ms > this.#maxMs) this.#maxMs = ms;
  }

  merge(other: Histogram): void {
    if (!(other instanceof BucketHistogram))
      throw new CoreloomError('internal', 'Only histograms of createHistogram can be merged.');
    if (other.#count === 0) return;
    const [into, from, end] = [this.#counts, other.#counts, bucketOf(other.#maxMs)];
    for (let bucket = bucketOf(other.#minMs); bucket <= end; bucket += 1)
      into[bucket] = (into[bucket] ?? 0) + (from[bucket] ?? 0);
    this.#count += other.#count;
    this.#sumMs += other.#sumMs;
    this.#minMs = Math.min(this.#minMs, other.#minMs);
    this.#maxMs = Math.max(this.#maxMs, other.#maxMs);
  }

  clear(): void {
    if (this.#count === 0) return;
    this.#counts.fill(0);
    this.#count = 0;
    this.#sumMs = 0;
    this.#minMs = Infinity;
    this.#maxMs = -Infinity;
  }

  quantile(p: number): number | null {
    if (!(p >= 0 && p <= 1))
      throw new CoreloomError('internal', `A quantile is asked for with a number from 0 to 1, not ${p}.`);
    if (this.#count === 0) return null;
    const position = (this.#count - 1) * p;
    const below = Math.floor(position);
    const [lower, upper] = this.#ranked(below);
    return this.#clamped(lower + (position - below) * (upper - lower));
  }

  summary(): LatencySummary | null {
    const [p50Ms, p95Ms, p99Ms] = [this.quantile(0.5), this.quantile(0.95), this.quantile(0.99)];
    if (p50Ms === null || p95Ms === null) return null;
    return {
      count: this.#count,
      minMs: this.#minMs,
      meanMs: this.#clamped(this.#sumMs / this.#count),
      p50Ms,
      p95Ms,
      p99Ms: this.#count < P99_NEEDS ? null : p99Ms,
      maxMs: this.#maxMs,
    };
  }

  /** The values of rank `rank` and `rank + 1`, counted from 0 in rising order; the first and last are known exactly. */
  #ranked(rank: number): [number, number] {
    const last = this.#count - 1;
    const wanted = [rank, Math.min(rank + 1, last)] as const;
    const [counts, end] = [this.#counts, bucketOf(this.#maxMs)];
    let seen = 0;
    let lower: number | null = rank === 0 ? this.#minMs : null;
    for (let bucket = bucketOf(this.#minMs); bucket <= end; bucket += 1) {
      seen += counts[bucket] ?? 0;
      if (lower === null && seen > wanted[0]) lower = rank === last ? this.#maxMs : this.#middle(bucket);
      if (lower !== null && seen > wanted[1]) return [lower, wanted[1] === last ? this.#maxMs : this.#middle(bucket)];
    }
    return [this.#maxMs, this.#maxMs];
  }

  #middle(bucket: number): number {
    return this.#clamped(middleOf(bucket));
  }

  #clamped(ms: number): number {
    return Math.min(Math.max(ms, this.#minMs), this.#maxMs);
  }
}

function roundedToZero(ms: number): number {
  if (ms < 0 && ms >= -ROUNDING_MS) return 0;
  throw new CoreloomError('internal', `A latency is a finite number of milliseconds from 0 up, not ${ms}.`);
}
