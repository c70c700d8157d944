import type { LockProgress, LatencySummary, ResolvedSettings, TaskCounts } from './schemas';
import type { ByExecutor, ExecutorKey } from './executors';
import type { ExperimentProgress } from './progress';
import type { WorkerStatus } from './worker';

/** Where a run is. `calibrating` and `starting` come before the first task. */
export type RunPhase = 'calibrating' | 'starting' | 'running' | 'stopping' | 'ended';

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

/** The state of a live run, whose `elapsedMs` counts from the moment at which the first task could be taken. */
export interface LiveState extends ExperimentProgress {
  kind: 'live';
  phase: RunPhase;
  settings: ResolvedSettings;
  /** The start on the monotonic clock, in ms. */
  startedMs: number;
  executors: ExecutorProgress[];
  throughput: number;
  running: LatencySummary | null;
  counts: TaskCounts;
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
