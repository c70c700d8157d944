import { CoreloomError } from '../../contract';

/**
 * The quantile of some values for p from 0 to 1: type 7 of Hyndman and Fan, "Sample Quantiles in Statistical
 * Packages" (The American Statistician 50, 1996), which R and NumPy use by default. Throws `internal` where there is
 * no value, a value is not a number, or p is out of range.
 */
export function quantile(values: Iterable<number>, p: number): number {
  if (!(p >= 0 && p <= 1))
    throw new CoreloomError('internal', `A quantile is asked for with a number from 0 to 1, not ${p}.`);
  const sorted = Float64Array.from(values).sort();
  // A typed array sorts NaN to its end.
  const last = sorted.at(-1);
  if (last === undefined || Number.isNaN(last))
    throw new CoreloomError('internal', 'A quantile needs at least one value, and numbers only.');
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const lower = sorted[below] ?? last;
  const upper = sorted[below + 1] ?? lower;
  return lower === upper ? lower : lower + (position - below) * (upper - lower);
}

/** The sum of those values that are known; null where none is. */
export function sumKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** The median: the quantile for one half. Throws `internal` where there is no value. */
export function median(values: Iterable<number>): number {
  return quantile(values, 0.5);
}

/** How many values it takes in all until an interval is as narrow as `wanted`, if `count` make it as wide as `width`: widths shrink with the root of their number. */
export function countToNarrow(count: number, { width, wanted }: { width: number; wanted: number }): number {
  return count * (width / wanted) ** 2;
}

/**
 * The median absolute deviation from the median, in the unit of the values and not scaled (times 1.4826 it estimates
 * the standard deviation of normal data). Throws `internal` where there is no value.
 */
export function medianAbsoluteDeviation(values: Iterable<number>): number {
  const all = [...values];
  const middle = median(all);
  return median(all.map((value) => Math.abs(value - middle)));
}
