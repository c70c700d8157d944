import type { CompareReport, ContenderKey, ContenderReport } from '../../../contract';
import { ratioInterval, ratioOfMedians, type Interval } from '../../statistics/bootstrap';
import { CALL_ROUNDS } from '../../statistics/difference';
import {
  allowance,
  beyond,
  unlikeLoad,
  waitedByRound,
  waitedOfContender,
  withoutWaiting,
  type Waited,
} from '../shared/load';

/** One contender of a comparison against the same one of an earlier comparison. */
export interface Regression {
  contender: ContenderKey;
  /** Median makespan ÷ that of the baseline: above 1 is slower. */
  ratio: number;
  /** 95 %, each side's rounds drawn by themselves. */
  interval: Interval;
  /** Now and in the baseline. */
  waited: { now: Waited; then: Waited };
  /** `too-slow`: the whole interval lies beyond the limit. `unlike-load`: others had the cores in one of the two, so that nothing is shown. */
  verdict: 'too-slow' | 'slower' | 'faster' | 'no-difference' | 'too-few-rounds' | 'unlike-load';
}

/** Both must be fixed: resampling the same rounds gives the same answer. */
const SEED = 1;

/**
 * Whether contenders have become slower than those of an earlier comparison by more than `limit` (0.05 is 5 %): told only
 * where the 95 % bootstrap interval of the ratio of medians leaves no other answer, nor unlike load. Pure.
 */
export function regressions(report: CompareReport, baseline: CompareReport, limit: number): Regression[] {
  return report.contenders.flatMap((one): Regression[] => {
    const before = baseline.contenders.find(({ contender }) => contender === one.contender);
    const [now, then] = [one.rounds.makespanMs, before?.rounds.makespanMs ?? []];
    if (
      before === undefined ||
      one.failure !== null ||
      now.length === 0 ||
      then.length === 0 ||
      !then.every((ms) => ms > 0)
    )
      return [];
    const interval = ratioInterval(now, then, { seed: SEED });
    const enough = Math.min(now.length, then.length) >= CALL_ROUNDS;
    const waited = { now: waitedOfContender(one), then: waitedOfContender(before) };
    const without = (contender: ContenderReport): number[] =>
      withoutWaiting(
        contender.rounds.makespanMs,
        { waited: waitedOfContender(contender), each: waitedByRound(contender) },
        true,
      );
    const unexplained = ratioInterval(without(one), without(before), { seed: SEED });
    const verdict = !enough
      ? 'too-few-rounds'
      : unlikeLoad(waited.now, waited.then)
        ? 'unlike-load'
        : verdictOf([interval, unexplained], waited, limit);
    return [{ contender: one.contender, ratio: ratioOfMedians(now, then), interval, waited, verdict }];
  });
}

/** `intervals`: of the times as they were, and without the time in which workers had no core. */
function verdictOf(
  intervals: readonly Interval[],
  { now, then }: Regression['waited'],
  limit: number,
): Regression['verdict'] {
  const all = (way: 'lower' | 'higher', base?: number): boolean =>
    intervals.every((interval) => beyond(interval, allowance(now, then, base)) === way);
  if (all('higher', limit)) return 'too-slow';
  return all('higher') ? 'slower' : all('lower') ? 'faster' : 'no-difference';
}
