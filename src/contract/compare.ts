import type { ErrorInfo } from './errors';
import type { Estimate } from './estimate';
import type { ContenderKey, ExecutorKey } from './executors';
import type { ThreadHost } from './worker';
import type { LockProgress } from './lock';
import type { Throttled } from './machine';
import type { ExperimentProgress } from './progress';
import type { PythonChoice, PythonUsed } from './python';
import type { WorkloadReportBase } from './report-base';
import type { LatencySummary, TaskCounts } from './run';

/** What a comparison is asked to do. Give either `size` or `taskMs`; neither means the workload's default size. */
export interface CompareSettings {
  workload: string;
  /** Two or more, sequential counted; default: all available. */
  executors?: ExecutorKey[] | undefined;
  /** Workers of each executor but sequential, which has one; default: what the machine can give. */
  workers?: number | undefined;
  size?: number | undefined;
  /** Values of the workload's own settings, by name; those not given have their defaults. */
  workloadSettings?: Record<string, number> | undefined;
  /** Wanted length of one task, in ms, calibrated on the first executor. */
  taskMs?: number | undefined;
  /** Tasks of one round; default: enough for the slowest contender's round to be well above the clock's error. */
  tasks?: number | undefined;
  /** Measure exactly this many rounds; default: until the ratios are stable or a limit is reached. */
  rounds?: number | undefined;
  /** Which Python, where Python executors take part. */
  python?: PythonChoice | undefined;
  /** Seed of inputs, of the order in rounds and of the resampling. */
  seed?: number | undefined;
  /** Absolute path of a module to run; `workload` is then `custom`. */
  module?: string | undefined;
  /** Longest running time of one task of a module, ms; default: MODULE_DEADLINE_MS. */
  deadlineMs?: number | undefined;
}

/** Settings as they were resolved: every choice made. */
export interface ResolvedCompareSettings {
  workload: string;
  executors: ExecutorKey[];
  workers: number;
  size: number;
  /** As of a live run. */
  workloadSettings: Record<string, number>;
  prepared: Record<string, string | number>;
  taskMs: number | null;
  calibratedMs: number | null;
  /** null where it ended before they were counted out. */
  tasks: number | null;
  /** null: until stable. */
  rounds: number | null;
  seed: number;
  /** The Python of the comparison, where it has Python executors. */
  python?: PythonUsed | undefined;
  /** Where the workload is a module: its path, and how long one task may run, ms. */
  module?: string | undefined;
  deadlineMs?: number | undefined;
}

/**
 * `calibrating`: task size and number; `lives`: each contender lives a few times from start-up to teardown; `warming-up`: all pools
 * start and warm; `measuring`: rounds.
 */
type ComparePhase = 'calibrating' | 'lives' | 'warming-up' | 'measuring' | 'stopping' | 'ended';

/** The state of a comparison, at every step. */
export interface CompareState extends ExperimentProgress {
  kind: 'compare';
  phase: ComparePhase;
  settings: ResolvedCompareSettings;
  /** Complete rounds. */
  rounds: number;
  /** Who is at work. */
  current: ContenderKey | null;
  contenders: { contender: ContenderKey; medianMs: number | null; failure: ErrorInfo | null }[];
}

/** What ended the rounds: every ratio stable, the wanted number, a limit, or somebody. */
export type CompareEnd = 'stable' | 'rounds-done' | 'round-limit' | 'time-limit' | 'stopped' | 'failed';

/** A comparison: the same list of tasks on several executors, in rounds of shuffled order. */
export interface CompareReport extends WorkloadReportBase {
  kind: 'compare';
  settings: ResolvedCompareSettings;
  ended: CompareEnd;
  /** Rounds that every contender still in the race has completed. */
  roundCount: number;
  /** The order of each round, as drawn from the seed. */
  orders: ContenderKey[][];
  contenders: ContenderReport[];
  /** Every pair, by rounds that both have. */
  differences: PairReport[];
}

export interface ContenderReport {
  contender: ContenderKey;
  executor: ExecutorKey;
  /** As of a live run's executor. */
  threadHost: ThreadHost | null;
  workers: number;
  /** Why it left the race; what it measured before stands. */
  failure: ErrorInfo | null;
  /** From handing over the list to having all results: the median of the rounds, ms. */
  makespanMs: Estimate | null;
  /** How many times as fast as the baseline of its language; null for the baseline itself. */
  speedUp: (Estimate & { against: ContenderKey }) | null;
  /** speedUp ÷ what the CPUs that this process may use allow (`mostSpeedUp`); null where the tasks wait rather than compute, not known or impossible. */
  efficiency: number | null;
  /** CPU time of the task threads in a round, median, ms; null where not available. */
  cpuMs: number | null;
  /** CPU time used off those threads in a round, median, ms: as of a live run's executor; null where it is not known. */
  offThreadCpuMs: number | null;
  /** Time that its task threads were runnable without a core in a round, median, ms; null where not available. */
  runQueueMs: number | null;
  /** CPU time, on and off those threads, ÷ makespan, median; null where the rounds were too short to say. */
  coresBusy: number | null;
  running: LatencySummary | null;
  waiting: LatencySummary | null;
  counts: TaskCounts;
  /** From asking for a worker until it was ready, median over workers, ms. */
  startUpMs: number | null;
  /** Round trip of an empty message, median over workers, µs. */
  handOverUs: number | null;
  memory: ContenderMemory | null;
  /** The lock of its interpreter; null for Node. */
  lock: LockProgress['lock'] | null;
  outliers: { round: number; makespanMs: number; happened: string }[];
  parts: TimeParts | null;
  /** The lives that `parts` are the means of. Reports that do not say it have one. */
  lives?: LivesReport | null | undefined;
  /** null where its rounds were too short for the system's clock ticks. */
  cores?: CoreUse | null | undefined;
  /** CPU time of Coreloom's own engine in a round, which hands out the tasks, median, ms; null where not available. Reports of before it was measured lack it. */
  engineCpuMs?: number | null | undefined;
  /** What a quota of CPU time did in its rounds; null where none is set. Reports of before it was measured lack it. */
  throttled?: Throttled | null | undefined;
  rounds: RoundTable;
}

/** How busy each logical CPU was while the rounds of a contender ran, used by any program: shares from 0 to 1. */
export interface CoreUse {
  /** Their numbers, as the system counts them. */
  cores: number[];
  /** Over all rounds, by core. */
  busy: number[];
  /** By core, in the order of the rounds: each value is of one round, or of several in a row. */
  series: number[][];
}

/** Memory that all workers of a contender added together, after its first list of tasks. */
export interface ContenderMemory {
  residentBytes: number;
  /** Shared pages divided by who shares them; null for threads and where the system does not say. */
  proportionalBytes: number | null;
}

/**
 * Whole lives of a contender, each from asking for workers to the end of the last one, with the list of tasks run once,
 * cold: means over the lives. All parts are wall time, those of the run means over its workers: they add up to the whole.
 */
export interface TimeParts {
  wholeMs: number;
  spawnMs: number;
  firstTaskMs: number;
  computeMs: number;
  /** An estimate, measured apart; null where it cannot be told from transfer. */
  serializeMs: number | null;
  transferMs: number;
  waitingMs: number;
  teardownMs: number;
}

/** How many lives `parts` are the means of, and the shortest and the longest of them, ms. */
export interface LivesReport {
  count: number;
  shortestMs: number;
  longestMs: number;
  /** Each of them, in columns of equal length; reports of before it was kept have none. */
  each?: { [K in keyof TimeParts]: TimeParts[K][] } | undefined;
  /** The 95 % intervals of the means (Student's t); null of a single life, and of what a life does not know. */
  intervals?: Record<keyof TimeParts, { low: number; high: number } | null> | undefined;
}

/** Raw values of the rounds, in columns of equal length. */
export interface RoundTable {
  /** Number of the round, from 0. */
  round: number[];
  makespanMs: number[];
  cpuMs: (number | null)[];
  offThreadCpuMs: (number | null)[];
  /** Time that task threads were runnable without a core. */
  runQueueMs: (number | null)[];
  deaths: number[];
}

export interface PairReport {
  contender: ContenderKey;
  against: ContenderKey;
  rounds: number;
  /** Median makespan ÷ median makespan of the other: below 1 is faster. */
  ratio: Estimate;
  /** The 99 % interval, which the verdict goes by. */
  callLow: number;
  callHigh: number;
  verdict: 'faster' | 'slower' | 'no-difference' | 'too-few-rounds';
}
