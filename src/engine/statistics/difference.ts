import { CoreloomError } from '../../contract';
import type { Interval } from './bootstrap';
import { movedLevels } from './moved-levels';
import { inflation, pseudoMedian, ranksOutside, signedRankInterval } from './sequence';

/** How often an interval that is shown may miss the true ratio, however often one looks: 95 % intervals. */
const ALPHA = 0.05;
/** Of the error of a single look, this share is left to what the estimate of the inflation misses: see `npm run bench:aa`, planned rounds. */
const LEFT_TO_INFLATION = 0.75;
/** Of fewer rounds than this nothing is called. */
export const CALL_ROUNDS = 8;
/** Rounds that follow one another more closely than this tell of a machine whose speed changed, or of workers that differ from start to start. */
export const MOST_INFLATION = 6;
/** From this many rounds on there is an interval, unless the machine's speed changed. */
const INTERVAL_ROUNDS = 40;

/** What rounds of two contenders show. `ratio` is the first one's time over the second one's: below 1 is faster. */
export interface Difference {
  /** The pseudo-median of the ratios of all rounds; of quarters, the geometric mean. */
  ratio: number;
  /** 95 %, at every look at once; null while the rounds rule nothing out. */
  interval: Interval | null;
  /** At the confidence of `callConfidence(pairs)`: what the verdict goes by. */
  callInterval: Interval | null;
  /** What value and intervals are made of: all rounds, or the medians of their four quarters, where speeds changed by much less than the difference. */
  basis: 'rounds' | 'quarters';
  verdict: 'lower' | 'higher' | 'no-difference' | 'too-few-rounds' | 'unsteady';
}

export interface DifferenceOptions {
  /** How many pairs are looked at in the experiment, of all contenders that started. */
  pairs: number;
  /** The number of rounds was decided before the first of them: this is the only look that counts. */
  planned?: boolean | undefined;
}

/** The confidence at which a difference is called: of all pairs of an experiment together, 95 %. */
export function callConfidence(pairs: number): number {
  return 1 - ALPHA / pairs;
}

/** How many rounds it takes at the least to call a difference: of fewer, no interval at that confidence exists. */
export function roundsToCall({ pairs, planned }: Pick<DifferenceOptions, 'pairs' | 'planned'>): number {
  const alpha = errorOfLook(ALPHA / pairs, planned);
  let rounds = CALL_ROUNDS;
  while (ranksOutside(rounds, { alpha, planned, inflated: 1 }) < 1) rounds++;
  return rounds;
}

/**
 * Compares two contenders that were measured in the same rounds, by the logarithms of their ratios. Throws `internal`
 * where a round lacks one of them, or a time is not above 0.
 */
export function difference(
  values: readonly number[],
  against: readonly number[],
  { pairs, planned }: DifferenceOptions,
): Difference {
  const logs = logRatios(values, against);
  const inflated = inflation(logs);
  const at = (error: number): Interval | null => {
    const found = signedRankInterval(logs, { alpha: errorOfLook(error, planned), planned, inflated });
    return found && exponential(found);
  };
  const [interval, callInterval] = [at(ALPHA), at(ALPHA / pairs)];
  const unsteady = inflated > MOST_INFLATION || (interval === null && logs.length >= INTERVAL_ROUNDS);
  const beyond = unsteady || callInterval === null ? beyondChanges(logs, pairs) : null;
  if (beyond !== null) return beyond;
  const verdict = unsteady ? 'unsteady' : called(callInterval, logs.length);
  return { ratio: Math.exp(pseudoMedian(logs)), interval, callInterval, basis: 'rounds', verdict };
}

/** A difference so large that the rounds leave no doubt of it, although speeds changed meanwhile; null if it is not. */
function beyondChanges(logs: readonly number[], pairs: number): Difference | null {
  const levels = movedLevels(logs);
  if (levels === null) return null;
  const callInterval = exponential(levels.interval(ALPHA / pairs));
  const verdict = called(callInterval, logs.length);
  if (verdict === 'no-difference') return null;
  return {
    ratio: Math.exp(levels.value),
    interval: exponential(levels.interval(ALPHA)),
    callInterval,
    basis: 'quarters',
    verdict,
  };
}

/** What an interval itself may miss of an error that is allowed. */
function errorOfLook(error: number, planned = false): number {
  return planned ? error * (1 - LEFT_TO_INFLATION) : error;
}

function logRatios(values: readonly number[], against: readonly number[]): number[] {
  if (values.length !== against.length)
    throw new CoreloomError(
      'internal',
      `Pairs need as many values on both sides, not ${values.length} and ${against.length}.`,
    );
  if (![...values, ...against].every((value) => value > 0))
    throw new CoreloomError('internal', 'A ratio is taken of values above 0 only.');
  return values.map((value, at) => Math.log(value / (against[at] ?? Number.NaN)));
}

const exponential = ({ low, high }: Interval): Interval => ({ low: Math.exp(low), high: Math.exp(high) });

function called(interval: Interval | null, rounds: number): Difference['verdict'] {
  if (rounds < CALL_ROUNDS || interval === null) return 'too-few-rounds';
  if (interval.high < 1) return 'lower';
  return interval.low > 1 ? 'higher' : 'no-difference';
}

/** Half the width of a ratio's interval as a share of it: how far it may be off to either side, about; endless without one. */
export function halfWidth({ interval }: Pick<Difference, 'interval'>): number {
  return interval === null ? Number.POSITIVE_INFINITY : Math.log(interval.high / interval.low) / 2;
}

/** An interval that reaches no further than this to either side is as narrow as anybody needs: 2.5 %. */
const NARROW = 0.025;
/** Of a difference that was called, this much of it is as narrow as anybody needs, but at most 5 %. */
const NARROW_SHARE = 0.15;
const NARROW_AT_MOST = 0.05;

/** How narrow the interval of this difference is to become, as half of its width. */
export function narrowEnough({ ratio, verdict }: Pick<Difference, 'ratio' | 'verdict'>): number {
  if (verdict !== 'lower' && verdict !== 'higher') return NARROW;
  return Math.max(NARROW, Math.min(NARROW_AT_MOST, NARROW_SHARE * Math.abs(Math.log(ratio))));
}

/** Whether further rounds would tell little more about how two contenders compare. */
export function isSettled(found: Difference): boolean {
  return found.verdict !== 'unsteady' && halfWidth(found) <= narrowEnough(found);
}
