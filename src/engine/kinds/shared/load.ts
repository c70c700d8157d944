import { RUN_TO_RUN, type ContenderReport, type ExecutorReport } from '../../../contract';
import type { Interval } from '../../statistics/bootstrap';
import { waitedOf } from './core-wait';

/** Of the time of all workers, the share in which they wanted a core and had none; null where the system does not tell. */
export type Waited = number | null;

/** Shares of waiting for a core that lie further apart than this are of two machines, as far as time is concerned. */
const LIKE_LOAD = 0.1;

/** The name of its figure. */
export const WAITED = 'Waiting for a core';

/** Of a contender, over its rounds. */
export function waitedOfContender({ makespanMs, workers, runQueueMs }: ContenderReport): Waited {
  return makespanMs === null ? null : waitedOf(runQueueMs, makespanMs.value * workers);
}

/** Of an executor of a live run whose workers stayed the same. */
export function waitedOfExecutor({ runQueueMs }: ExecutorReport, workers: number, elapsedMs: number): Waited {
  return waitedOf(runQueueMs, workers * elapsedMs);
}

/** Whether others had the cores in one of two reports and not in the other: then nothing is shown by their times. */
export function unlikeLoad(one: Waited, other: Waited): boolean {
  return one !== null && other !== null && Math.abs(one - other) > LIKE_LOAD;
}

/** What the workers of a report had of the cores: over all of it, and for each of its raw values where that is known. */
export interface Load {
  waited: Waited;
  each?: readonly Waited[];
}

/** Beyond this hardly anything is left to divide by. */
const MOST_WAITED = 0.95;

/**
 * Raw values as they would be without the time in which workers wanted a core and had none: where these are alike, load
 * explains what differs. `longer`: by waiting times grow, rates fall.
 */
export function withoutWaiting(values: readonly number[], { waited, each }: Load, longer: boolean): number[] {
  return values.map((value, at) => {
    const left = 1 - Math.min(MOST_WAITED, each?.[at] ?? waited ?? 0);
    return longer ? value * left : value / left;
  });
}

/** Of each round of a contender. */
export function waitedByRound({ workers, rounds }: ContenderReport): Waited[] {
  return rounds.makespanMs.map((ms, at) => waitedOf(rounds.runQueueMs[at] ?? null, ms * workers));
}

/**
 * How far a ratio may be off without showing anything: by what differs from run to run, or what somebody allows, and by more
 * the longer workers waited for a core, as less is left of the time that is theirs.
 */
export function allowance(one: Waited, other: Waited, base = RUN_TO_RUN): number {
  const waited = Math.min(MOST_WAITED, Math.max(one ?? 0, other ?? 0));
  return base + (RUN_TO_RUN * waited) / (1 - waited);
}

/** Which way an interval of a ratio lies outside of what is allowed; null where it does not. */
export function beyond({ low, high }: Interval, allowed: number): 'lower' | 'higher' | null {
  if (low > 1 + allowed) return 'higher';
  return high < 1 / (1 + allowed) ? 'lower' : null;
}
