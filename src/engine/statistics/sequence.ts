import { CoreloomError } from '../../contract';
import type { Interval } from './bootstrap';
import { median, medianAbsoluteDeviation } from './summary';

/** The number of rounds at which the intervals are narrowest for their confidence; at 10 and at 160 they are 4 to 6 % wider. */
const NARROWEST_AT = 40;
/** Times the MAD it estimates the standard deviation of normal data. */
const MAD_TO_DEVIATION = 1.4826;
/** Further than this many deviations from the median a value says nothing more about its neighbours. */
const FARTHEST = 2.5;
const MOST_LAGS = 20;
/** Rounds that follow one another as closely as this are about as good as one round in 20. */
const MOST_INFLATION = 20;
/** Halvings of the range between the smallest and the largest value: each answer is exact to 2^-45 of it. */
const HALVINGS = 45;

/**
 * How many standard errors an interval reaches to either side after `rounds` rounds, so that with confidence 1 - `alpha`
 * it holds the true value after every round at once, whenever one looks or stops: the normal mixture of Robbins
 * ("Statistical Methods Related to the Law of the Iterated Logarithm", Ann. Math. Stat. 41, 1970), tuned as in Howard,
 * Ramdas, McAuliffe and Sekhon ("Time-uniform, nonparametric, nonasymptotic confidence sequences", Ann. Stat. 49, 2021).
 * A fixed number of rounds would need 1.96 for `alpha` 0.05; this needs 3.04 to 3.23.
 */
export function reach(rounds: number, alpha: number): number {
  if (!(rounds >= 1 && alpha > 0 && alpha < 1))
    throw new CoreloomError('internal', `No interval has ${rounds} rounds and an error of ${alpha}.`);
  const a = -2 * Math.log(alpha);
  const x = (rounds * (a + Math.log(a) + 1)) / NARROWEST_AT;
  return Math.sqrt(((x + 1) / x) * (Math.log(x + 1) + a));
}

/**
 * The standard normal quantile that a share of `tail` lies above, for tails below a half (Abramowitz and Stegun,
 * "Handbook of Mathematical Functions", 26.2.23): off by less than 0.00045.
 */
function normalQuantile(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail));
  return t - (2.515517 + 0.802853 * t + 0.010328 * t ** 2) / (1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3);
}

/**
 * How many times larger the variance of a mean of these values, in their order, is than if each were independent of the
 * one before: 1 plus twice the autocorrelations up to the first that is not above 0 (Geyer, "Practical Markov Chain
 * Monte Carlo", Stat. Sci. 7, 1992, sums pairs of lags), of values cut off at 2.5 deviations; 1 to 20. An estimate, and
 * a poor one of fewer than 20 values. Throws `internal` without a value.
 */
export function inflation(values: readonly number[]): number {
  const deviation = MAD_TO_DEVIATION * medianAbsoluteDeviation(values);
  if (deviation === 0) return 1;
  const middle = median(values);
  const cut = values.map((value) => Math.max(-FARTHEST, Math.min(FARTHEST, (value - middle) / deviation)));
  const mean = cut.reduce((sum, value) => sum + value, 0) / cut.length;
  const centred = cut.map((value) => value - mean);
  const variance = productSum(centred, 0);
  let factor = 1;
  for (let lag = 1; lag <= Math.min(MOST_LAGS, values.length >> 2); lag++) {
    // An estimate from n values is too low by about 1 / n.
    const correlation = productSum(centred, lag) / variance + 1 / values.length;
    if (correlation <= 0) break;
    factor += 2 * correlation;
  }
  return Math.min(MOST_INFLATION, Math.max(1, factor));
}

function productSum(values: readonly number[], lag: number): number {
  let sum = 0;
  for (let at = lag; at < values.length; at++) sum += (values[at] ?? 0) * (values[at - lag] ?? 0);
  return sum;
}

/** How many pairs `n` values make, each with itself too. */
const pairsOf = (n: number): number => (n * (n + 1)) / 2;

/**
 * The pseudo-median: the median of the means of all pairs of values, each with itself too (Hodges and Lehmann, "Estimates
 * of Location Based on Rank Tests", Ann. Math. Stat. 34, 1963). Throws `internal` without a value.
 */
export function pseudoMedian(values: readonly number[]): number {
  const sorted = ascending(values);
  const pairs = pairsOf(values.length);
  return (meanOfPair(sorted, Math.floor((pairs + 1) / 2)) + meanOfPair(sorted, Math.ceil((pairs + 1) / 2))) / 2;
}

export interface RankOptions {
  /** How often the interval may miss the true value, from 0 to 1. */
  alpha: number;
  /** Their number was decided before the first of them, and none was left out: then one look counts, and the interval is narrower. */
  planned?: boolean | undefined;
  /** By how much their order inflates the variance; as estimated from them if absent. */
  inflated?: number | undefined;
}

/**
 * How many of the means of all pairs of `n` values an interval leaves out at either end; under 1 if it can leave out none,
 * which is no interval.
 */
export function ranksOutside(
  n: number,
  { alpha, planned = false, inflated }: RankOptions & { inflated: number },
): number {
  const deviation = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24);
  const errors = (planned ? normalQuantile(alpha / 2) : reach(n, alpha)) * Math.sqrt(inflated) * deviation;
  // Ranks are whole numbers, the normal distribution is not: half a rank makes up for it.
  return Math.floor(pairsOf(n) / 2 - errors + (planned ? 0.5 : 0));
}

/**
 * The interval of the pseudo-median that the signed-rank test does not reject (Wilcoxon, "Individual Comparisons by
 * Ranking Methods", Biometrics 1, 1945), valid at every look at once, and widened by the inflation of the values; null
 * of values too few, or too alike to their neighbours, to rule anything out. Throws `internal` without a value.
 */
export function signedRankInterval(values: readonly number[], options: RankOptions): Interval | null {
  const { inflated = inflation(values) } = options;
  const sorted = ascending(values);
  const outside = ranksOutside(sorted.length, { ...options, inflated });
  if (outside < 1) return null;
  return { low: meanOfPair(sorted, outside), high: meanOfPair(sorted, pairsOf(sorted.length) - outside + 1) };
}

function ascending(values: readonly number[]): Float64Array {
  if (values.length === 0 || !values.every(Number.isFinite))
    throw new CoreloomError('internal', 'An interval needs at least one value, and finite numbers only.');
  return Float64Array.from(values).sort();
}

/** The mean of a pair of sorted values that is the `rank`-th smallest of all pairs, found by halving the range. */
function meanOfPair(sorted: Float64Array, rank: number): number {
  let [low, high] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  for (let halving = 0; halving < HALVINGS && low < high; halving++) {
    const middle = (low + high) / 2;
    if (pairsUpTo(sorted, middle) >= rank) high = middle;
    else low = middle;
  }
  return high;
}

/** How many pairs of sorted values, each with itself too, have a mean of at most this; in one walk from both ends. */
function pairsUpTo(sorted: Float64Array, mean: number): number {
  let count = 0;
  let last = sorted.length - 1;
  for (let first = 0; first < sorted.length; first++) {
    while (last >= first && (sorted[first] ?? 0) + (sorted[last] ?? 0) > 2 * mean) last--;
    if (last < first) break;
    count += last - first + 1;
  }
  return count;
}
