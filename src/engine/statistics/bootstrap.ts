import { CoreloomError } from '../../contract';
import { createRandom, type Random } from './random';
import { median, quantile } from './summary';

/** An interval that holds the true value with the stated confidence. */
export interface Interval {
  low: number;
  high: number;
}

export interface BootstrapOptions {
  /** Seed of the resampling: the same seed and values give the same interval. */
  seed: number;
  /** 0.95 unless given. */
  confidence?: number;
  /** Resamples drawn; 2000 unless given (Efron and Tibshirani advise 1000 and more for intervals). */
  resamples?: number;
}

const CONFIDENCE = 0.95;
const RESAMPLES = 2_000;

/**
 * The percentile bootstrap interval of a median: the quantiles of the medians of resamples with replacement (Efron and
 * Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13). Never outside the data. With fewer than 6 values
 * it is the whole range of the data and holds the median less often than it says. Throws `internal` without a value.
 */
export function medianInterval(values: readonly number[], options: BootstrapOptions): Interval {
  const data = checked(values);
  const resample = new Float64Array(data.length);
  return percentiles(options, (random) => medianOf(drawn(data, resample, random)));
}

/**
 * The percentile bootstrap interval of median(values) / median(against), where both were measured in the same rounds:
 * rounds are drawn whole, so that what a round did to both falls out. Throws `internal` where the lengths differ, a
 * value is missing, or the divisor is not above 0.
 */
export function pairedRatioInterval(
  values: readonly number[],
  against: readonly number[],
  options: BootstrapOptions,
): Interval {
  const [a, b] = [checked(values), divisors(against)];
  if (a.length !== b.length)
    throw new CoreloomError('internal', `Pairs need as many values on both sides, not ${a.length} and ${b.length}.`);
  const [drawnA, drawnB] = [new Float64Array(a.length), new Float64Array(b.length)];
  return percentiles(options, (random) => {
    for (let at = 0; at < a.length; at++) {
      const round = random.below(a.length);
      drawnA[at] = a[round] ?? 0;
      drawnB[at] = b[round] ?? 0;
    }
    return medianOf(drawnA) / medianOf(drawnB);
  });
}

/** The same where the two were measured apart: each is drawn by itself. Throws `internal` as `pairedRatioInterval`. */
export function ratioInterval(
  values: readonly number[],
  against: readonly number[],
  options: BootstrapOptions,
): Interval {
  const [a, b] = [checked(values), divisors(against)];
  const [intoA, intoB] = [new Float64Array(a.length), new Float64Array(b.length)];
  return percentiles(options, (random) => medianOf(drawn(a, intoA, random)) / medianOf(drawn(b, intoB, random)));
}

/** median(values) / median(against). Throws `internal` where a value is missing or the divisor is not above 0. */
export function ratioOfMedians(values: readonly number[], against: readonly number[]): number {
  return median(checked(values)) / median(divisors(against));
}

/** The quantiles of a statistic over resamples that cut off the same share at both ends. */
function percentiles(options: BootstrapOptions, statistic: (random: Random) => number): Interval {
  const { seed, confidence = CONFIDENCE, resamples = RESAMPLES } = options;
  if (!(confidence > 0 && confidence < 1))
    throw new CoreloomError('internal', `A confidence lies between 0 and 1, not at ${confidence}.`);
  const random = createRandom(seed);
  const found = Float64Array.from({ length: resamples }, () => statistic(random));
  const cut = (1 - confidence) / 2;
  return { low: quantile(found, cut), high: quantile(found, 1 - cut) };
}

function drawn(data: Float64Array, into: Float64Array, random: Random): Float64Array {
  for (let at = 0; at < into.length; at++) into[at] = data[random.below(data.length)] ?? 0;
  return into;
}

/** Sorts in place: the resample is thrown away. */
function medianOf(values: Float64Array): number {
  values.sort();
  const middle = values.length >> 1;
  const upper = values[middle] ?? 0;
  return values.length % 2 === 1 ? upper : ((values[middle - 1] ?? 0) + upper) / 2;
}

function checked(values: readonly number[]): Float64Array {
  if (values.length === 0 || !values.every(Number.isFinite))
    throw new CoreloomError('internal', 'An interval needs at least one value, and finite numbers only.');
  return Float64Array.from(values);
}

function divisors(values: readonly number[]): Float64Array {
  if (!values.every((value) => value > 0))
    throw new CoreloomError('internal', 'A ratio is taken to values above 0 only.');
  return checked(values);
}
