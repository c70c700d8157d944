import type { Interval } from './bootstrap';
import { meanInterval } from './mean-interval';
import { median } from './summary';

/** As often as workers start in a comparison: what they are stuck in from a start lies mostly within one of them. */
const QUARTERS = 4;
/** Of fewer values a quarter's median says little. */
const LEAST_EACH = 8;
/** Four levels are looked at after every round, and are not quite independent: a quarter of the error for all of that. */
const LEFT_TO_LOOKS = 4;

/** Values whose level moved: the middle of their levels, and where it may lie. */
export interface MovedLevels {
  value: number;
  /** Misses the middle of all levels with a probability of about `alpha`. */
  interval: (alpha: number) => Interval;
}

/**
 * What values say that follow one another too closely for ranks: the mean of the medians of their four quarters, with
 * Student's t of 3 degrees of freedom (batch means: Schmeiser, "Batch Size Effects in the Analysis of Simulation
 * Output", Oper. Res. 30, 1982). Unlike ranks it sees how far levels lie apart beside how far they are from 0. Null of
 * fewer than 32 values.
 */
export function movedLevels(values: readonly number[]): MovedLevels | null {
  const each = values.length / QUARTERS;
  if (each < LEAST_EACH) return null;
  const levels = Array.from({ length: QUARTERS }, (_, at) =>
    median(values.slice(Math.floor(at * each), Math.floor((at + 1) * each))),
  );
  const value = levels.reduce((sum, level) => sum + level, 0) / QUARTERS;
  return { value, interval: (alpha) => meanInterval(levels, alpha / LEFT_TO_LOOKS) ?? { low: value, high: value } };
}
