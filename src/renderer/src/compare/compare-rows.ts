import type { CompareReport, CompareState, ContenderName, ContenderReport, Estimate } from '../../../contract';
import { baselinesOf, contenderTitle, interval, withInterval } from '../../../contract';
import { bytes, count, duration, NOT_AVAILABLE, percent, times } from '../theme/format';

/** A contender as its bar shows it; figures that nobody has measured yet are null. */
export interface BarRow {
  contender: ContenderName;
  workers: number;
  /** The median so far, or of the report, ms. */
  medianMs: number | null;
  makespanMs: Estimate | null;
  /** Of every round, ms. */
  rounds: readonly number[];
  outliers: ReadonlySet<number>;
  report: ContenderReport | null;
  failure: string | null;
  /** At work now. */
  current: boolean;
}

/** Medians while it is on. */
export function barsOfState({ contenders, current, settings }: CompareState): BarRow[] {
  return contenders.map(({ contender, medianMs, failure }) => ({
    contender,
    workers: contender.endsWith('sequential') ? 1 : settings.workers,
    medianMs,
    makespanMs: null,
    rounds: [],
    outliers: new Set(),
    report: null,
    failure: failure?.message ?? null,
    current: contender === current,
  }));
}

export function barsOfReport({ contenders }: CompareReport): BarRow[] {
  return contenders.map((report) => ({
    contender: report.contender,
    workers: report.workers,
    medianMs: report.makespanMs?.value ?? null,
    makespanMs: report.makespanMs,
    rounds: report.rounds.makespanMs,
    outliers: new Set(report.outliers.map(({ round }) => report.rounds.round.indexOf(round))),
    report,
    failure: report.failure?.message ?? null,
    current: false,
  }));
}

/** The longest of all, ms: where the scale ends. */
export function longestMs(rows: readonly BarRow[]): number {
  return Math.max(1e-6, ...rows.flatMap((row) => [row.medianMs ?? 0, row.makespanMs?.high ?? 0, ...row.rounds]));
}

/** A bar in words. */
export function barWords({ medianMs, makespanMs, rounds }: BarRow): string {
  if (medianMs === null) return 'not measured yet';
  if (!makespanMs) return `median so far ${duration(medianMs)}`;
  return `median ${duration(medianMs)}, 95 % interval ${interval(makespanMs, duration)}, ${rounds.length} rounds, each a mark`;
}

const known = (value: number | null | undefined, write: (value: number) => string): string =>
  value === null || value === undefined ? NOT_AVAILABLE : write(value);
const latency = (of: ContenderReport['running'], pick: 'p50Ms' | 'p95Ms' | 'p99Ms'): string => {
  if (!of) return 'no task settled';
  const ms = of[pick];
  return ms === null ? 'too few tasks' : duration(ms);
};

function efficiencyOf({ efficiency, speedUp }: ContenderReport): string {
  if (efficiency !== null) return percent(efficiency);
  return speedUp ? 'no ceiling: tasks may wait' : '–';
}

function speedUpOf({ contender, speedUp, makespanMs }: ContenderReport, baselines: ReadonlySet<ContenderName>): string {
  if (speedUp) return withInterval(speedUp, times);
  if (!makespanMs) return 'not measured';
  return baselines.has(contender) ? 'the baseline' : 'no baseline';
}

/** Every figure of every contender. */
export function figureRows({ contenders }: CompareReport): string[][] {
  const row = (name: string, value: (one: ContenderReport) => string): string[] => [name, ...contenders.map(value)];
  const baselines = baselinesOf(contenders);
  return [
    row('Workers', ({ workers }) => count(workers)),
    row('Makespan, median', ({ makespanMs }) => (makespanMs ? withInterval(makespanMs, duration) : 'not measured')),
    row('Speed-up', (one) => speedUpOf(one, baselines)),
    row('against', ({ speedUp }) => (speedUp ? contenderTitle(speedUp.against) : '–')),
    row('Efficiency', efficiencyOf),
    row('CPU time of a round, tasks’ threads', ({ cpuMs }) => known(cpuMs, duration)),
    row('CPU time off the task’s thread', ({ offThreadCpuMs }) => known(offThreadCpuMs, duration)),
    row('Cores busy', ({ coresBusy }) => known(coresBusy, (value) => value.toFixed(2))),
    row('Runnable without a core', ({ runQueueMs }) => known(runQueueMs, duration)),
    row('Start-up of a worker', ({ startUpMs }) => known(startUpMs, duration)),
    row('Hand-over, round trip', ({ handOverUs }) => known(handOverUs, (us) => duration(us / 1e3))),
    row('Memory added, resident', ({ memory }) => known(memory?.residentBytes, bytes)),
    row('Memory added, proportional', ({ memory }) => known(memory?.proportionalBytes, bytes)),
    row('Latency p50', ({ running }) => latency(running, 'p50Ms')),
    row('Latency p95', ({ running }) => latency(running, 'p95Ms')),
    row('Latency p99', ({ running }) => latency(running, 'p99Ms')),
    row('Waiting p50', ({ waiting }) => latency(waiting, 'p50Ms')),
    row('Waiting p95', ({ waiting }) => latency(waiting, 'p95Ms')),
    row('Tasks done', ({ counts }) => count(counts.done)),
    row('Failed, run again', ({ counts }) => `${count(counts.failed)}, ${count(counts.retried)}`),
    row('Rounds, outliers', ({ rounds, outliers }) => `${count(rounds.round.length)}, ${count(outliers.length)}`),
  ];
}
