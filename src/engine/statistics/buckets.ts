/**
 * Log-linear buckets: every power of two of milliseconds is cut into 64 equal buckets, from 2^-10 ms (just under
 * 1 µs) to 2^25 ms (9.3 hours). A bucket is at most 1/64 of its lower end wide and stands for its middle, so a value
 * read back is off by at most 1/128 of itself (HdrHistogram's idea; the layout is IEEE 754's own).
 */
const BITS_PER_OCTAVE = 6;
const LOWEST_EXPONENT = -10;
const HIGHEST_EXPONENT = 25;

/** The largest relative error of a bucket's middle. */
export const BUCKET_ERROR = 2 ** -(BITS_PER_OCTAVE + 1);
/** Values below go to one bucket of their own. */
export const LOWEST_MS = 2 ** LOWEST_EXPONENT;
/** Values from here on share the last bucket. */
export const HIGHEST_MS = 2 ** HIGHEST_EXPONENT;
export const BUCKETS = ((HIGHEST_EXPONENT - LOWEST_EXPONENT) << BITS_PER_OCTAVE) + 2;

const SHIFT = 20 - BITS_PER_OCTAVE;
const EXPONENT_BIAS = 1023;
const OFFSET = ((LOWEST_EXPONENT + EXPONENT_BIAS) << BITS_PER_OCTAVE) - 1;

// A double's upper word holds its exponent and the first 20 bits of its fraction: shifted, that is the bucket.
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const UPPER = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/** The bucket of a value of 0 or more, in ms. */
export function bucketOf(ms: number): number {
  if (ms < LOWEST_MS) return 0;
  if (ms >= HIGHEST_MS) return BUCKETS - 1;
  double[0] = ms;
  return ((words[UPPER] ?? 0) >>> SHIFT) - OFFSET;
}

/** The value a bucket stands for, in ms; Infinity for the last one, which has no upper end. */
export function middleOf(bucket: number): number {
  if (bucket === 0) return LOWEST_MS / 2;
  if (bucket === BUCKETS - 1) return Infinity;
  const step = (bucket - 1) & ((1 << BITS_PER_OCTAVE) - 1);
  const exponent = LOWEST_EXPONENT + ((bucket - 1) >> BITS_PER_OCTAVE);
  return 2 ** exponent * (1 + (step + 0.5) / (1 << BITS_PER_OCTAVE));
}
