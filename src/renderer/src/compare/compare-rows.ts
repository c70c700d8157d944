import {
  PAIR_VERDICTS,
  THREAD_HOST_WORDS,
  bytes,
  claimedRatio,
  contenderTitle,
  coreCount,
  duration,
  durationOfUs,
  handOverShare,
  interval,
  isSingle,
  NONE,
  number,
  percent,
  speedUpWords,
  wholeSeconds,
  withInterval,
  type CompareReport,
  type CompareState,
  type ContenderKey,
  type ContenderReport,
  type Estimate,
  type PairReport,
} from '../../../contract';

/** A contender as its bar shows it; figures that nobody has measured yet are null. */
export interface BarRow {
  contender: ContenderKey;
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
    workers: isSingle(contender) ? 1 : settings.workers,
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

/** A pair as it is drawn: the time of the first ÷ that of the second, with its intervals where it has them. */
export interface PairRow extends Pick<PairReport, 'contender' | 'against' | 'verdict' | 'callLow' | 'callHigh'> {
  /** null where no ratio is claimed. */
  ratio: PairReport['ratio'] | null;
  /** What the two came to, or what it takes yet. */
  word: string;
}

/** Pairs of a report. */
export function pairsOfReport({ differences }: CompareReport): PairRow[] {
  return differences.map((pair) => ({
    ...pair,
    ratio: claimedRatio(pair),
    word: PAIR_VERDICTS[pair.verdict],
  }));
}

/** Pairs as they stand while rounds go on. */
export function pairsOfState({ pairs, undecided, phase }: CompareState): PairRow[] {
  return pairs.map(({ contender, against, verdict, ...ratio }) => {
    const open = undecided.find((one) => one.contender === contender && one.against === against);
    const turned = undecided.find((one) => one.contender === against && one.against === contender);
    const moreMs = (open ?? turned)?.remainingMs ?? null;
    const yet = verdict === 'no-difference' || verdict === 'too-few-rounds';
    return {
      contender,
      against,
      verdict,
      ratio: claimedRatio({ verdict, ratio }),
      callLow: null,
      callHigh: null,
      word: yet && phase !== 'lives' ? notYet(moreMs) : PAIR_VERDICTS[verdict],
    };
  });
}

function notYet(moreMs: number | null): string {
  return moreMs === null ? 'not told apart yet' : `not told apart yet, about ${duration(wholeSeconds(moreMs))} more`;
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

function efficiencyOf({ efficiency, speedUp }: ContenderReport): string {
  return efficiency === null && speedUp ? 'not defined: tasks may wait' : percent(efficiency);
}

/** Every figure of every contender. */
export function figureRows({ contenders }: CompareReport): string[][] {
  const row = (name: string, value: (one: ContenderReport) => string): string[] => [name, ...contenders.map(value)];
  return [
    row('Workers', ({ workers }) => number(workers)),
    row('Threads', ({ threadHost }) => (threadHost === null ? NONE : THREAD_HOST_WORDS[threadHost])),
    row('Makespan, median', ({ makespanMs }) => withInterval(makespanMs, duration)),
    row('Speed-up', (one) => speedUpWords(one, contenders)),
    row('against', ({ speedUp }) => (speedUp ? contenderTitle(speedUp.against) : NONE)),
    row('Efficiency', efficiencyOf),
    row('CPU time per round, task threads', ({ cpuMs }) => duration(cpuMs)),
    row('CPU time of helper threads and child processes', ({ offThreadCpuMs }) => duration(offThreadCpuMs)),
    row('Cores busy', ({ coresBusy }) => coreCount(coresBusy)),
    row('Time waiting for a core', ({ runQueueMs }) => duration(runQueueMs)),
    row('Start-up of a worker', ({ startUpMs }) => duration(startUpMs)),
    row('Hand-over, round trip', ({ handOverUs }) => durationOfUs(handOverUs)),
    row('Hand-over, as a share of a task', (one) => percent(handOverShare(one))),
    row('Memory added, resident', ({ memory }) => bytes(memory?.residentBytes)),
    row('Memory added, proportional', ({ memory }) => bytes(memory?.proportionalBytes)),
    row('Latency p50', ({ running }) => duration(running?.p50Ms)),
    row('Latency p95', ({ running }) => duration(running?.p95Ms)),
    row('Latency p99', ({ running }) => duration(running?.p99Ms)),
    row('Waiting p50', ({ waiting }) => duration(waiting?.p50Ms)),
    row('Waiting p95', ({ waiting }) => duration(waiting?.p95Ms)),
    row('Tasks done', ({ counts }) => number(counts.done)),
    row('Failed, retried', ({ counts }) => `${number(counts.failed)}, ${number(counts.retried)}`),
    row('Rounds, outliers', ({ rounds, outliers }) => `${number(rounds.round.length)}, ${number(outliers.length)}`),
  ];
}
