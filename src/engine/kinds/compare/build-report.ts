import {
  mostSpeedUp,
  type CompareEnd,
  type CompareReport,
  type ContenderKey,
  type ContenderReport,
  type Estimate,
  type PairReport,
  type Proof,
  type ResolvedCompareSettings,
  type RoundTable,
  type Throttled,
  type WorkloadInfo,
} from '../../../contract';
import { believable } from '../../report/possible';
import type { Interval } from '../../statistics/bootstrap';
import { callConfidence, type DifferenceOptions } from '../../statistics/difference';
import { orderInterval } from '../../statistics/order-interval';
import { outliers } from '../../statistics/outliers';
import { median } from '../../statistics/summary';
import { usedCores } from '../shared/coverage';
import type { ReportHead } from '../shared/report-head';
import { SHORTEST_LOOK_MS } from '../shared/thresholds';
import { baselineOf, type Contender, type Raced } from './contender';
import { coreUse } from './core-use';
import { happenedAt } from './outlier-cause';
import { livesReport, meanParts } from './parts';
import { impossibleInCompare } from './report/impossible';
import { shown, pairCount, VERDICTS } from './standing';
import { verdict } from './verdict';

export interface CompareParts {
  workload: WorkloadInfo;
  settings: ResolvedCompareSettings;
  contenders: readonly Contender[];
  orders: ContenderKey[][];
  rounds: number;
  restarts: readonly number[];
  end: CompareEnd;
  proof: Proof;
  head: ReportHead;
}

const estimate = (value: number, { low, high }: Interval): Estimate => ({ value, low, high });
const ratio = (value: number, interval: Interval | null): PairReport['ratio'] => ({
  value,
  low: interval?.low ?? null,
  high: interval?.high ?? null,
});
const medianOf = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? median(known) : null;
};

/** What a comparison has measured so far, its contenders not yet held against each other. */
export function buildCompareReport(parts: CompareParts): CompareReport {
  const { workload, settings, contenders } = parts;
  return {
    ...parts.head,
    kind: 'compare',
    finding: '',
    workload,
    settings,
    ended: parts.end,
    roundCount: parts.rounds,
    restarts: [...parts.restarts],
    orders: parts.orders,
    contenders: contenders.map(contenderReport),
    differences: [],
    ...parts.proof,
  };
}

/** The report with its contenders held against each other, by the rounds that stand in it. */
export function judgedReport(report: CompareReport): CompareReport {
  const { contenders } = report;
  const whole = {
    ...report,
    contenders: contenders.map((contender) => judgedContender(contender, report)),
    differences: pairs(report),
  };
  const judged = believable(whole, impossibleInCompare(whole));
  return { ...judged, finding: verdict(judged) };
}

function contenderReport(contender: Contender): ContenderReport {
  const rounds = roundTable(contender);
  return {
    contender: contender.name,
    executor: contender.executor.name,
    threadHost: contender.executor.threadHost ?? null,
    workers: contender.workers,
    failure: contender.failure,
    makespanMs: null,
    speedUp: null,
    efficiency: null,
    cpuMs: medianOf(rounds.cpuMs),
    offThreadCpuMs: medianOf(rounds.offThreadCpuMs),
    runQueueMs: medianOf(rounds.runQueueMs),
    coresBusy: coresBusyIn(rounds),
    running: contender.running.summary(),
    waiting: contender.waiting.summary(),
    counts: contender.counts,
    startUpMs: medianOf(contender.startUpsMs),
    handOverUs: medianOf(contender.handOversUs),
    memory: contender.memory,
    lock: contender.lock,
    outliers: outliers(rounds.makespanMs).map((at) => ({
      round: rounds.round[at] ?? 0,
      makespanMs: rounds.makespanMs[at] ?? 0,
      happened: happenedAt(rounds, at),
    })),
    parts: meanParts(contender.lives),
    lives: livesReport(contender.lives),
    cores: coreUse([...contender.rounds.values()].map(({ cores }) => cores)),
    engineCpuMs: medianOf([...contender.rounds.values()].map(({ engineCpuMs }) => engineCpuMs)),
    throttled: throttledInAll([...contender.rounds.values()].map(({ throttled }) => throttled)),
    rounds,
  };
}

/** Median over the rounds; null where all of them together were too short to say, as clock ticks then count for more than work. */
function coresBusyIn({ makespanMs, cpuMs, offThreadCpuMs }: RoundTable): number | null {
  const wholeMs = makespanMs.reduce((sum, ms) => sum + ms, 0);
  const busy = makespanMs.map((ms, at) =>
    usedCores({ cpuMs: cpuMs[at] ?? null, offThreadCpuMs: offThreadCpuMs[at] ?? null }, ms),
  );
  return wholeMs < SHORTEST_LOOK_MS ? null : medianOf(busy);
}

function throttledInAll(rounds: readonly (Throttled | null)[]): Throttled | null {
  const known = rounds.filter((round) => round !== null);
  const sum = (pick: (one: Throttled) => number): number => known.reduce((total, one) => total + pick(one), 0);
  return known.length === 0
    ? null
    : {
        periods: sum(({ periods }) => periods),
        stopped: sum(({ stopped }) => stopped),
        stoppedMs: sum(({ stoppedMs }) => stoppedMs),
      };
}

function judgedContender(contender: ContenderReport, report: CompareReport): ContenderReport {
  const {
    rounds: { makespanMs },
  } = contender;
  const speedUp = speedUpOf(contender, report);
  return {
    ...contender,
    makespanMs: makespanMs.length > 0 ? estimate(median(makespanMs), orderInterval(makespanMs)) : null,
    speedUp,
    efficiency: efficiencyOf(contender, speedUp, report),
  };
}

function speedUpOf(contender: ContenderReport, report: CompareReport): ContenderReport['speedUp'] {
  const against = report.contenders.find((one) => one.contender === baselineOf(contender.contender));
  if (against === undefined || against === contender) return null;
  // Of the baseline's time in the contender's: how many times as fast.
  const { found } = shown(byRound(against), byRound(contender), looks(report)) ?? {};
  if (found === undefined || found.verdict === 'unsteady') return null;
  return { ...ratio(found.ratio, found.interval), against: against.contender };
}

/** Tasks that wait can be waited for by any number of workers: the machine then sets no ceiling to hold against. */
function efficiencyOf(
  { workers }: ContenderReport,
  speedUp: ContenderReport['speedUp'],
  { workload, machine }: CompareReport,
): number | null {
  if (speedUp === null || workload.kind !== 'cpu') return null;
  return speedUp.value / mostSpeedUp(workers, machine.limits.effectiveCpus);
}

function roundTable({ rounds }: Contender): RoundTable {
  const all = [...rounds.entries()].sort(([a], [b]) => a - b);
  return {
    round: all.map(([number]) => number),
    makespanMs: all.map(([, { makespanMs }]) => makespanMs),
    cpuMs: all.map(([, { cpuMs }]) => cpuMs),
    offThreadCpuMs: all.map(([, { offThreadCpuMs }]) => offThreadCpuMs),
    runQueueMs: all.map(([, { runQueueMs }]) => runQueueMs),
    deaths: all.map(([, { deaths }]) => deaths),
  };
}

const byRound = ({ rounds: { round, makespanMs } }: ContenderReport): Raced => ({
  rounds: new Map(round.map((number, at) => [number, { makespanMs: makespanMs[at] ?? 0 }])),
});

/** How often contenders of this report are looked at: pair by pair, and once where as many rounds as were wanted are done. */
function looks({ contenders, settings, roundCount }: CompareReport): DifferenceOptions {
  return {
    pairs: pairCount(contenders.length),
    planned: settings.rounds !== null && roundCount >= settings.rounds,
  };
}

function pairs(report: CompareReport): PairReport[] {
  const { contenders } = report;
  return contenders.flatMap((against, at) =>
    contenders.slice(at + 1).flatMap((contender) => pair(contender, against, looks(report))),
  );
}

function pair(contender: ContenderReport, against: ContenderReport, options: DifferenceOptions): PairReport[] {
  const both = shown(byRound(contender), byRound(against), options);
  if (both === null) return [];
  const { rounds, found } = both;
  return [
    {
      contender: contender.contender,
      against: against.contender,
      rounds,
      ratio: ratio(found.ratio, found.interval),
      callLow: found.callInterval?.low ?? null,
      callHigh: found.callInterval?.high ?? null,
      callConfidence: callConfidence(options.pairs),
      basis: found.basis,
      verdict: VERDICTS[found.verdict],
    },
  ];
}
