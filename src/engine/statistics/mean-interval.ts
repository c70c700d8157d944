import { CoreloomError } from '../../contract';
import type { Interval } from './bootstrap';

/** Student's t for 97.5 % by degrees of freedom, from 1 (Fisher and Yates, "Statistical Tables", table III). */
const T = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281];
const NORMAL = 1.959964;

/**
 * The 95 % interval of the mean of a few values by Student's t ("The Probable Error of a Mean", Biometrika 6, 1908): of so
 * few a bootstrap would be narrower than it says. Null of fewer than two. It takes values for normal ones, about.
 * Throws `internal` where a value is not finite.
 */
export function meanInterval(values: readonly number[]): Interval | null {
  if (!values.every(Number.isFinite)) throw new CoreloomError('internal', 'An interval needs finite numbers only.');
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const reach = studentT(values.length - 1) * Math.sqrt(variance / values.length);
  return { low: mean - reach, high: mean + reach };
}

/** Beyond the table by its expansion around the normal quantile (Abramowitz and Stegun, 26.7.5). */
function studentT(degrees: number): number {
  const z = NORMAL;
  return T[degrees - 1] ?? z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);
}
