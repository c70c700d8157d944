import { pairedRatioInterval, ratioOfMedians, type Interval } from './bootstrap';

/**
 * The confidence at which a difference is called. Intervals are shown at 95 %, but an experiment looks after every
 * round and at several contenders: called at 95 %, equal ones would be told apart more than 5 times in 100.
 */
export const CALL_CONFIDENCE = 0.99;

/** Of fewer rounds than this not even the whole range of the data is a 99 % interval: 1 - 2 × 0.5^8 = 99.2 %. */
export const CALL_ROUNDS = 8;

/** What rounds of two contenders show. `ratio` is the first one's median over the second one's; times: below 1 is faster. */
export interface Difference {
  ratio: number;
  /** 95 %, paired by round. */
  interval: Interval;
  /** 99 %, paired by round: what the verdict goes by. */
  callInterval: Interval;
  verdict: 'lower' | 'higher' | 'no-difference' | 'too-few-rounds';
}

/** Compares two contenders that were measured in the same rounds. Throws `internal` where a round lacks one of them. */
export function difference(
  values: readonly number[],
  against: readonly number[],
  { seed }: { seed: number },
): Difference {
  const interval = pairedRatioInterval(values, against, { seed });
  const callInterval = pairedRatioInterval(values, against, { seed, confidence: CALL_CONFIDENCE });
  return {
    ratio: ratioOfMedians(values, against),
    interval,
    callInterval,
    verdict: verdictOf(callInterval, values.length),
  };
}

function verdictOf({ low, high }: Interval, rounds: number): Difference['verdict'] {
  if (rounds < CALL_ROUNDS) return 'too-few-rounds';
  if (high < 1) return 'lower';
  return low > 1 ? 'higher' : 'no-difference';
}

/** Half the width of a ratio's interval as a share of the ratio: how far it may be off to either side, about. */
export function halfWidth({ ratio, interval }: Pick<Difference, 'ratio' | 'interval'>): number {
  return (interval.high - interval.low) / 2 / ratio;
}

/** A ratio is stable once its 95 % interval reaches no further than this to either side: 2.5 %. */
export const STABLE_HALF_WIDTH = 0.025;
/** An interval from fewer rounds may be narrow by chance. */
export const STABLE_ROUNDS = 10;

/** Whether further rounds would tell little more about how two contenders compare. Throws `internal` as `difference`. */
export function isStable(values: readonly number[], against: readonly number[], { seed }: { seed: number }): boolean {
  if (values.length < STABLE_ROUNDS) return false;
  return (
    halfWidth({ ratio: ratioOfMedians(values, against), interval: pairedRatioInterval(values, against, { seed }) }) <=
    STABLE_HALF_WIDTH
  );
}
