import type { Estimate, ExecutorKey, LabCaseState, Measured } from '../../../contract';
import { medianInterval } from '../../statistics/bootstrap';
import { median } from '../../statistics/summary';

/** One case of a lab: measured once a round, its rounds in shuffled order with those of the others. */
export interface LabCase {
  readonly title: string;
  readonly executor: ExecutorKey;
  /** Rounds that are wanted. */
  readonly rounds: number;
  /** It is given no further round beyond this time, but `LEAST_ROUNDS`; ms. */
  readonly limitMs: number;
  /** What a round is expected to take before the first one told, ms. */
  readonly expectedMs: number;
  /** Keeps what it measured by itself. What it throws takes the case out. */
  measure(round: number): Promise<void>;
  /** Why it cannot be measured at all; null where it can. */
  readonly unavailable: string | null;
}

/** How a case stands. */
export interface LabCaseRun {
  readonly one: LabCase;
  done: number;
  tookMs: number;
  reason: string | null;
}

/** Of fewer values than this an interval would be little but two of them. */
const LEAST_ROUNDS = 3;

export const caseRun = (one: LabCase): LabCaseRun => ({ one, done: 0, tookMs: 0, reason: one.unavailable });

/** Whether a case wants another round. */
export function wantsRound({ one, done, tookMs, reason }: LabCaseRun): boolean {
  if (reason !== null || done >= one.rounds) return false;
  return done < LEAST_ROUNDS || tookMs < one.limitMs;
}

/** What a case may take yet, at most, ms: what its rounds have taken, or what they were expected to. */
export function caseRemainingMs(run: LabCaseRun): number {
  if (!wantsRound(run)) return 0;
  const { one, done, tookMs } = run;
  const each = done === 0 ? one.expectedMs : tookMs / done;
  const wanted = (one.rounds - done) * each;
  const least = Math.max(0, Math.min(LEAST_ROUNDS, one.rounds) - done) * each;
  // The round that passes the limit is finished.
  return Math.max(least, Math.min(wanted, Math.max(0, one.limitMs - tookMs) + each));
}

export function caseState(run: LabCaseRun): LabCaseState {
  const { one, done, reason } = run;
  return {
    title: one.title,
    executor: one.executor,
    rounds: done,
    of: wantsRound(run) ? one.rounds : Math.max(done, reason === null ? done : one.rounds),
    reason,
  };
}

/** The median of the rounds with its 95 % interval; null without a value. */
export function measured(values: readonly number[], seed: number): Measured | null {
  if (values.length === 0) return null;
  return { value: median(values), ...medianInterval(values, { seed }), values: [...values] };
}

/** How far a value lies above another, with the interval that both allow at their worst. */
export function less(a: Estimate, b: Estimate): Estimate {
  return { value: a.value - b.value, low: a.low - b.high, high: a.high - b.low };
}

export const scaled = ({ value, low, high }: Estimate, by: number): Estimate => ({
  value: value * by,
  low: low * by,
  high: high * by,
});
