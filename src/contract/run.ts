import type { ErrorInfo } from './errors';
import type { ByExecutor, ExecutorKey } from './executors';
import type { WorkerStatus } from './worker';
import type { LockProgress } from './lock';
import type { PythonChoice, PythonUsed } from './python';

/** What a live run is asked to do. Give either `size` or `taskMs`; neither means the workload's default size. */
export interface LiveSettings {
  workload: string;
  /** Workers of each executor, whole numbers from 0 to LIMITS.workers.max; together at least 1. */
  workers: ByExecutor<number>;
  size?: number | undefined;
  /** Values of the workload's own settings, by name; those not given have their defaults. */
  workloadSettings?: Record<string, number> | undefined;
  /** Wanted length of one task on this machine, in ms: the size is calibrated to it. */
  taskMs?: number | undefined;
  /** End after this time, in ms. */
  durationMs?: number | undefined;
  /** End after this many tasks. */
  tasks?: number | undefined;
  /** Which Python, where Python executors take part. */
  python?: PythonChoice | undefined;
  /** Seed of the generated inputs; default: random. It is always in the report. */
  seed?: number | undefined;
  /** Absolute path of a module to run; `workload` is then `custom`. */
  module?: string | undefined;
  /** Longest running time of one task of a module, ms; default: MODULE_DEADLINE_MS. */
  deadlineMs?: number | undefined;
}

/** The workload's name where a module is run. */
export const MODULE_WORKLOAD = 'custom';

/** How long one task of a module may run where nobody said, ms. */
export const MODULE_DEADLINE_MS = 30_000;

/** Settings as they were resolved: every choice made. */
export interface ResolvedSettings {
  workload: string;
  workers: ByExecutor<number>;
  size: number;
  /** Every setting of the workload with its value; empty where it has none. */
  workloadSettings: Record<string, number>;
  /** What the workload made for the run before its first task (a server's port, a file's path); empty where nothing. */
  prepared: Record<string, string | number>;
  /** The length that was wanted, where the size comes from a calibration. */
  taskMs: number | null;
  /** The length that calibration measured for `size`; null where the size was given. */
  calibratedMs: number | null;
  durationMs: number | null;
  tasks: number | null;
  seed: number;
  /** The Python of the run, where it has Python executors. */
  python?: PythonUsed | undefined;
  /** Where the workload is a module: its path, and how long one task may run, ms. */
  module?: string | undefined;
  deadlineMs?: number | undefined;
}

/**
 * How an experiment ended. `tasks-failed`: it came to its end, and tasks of it failed; `cancelled`: somebody ended it
 * early; `interrupted`: the process that measured ended before the report did; `failed`: what was measured says nothing.
 */
export const RUN_OUTCOMES = ['completed', 'tasks-failed', 'cancelled', 'interrupted', 'failed'] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

/** Where a run is. `calibrating` and `starting` come before the first task. */
export type RunPhase = 'calibrating' | 'starting' | 'running' | 'stopping' | 'ended';

export interface TaskCounts {
  done: number;
  failed: number;
  /** Runs beyond the first of a task whose worker died. */
  retried: number;
  cancelled: number;
  /** Of those done or failed, tasks whose worker gave times that cannot be: they are in no time, latency or timeline. */
  untimed?: number | undefined;
}

/** Percentiles in ms; `p99Ms` is null under 100 values. Bucketed: relative error at most 1/64 (see docs/measurement.md). */
export interface LatencySummary {
  count: number;
  minMs: number;
  meanMs: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number | null;
  maxMs: number;
}

/** One executor of a run, now. */
export interface ExecutorProgress {
  executor: ExecutorKey;
  desired: number;
  /** Workers that can take tasks. */
  live: number;
  queued: number;
  counts: TaskCounts;
  /** Tasks finished a second over the last second. */
  throughput: number;
  /** From started to finished, over the last 10 s at most; null before the first task. */
  running: LatencySummary | null;
  /** From queued to started. */
  waiting: LatencySummary | null;
  deaths: number;
  startUpMs: number | null;
  handOverUs: number | null;
  /** CPU time of the threads that run its tasks, and off them, over the run so far, ms: as in its report. */
  cpuMs: number | null;
  offThreadCpuMs: number | null;
  /** The interpreter lock over the last seconds; not there where the executor has no interpreter, null before there is something to say. */
  lock?: LockProgress | null | undefined;
  workers: WorkerStatus[];
}

/** The state of a run, 10 times a second and at every change of phase. */
export interface RunState {
  id: string;
  phase: RunPhase;
  settings: ResolvedSettings;
  /** ISO 8601 wall time. */
  startedAt: string;
  /** The start on the monotonic clock, in ms. */
  startedMs: number;
  /** Since the first task could be taken, in ms; stands still once ended. */
  elapsedMs: number;
  executors: ExecutorProgress[];
  throughput: number;
  running: LatencySummary | null;
  counts: TaskCounts;
  /** What is seen so far, in one or two plain sentences. */
  finding: string;
  /** Set once ended. */
  outcome: RunOutcome | null;
  failure: ErrorInfo | null;
  reportId: string | null;
}

/**
 * Tasks for the worker rows, in columns of equal length. Neighbouring short tasks of one worker are merged into one
 * block (`tasks` says how many), so that a block is at least about 4 ms long and their number is bounded.
 */
export interface TaskBlocks {
  executor: ExecutorKey[];
  worker: number[];
  startMs: number[];
  endMs: number[];
  tasks: number[];
  /** True where a task of the block failed. */
  failed: boolean[];
}

/** How fast a run went, in columns of equal length: one entry a sample. Executors without workers are left out. */
export interface RateTable {
  /** End of the sample on the monotonic clock, in ms. */
  atMs: number[];
  byExecutor: ByExecutor<{
    /** Tasks finished a second over the second before. */
    perSecond: number[];
    /** Workers that could take tasks. */
    live: number[];
  }>;
  /** How long workers waited for their interpreter's lock, for the worker rows: the last 10 s alone. */
  locks: LockRow[];
}

/** What was seen of one lock at the end of a sample; `waitingShare[i]` is that of `worker[i]`, 0 to 1. */
export interface LockRow {
  atMs: number;
  executor: ExecutorKey;
  worker: number[];
  waitingShare: (number | null)[];
}

/** A line printed by a task. */
export interface TaskLine {
  executor: ExecutorKey;
  /** 0 for a line about the executor as a whole. */
  worker: number;
  atMs: number;
  text: string;
  /** How many printed lines it stands for that were left out; absent from a line that was printed. */
  lost?: number | undefined;
}
