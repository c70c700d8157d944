import { CoreloomError } from '../../contract';
import type { Interval } from './bootstrap';

/** How often an interval may miss the median. */
const ALPHA = 0.05;

/**
 * The interval between two of the values themselves that holds the median with at least 95 % confidence, whatever their
 * distribution: how many of `n` values lie below their median is binomial (Thompson, "On Confidence Ranges for the Median",
 * Ann. Math. Stat. 7, 1936). With fewer than 6 values it is their whole range, and holds the median less often. It takes no
 * time, unlike a bootstrap. Throws `internal` without a value, or of one that is not finite.
 */
export function orderInterval(values: readonly number[]): Interval {
  if (values.length === 0 || !values.every(Number.isFinite))
    throw new CoreloomError('internal', 'An interval needs at least one value, and finite numbers only.');
  const sorted = Float64Array.from(values).sort();
  const outside = valuesOutside(sorted.length);
  return { low: sorted[outside] ?? Number.NaN, high: sorted[sorted.length - 1 - outside] ?? Number.NaN };
}

/** How many of `n` values may lie outside at either end: the probability that the median is among them stays within ALPHA. */
function valuesOutside(n: number): number {
  // Of `below` values under the median, in logarithms: 2^-n is too small a number from 1075 values on.
  let log = -n * Math.LN2;
  let tail = Math.exp(log);
  let below = 0;
  while (2 * tail <= ALPHA) {
    below++;
    log += Math.log((n - below + 1) / below);
    tail += Math.exp(log);
  }
  return Math.max(0, below - 1);
}
