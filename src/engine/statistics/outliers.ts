import { median, medianAbsoluteDeviation } from './summary';

/**
 * Beyond this many median absolute deviations from the median a value is an outlier: 10 standard deviations of normal
 * data. hyperfine's rule (its `OUTLIER_THRESHOLD`), from the modified Z-score of Iglewicz and Hoaglin, "How to Detect
 * and Handle Outliers" (1993).
 */
const OUTLIER_DEVIATIONS = 14.826;

/** The places of the outliers among the values, in order. None where at least half of the values are equal: nothing then measures their spread. */
export function outliers(values: readonly number[]): number[] {
  if (values.length === 0) return [];
  const middle = median(values);
  const deviation = medianAbsoluteDeviation(values);
  if (deviation === 0) return [];
  return values.flatMap((value, at) => (Math.abs(value - middle) / deviation > OUTLIER_DEVIATIONS ? [at] : []));
}
