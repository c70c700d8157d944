import type { ErrorInfo } from './errors';
import type { Estimate } from './estimate';
import type { ExecutorKey } from './executors';
import type { LockProgress } from './lock';
import type { ExperimentProgress } from './progress';
import type { PythonChoice, PythonUsed } from './python';
import type { WorkloadReportBase } from './report-base';
import type { LatencySummary, TaskCounts } from './run';
import type { ThreadHost } from './worker';

/** What a scaling experiment is asked to do. Give either `size` or `taskMs`; neither means the workload's default size. */
export interface ScaleSettings {
  workload: string;
  /** One or more that can have several workers; default: all available. */
  executors?: ExecutorKey[] | undefined;
  /** The largest worker count; default: twice what the machine can run at once, and more if tasks wait. */
  max?: number | undefined;
  size?: number | undefined;
  /** Values of the workload's own settings, by name; those not given have their defaults. */
  workloadSettings?: Record<string, number> | undefined;
  /** Wanted length of one task, in ms, calibrated on the first executor. */
  taskMs?: number | undefined;
  /** Measure every worker count exactly this often; default: until the intervals are narrow or a limit is reached. */
  rounds?: number | undefined;
  /** Which Python, where Python executors take part. */
  python?: PythonChoice | undefined;
  /** Seed of inputs, of the order of worker counts and of the resampling. */
  seed?: number | undefined;
  /** Absolute path of a module to run; `workload` is then `custom`. */
  module?: string | undefined;
  /** Longest running time of one task of a module, ms; default: MODULE_DEADLINE_MS. */
  deadlineMs?: number | undefined;
}

/** Settings as they were resolved: every choice made. */
export interface ResolvedScaleSettings {
  workload: string;
  executors: ExecutorKey[];
  /** The worker counts that are measured, ascending, from 1. */
  workers: number[];
  size: number;
  /** As of a live run. */
  workloadSettings: Record<string, number>;
  prepared: Record<string, string | number>;
  taskMs: number | null;
  calibratedMs: number | null;
  /** null: until the intervals are narrow. */
  rounds: number | null;
  seed: number;
  python?: PythonUsed | undefined;
  module?: string | undefined;
  deadlineMs?: number | undefined;
}

/** `warming-up`: each executor runs with all of its workers before anything is measured; `fitting`: the laws. */
type ScalePhase = 'calibrating' | 'warming-up' | 'measuring' | 'fitting' | 'stopping' | 'ended';

/** The state of a scaling experiment, at every step. */
export interface ScaleState extends ExperimentProgress {
  kind: 'scale';
  phase: ScalePhase;
  settings: ResolvedScaleSettings;
  /** Complete rounds: every worker count of every executor was measured so often. */
  rounds: number;
  /** Who is at work. */
  current: { executor: ExecutorKey; workers: number } | null;
  ceiling: ScaleCeiling;
  /** What is measured so far: medians of tasks a second, by worker count. */
  curves: { executor: ExecutorKey; failure: ErrorInfo | null; points: { workers: number; throughput: number }[] }[];
}

/** What ended the rounds: every interval narrow, the wanted number, a limit, or somebody. */
export type ScaleEnd = 'narrow' | 'rounds-done' | 'round-limit' | 'time-limit' | 'stopped' | 'failed';

/** How throughput changes with the number of workers, on each of some executors. */
export interface ScaleReport extends WorkloadReportBase {
  kind: 'scale';
  settings: ResolvedScaleSettings;
  ended: ScaleEnd;
  /** Complete rounds. */
  roundCount: number;
  ceiling: ScaleCeiling;
  curves: ScaleCurve[];
}

/** What the machine can give at most. The ceiling at N workers is `mostSpeedUp` × the throughput of one. */
export interface ScaleCeiling {
  /** CPUs' worth of time for tasks that compute, less than 1 under a small quota; null where tasks wait, and cores set no ceiling. */
  cpus: number | null;
  /** Worker counts from which on something is used up, such as `8 performance cores`, ascending. */
  marks: { workers: number; what: string }[];
  /** In one or two sentences, to be shown. */
  explanation: string;
}

/**
 * What this many workers can do at most where tasks compute, in multiples of what one does. Of less than one CPU, which a
 * quota may grant, one worker uses all there is.
 */
export function mostSpeedUp(workers: number, cpus: number): number {
  return Math.min(workers, Math.max(1, cpus));
}

/** One executor over its worker counts. */
export interface ScaleCurve {
  executor: ExecutorKey;
  /** As of a live run's executor. */
  threadHost: ThreadHost | null;
  /** Why it left; what it measured before stands. */
  failure: ErrorInfo | null;
  /** Measured at least once, by worker count, ascending. */
  points: ScalePoint[];
  /** Amdahl's law and the universal scalability law, as far as there are worker counts enough. */
  fits: LawFit[];
  /** Workers waited for a core where there was one for each: something else had it, and nothing is recommended. */
  crowded: boolean;
  /** null where fewer than two worker counts were measured, where intervals are too wide, or on a crowded machine. */
  recommendation: ScaleRecommendation | null;
  counts: TaskCounts;
  /** The lock of its interpreter; null for Node. */
  lock: LockProgress['lock'] | null;
}

export interface ScalePoint {
  workers: number;
  /** Tasks a second while all workers were at work: the median of the rounds. */
  throughput: Estimate;
  /** Throughput ÷ that of one worker of this executor, by rounds that both have; null where one worker was not measured. */
  speedUp: Estimate | null;
  /** speedUp ÷ what cores allow (`mostSpeedUp`); null where cores set no ceiling, and where it would be impossible. */
  efficiency: number | null;
  /** CPU time, on and off the task threads, ÷ wall time, median; null where not available. */
  coresBusy: number | null;
  /** Of it, what was used off those threads: as of a live run's executor; null where it is not known. */
  coresOffThread: number | null;
  /** How many task threads were runnable without a core on average, median; null where not available. */
  coresWaitedFor: number | null;
  /** Cores' worth of time that a quota kept Coreloom's threads off the cores, median; null where none is set or the system does not count. */
  coresThrottled: number | null;
  /** Of all rounds. */
  running: LatencySummary | null;
  rounds: ScaleRoundTable;
}

/** Raw values of the rounds of one worker count, in columns of equal length. */
interface ScaleRoundTable {
  /** Number of the round, from 0. */
  round: number[];
  /** Its place in the shuffled order of that round, from 0. */
  place: number[];
  throughput: number[];
  /** Time in which all workers were at work, which the throughput is of, ms. */
  windowMs: number[];
  tasks: number[];
  coresBusy: (number | null)[];
  coresOffThread: (number | null)[];
  coresWaitedFor: (number | null)[];
  deaths: number[];
}

/**
 * A law held against the points: throughput(N) = single N / (1 + contention (N - 1) + coherency N (N - 1)). Amdahl's law
 * has coherency 0, and contention as its serial share.
 */
export interface LawFit {
  law: 'amdahl' | 'usl';
  contention: Estimate;
  coherency: Estimate;
  /** Tasks a second of one worker. */
  single: Estimate;
  /** What the intervals were drawn from. */
  resampled: 'rounds' | 'residuals';
  /** Where it says that more workers begin to cost; null where it goes on rising. */
  peak: { workers: number; throughput: number } | null;
  /** Measured less predicted, tasks a second, for each point of the curve. */
  residuals: number[];
  /** null where the throughputs do not vary. */
  rSquared: number | null;
  fits: boolean;
  /** Why it fits or does not; then which parameters ended on a bound, and whether the points scale better than linear. */
  because: string;
}

/** The smallest worker count that is not shown to be more than 2 % below the best. */
export interface ScaleRecommendation {
  workers: number;
  /** The count with the largest throughput. */
  best: number;
  /** Throughput of the recommended count ÷ that of the best. */
  share: Estimate;
  /** True where the largest count that was measured may not be the end of it. */
  rising: boolean;
  /** In one or two sentences. */
  why: string;
}
