import { CoreloomError } from '../../contract';
import type { Interval } from './bootstrap';

/** Halvings of the angle whose tangent is the quantile: exact to the last digits of a number. */
const HALVINGS = 60;

/**
 * The interval that misses the mean of a few values with a probability of `alpha`, by Student's t ("The Probable Error of
 * a Mean", Biometrika 6, 1908): of so few a bootstrap would be narrower than it says. Null of fewer than two. It takes
 * values for normal ones, about. Throws `internal` where a value is not finite.
 */
export function meanInterval(values: readonly number[], alpha = 0.05): Interval | null {
  if (!values.every(Number.isFinite)) throw new CoreloomError('internal', 'An interval needs finite numbers only.');
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const reach = studentT(values.length - 1, alpha) * Math.sqrt(variance / values.length);
  return { low: mean - reach, high: mean + reach };
}

/** What Student's t exceeds, to either side, with a probability of `alpha`. */
function studentT(degrees: number, alpha: number): number {
  let [low, high] = [0, Math.PI / 2];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (within(middle, degrees) < 1 - alpha) low = middle;
    else high = middle;
  }
  return Math.sqrt(degrees) * Math.tan((low + high) / 2);
}

/**
 * The probability that Student's t lies within ± `√degrees · tan(angle)` (Abramowitz and Stegun, "Handbook of Mathematical
 * Functions", 26.7.3 and 26.7.4).
 */
function within(angle: number, degrees: number): number {
  const odd = degrees % 2 === 1;
  const cos = Math.cos(angle);
  let term = odd ? cos : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let power = odd ? 3 : 2; power <= degrees - 2; power += 2) {
    term *= ((power - 1) / power) * cos ** 2;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}
