import type { CompareReport, ContenderName } from '../../../contract';
import { ratioInterval, ratioOfMedians, type Interval } from '../../statistics/bootstrap';
import { CALL_ROUNDS } from '../../statistics/difference';

/** One contender of a comparison against the same one of an earlier comparison. */
export interface Regression {
  contender: ContenderName;
  /** Median makespan ÷ that of the baseline: above 1 is slower. */
  ratio: number;
  /** 95 %, each side's rounds drawn by themselves. */
  interval: Interval;
  /** `too-slow`: the whole interval lies beyond the limit. */
  verdict: 'too-slow' | 'slower' | 'faster' | 'no-difference' | 'too-few-rounds';
}

/** Both must be fixed: resampling the same rounds gives the same answer. */
const SEED = 1;

/**
 * Whether contenders have become slower than those of an earlier comparison by more than `limit` (0.05 is 5 %): told only
 * where the 95 % bootstrap interval of the ratio of medians leaves no other answer. Pure.
 */
export function regressions(report: CompareReport, baseline: CompareReport, limit: number): Regression[] {
  return report.contenders.flatMap((one): Regression[] => {
    const [now, then] = [one.rounds.makespanMs, baseline.contenders.find(({ contender }) => contender === one.contender)?.rounds.makespanMs ?? []];
    if (one.failure !== null || now.length === 0 || then.length === 0 || !then.every((ms) => ms > 0)) return [];
    const interval = ratioInterval(now, then, { seed: SEED });
    const enough = Math.min(now.length, then.length) >= CALL_ROUNDS;
    return [{ contender: one.contender, ratio: ratioOfMedians(now, then), interval, verdict: enough ? verdictOf(interval, limit) : 'too-few-rounds' }];
  });
}

function verdictOf({ low, high }: Interval, limit: number): Regression['verdict'] {
  if (low > 1 + limit) return 'too-slow';
  if (low > 1) return 'slower';
  return high < 1 ? 'faster' : 'no-difference';
}
