import type { CompareEnd, CompareReport, ContenderName, ContenderReport, Estimate, PairReport, Proof, ResolvedCompareSettings, RoundTable } from '../../../contract';
import { medianInterval, type Interval } from '../../statistics/bootstrap';
import { difference } from '../../statistics/difference';
import { outliers } from '../../statistics/outliers';
import { median } from '../../statistics/summary';
import type { ReportHead } from '../report-head';
import { baselineOf, commonMakespans, type Contender } from './contender';
import type { CompareOptions } from './options';
import { coreUse } from './core-use';
import { happenedAt } from './outlier-cause';
import { livesReport, meanParts } from './parts';

export interface CompareParts {
  options: CompareOptions;
  settings: ResolvedCompareSettings;
  contenders: readonly Contender[];
  orders: ContenderName[][];
  rounds: number;
  end: CompareEnd;
  proof: Proof;
  head: ReportHead;
}

const estimate = (value: number, { low, high }: Interval): Estimate => ({ value, low, high });
const medianOf = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? median(known) : null;
};

/** Makes the report of a comparison that has ended, its finding left open. */
export function buildCompareReport(parts: CompareParts): CompareReport {
  const { options, settings, contenders } = parts;
  return {
    ...parts.head,
    kind: 'compare',
    finding: '',
    workload: options.workload.info,
    settings,
    ended: parts.end,
    roundCount: parts.rounds,
    orders: parts.orders,
    contenders: contenders.map((contender) => contenderReport(contender, parts)),
    differences: pairs(contenders, settings.seed),
    ...parts.proof,
  };
}

function contenderReport(contender: Contender, parts: CompareParts): ContenderReport {
  const rounds = roundTable(contender);
  const seed = parts.settings.seed;
  const busy = rounds.cpuMs.map((cpuMs, at) => (cpuMs === null ? null : cpuMs / (rounds.makespanMs[at] ?? 1)));
  const speedUp = speedUpOf(contender, parts);
  return {
    contender: contender.name,
    executor: contender.executor.name,
    ...(contender.executor.threadHost === undefined ? {} : { threadHost: contender.executor.threadHost }),
    workers: contender.workers,
    failure: contender.failure,
    makespanMs: rounds.makespanMs.length > 0 ? estimate(median(rounds.makespanMs), medianInterval(rounds.makespanMs, { seed })) : null,
    speedUp,
    efficiency: efficiencyOf(contender, speedUp, parts),
    cpuMs: medianOf(rounds.cpuMs),
    runQueueMs: medianOf(rounds.runQueueMs),
    coresBusy: medianOf(busy),
    running: contender.running.summary(),
    waiting: contender.waiting.summary(),
    counts: contender.counts,
    startUpMs: medianOf(contender.startUpsMs),
    handOverUs: medianOf(contender.handOversUs),
    memory: contender.memory,
    lock: contender.lock,
    outliers: outliers(rounds.makespanMs).map((at) => ({ round: rounds.round[at] ?? 0, makespanMs: rounds.makespanMs[at] ?? 0, happened: happenedAt(rounds, at) })),
    parts: meanParts(contender.lives),
    lives: livesReport(contender.lives),
    cores: coreUse([...contender.rounds.values()].map(({ cores }) => cores)),
    rounds,
  };
}

function speedUpOf(contender: Contender, { contenders, settings }: CompareParts): ContenderReport['speedUp'] {
  const against = contenders.find(({ name }) => name === baselineOf(contender.name));
  if (against === undefined || against === contender) return null;
  // Of the baseline's time in the contender's: how many times as fast.
  const [own = [], base = []] = commonMakespans([contender, against]);
  if (own.length === 0) return null;
  const { ratio, interval } = difference(base, own, { seed: settings.seed });
  return { ...estimate(ratio, interval), against: against.name };
}

/** Tasks that wait can be waited for by any number of workers: the machine then sets no ceiling to hold against. */
function efficiencyOf(contender: Contender, speedUp: ContenderReport['speedUp'], { options }: CompareParts): number | null {
  if (speedUp === null || options.workload.info.kind !== 'cpu') return null;
  return speedUp.value / Math.min(contender.workers, options.machine.limits.effectiveCpus);
}

function roundTable({ rounds }: Contender): RoundTable {
  const all = [...rounds.entries()].sort(([a], [b]) => a - b);
  return {
    round: all.map(([number]) => number),
    makespanMs: all.map(([, { makespanMs }]) => makespanMs),
    cpuMs: all.map(([, { cpuMs }]) => cpuMs),
    runQueueMs: all.map(([, { runQueueMs }]) => runQueueMs),
    deaths: all.map(([, { deaths }]) => deaths),
  };
}

function pairs(contenders: readonly Contender[], seed: number): PairReport[] {
  return contenders.flatMap((against, at) => contenders.slice(at + 1).flatMap((contender) => pair(contender, against, seed)));
}

const VERDICTS = { lower: 'faster', higher: 'slower', 'no-difference': 'no-difference', 'too-few-rounds': 'too-few-rounds' } as const;

function pair(contender: Contender, against: Contender, seed: number): PairReport[] {
  const [values = [], others = []] = commonMakespans([contender, against]);
  if (values.length === 0) return [];
  const { ratio, interval, callInterval, verdict } = difference(values, others, { seed });
  return [{
    contender: contender.name, against: against.name, rounds: values.length, ratio: estimate(ratio, interval),
    callLow: callInterval.low, callHigh: callInterval.high, verdict: VERDICTS[verdict],
  }];
}
