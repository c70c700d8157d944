import type { CompareReport, ContenderName, ContenderReport } from '../../../contract';
import { ratioInterval, ratioOfMedians, type Interval } from '../../statistics/bootstrap';
import { CALL_ROUNDS } from '../../statistics/difference';

/** One contender of a comparison against the same one of an earlier comparison. */
export interface Regression {
  contender: ContenderName;
  /** Median makespan ÷ that of the baseline: above 1 is slower. */
  ratio: number;
  /** 95 %, each side's rounds drawn by themselves. */
  interval: Interval;
  /** Of the time of all workers, the share in which they wanted a core and had none: now and in the baseline; null where the system does not tell. */
  waited: { now: number | null; then: number | null };
  /** `too-slow`: the whole interval lies beyond the limit. `unlike-load`: others had the cores in one of the two, so that nothing is shown. */
  verdict: 'too-slow' | 'slower' | 'faster' | 'no-difference' | 'too-few-rounds' | 'unlike-load';
}

/** Shares of waiting for a core that lie further apart than this are of two machines, as far as time is concerned. */
const LIKE_LOAD = 0.1;
/** Both must be fixed: resampling the same rounds gives the same answer. */
const SEED = 1;

/**
 * Whether contenders have become slower than those of an earlier comparison by more than `limit` (0.05 is 5 %): told only
 * where the 95 % bootstrap interval of the ratio of medians leaves no other answer. Pure.
 */
export function regressions(report: CompareReport, baseline: CompareReport, limit: number): Regression[] {
  return report.contenders.flatMap((one): Regression[] => {
    const before = baseline.contenders.find(({ contender }) => contender === one.contender);
    const [now, then] = [one.rounds.makespanMs, before?.rounds.makespanMs ?? []];
    if (before === undefined || one.failure !== null || now.length === 0 || then.length === 0 || !then.every((ms) => ms > 0)) return [];
    const interval = ratioInterval(now, then, { seed: SEED });
    const enough = Math.min(now.length, then.length) >= CALL_ROUNDS;
    const waited = { now: waitedShare(one), then: waitedShare(before) };
    const verdict = !enough ? 'too-few-rounds' : unlike(waited) ? 'unlike-load' : verdictOf(interval, limit);
    return [{ contender: one.contender, ratio: ratioOfMedians(now, then), interval, waited, verdict }];
  });
}

function waitedShare({ makespanMs, workers, runQueueMs }: ContenderReport): number | null {
  return makespanMs === null || runQueueMs === null ? null : runQueueMs / (makespanMs.value * workers);
}

function unlike({ now, then }: Regression['waited']): boolean {
  return now !== null && then !== null && Math.abs(now - then) > LIKE_LOAD;
}

function verdictOf({ low, high }: Interval, limit: number): Regression['verdict'] {
  if (low > 1 + limit) return 'too-slow';
  if (low > 1) return 'slower';
  return high < 1 ? 'faster' : 'no-difference';
}
