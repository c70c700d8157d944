import type { ErrorInfo, ExecutorKey, ThreadHost, WorkerStatus } from '../contract';
import type { LockCounters } from './lock-counters';
import type { WorkerExit } from './worker';

/** What every settled task tells, on the monotonic clock of `clock.ts` (ms). */
interface Settled<Argument> {
  /** What the task was given, as it was submitted. */
  argument: Argument;
  /** Number of the task within its executor, from 0, in order of submission. */
  id: number;
  /** The worker that ran it last; 0 where it never started. */
  worker: number;
  /** How often it was started: 1 unless a worker died under it. */
  attempts: number;
  queuedMs: number;
  /** Start of the last attempt; null where it never started, and where the times that its worker gave are impossible. */
  startedMs: number | null;
  finishedMs: number;
}

export type TaskOutcome<Argument, Result> =
  | (Settled<Argument> & { state: 'done'; value: Result })
  /** `exit` is how its worker ended, if it failed for that; `place` the place in the tasks' own code that the error names. */
  | (Settled<Argument> & {
      state: 'failed';
      error: ErrorInfo;
      exit?: WorkerExit | undefined;
      place?: string | undefined;
    })
  | (Settled<Argument> & { state: 'cancelled' });

export interface SubmitOptions {
  /** Cancels the task: dropped where queued, its worker is replaced where it runs. */
  signal?: AbortSignal;
  /** Longest running time in ms; a task beyond it fails with `task-deadline` and its worker is replaced. */
  deadlineMs?: number;
  /**
   * Memory in the argument that threads are given and not sent a copy of: it is gone here, and the task is not run
   * again if its worker dies. Other workers are sent a copy all the same.
   */
  transfer?: readonly ArrayBuffer[];
}

/** A source that a pool pulls tasks from as fast as its workers take them. */
export interface TaskSource<Argument, Result> {
  /** The next task's argument, or undefined once there are no more. Called only when there is room. */
  next(): Argument | undefined;
  /** Called exactly once for each task, in order of settling. */
  settled(outcome: TaskOutcome<Argument, Result>): void;
}

export type ExecutorEvent =
  /** A worker count was asked for, or a worker came or went. */
  | { type: 'resized'; desired: number; live: number }
  /** `startUpMs` is null of a worker that was kept. */
  | { type: 'worker-ready'; worker: number; pid: number; tid: number | null; startUpMs: number | null }
  /** A worker ended that was not told to. */
  | {
      type: 'worker-died';
      worker: number;
      atMs: number;
      code: number | null;
      signal: string | null;
      task: number | null;
    }
  /** A task printed a line; or `lost` lines are left out, which it says. */
  | { type: 'line'; worker: number; atMs: number; text: string; lost?: number | undefined }
  /**
   * Growth ended early, start-up keeps failing, and the like. `exit` is how the last of the workers ended that it is about;
   * `place` is where in the tasks' own code something was thrown that it is about.
   */
  | { type: 'warning'; warning: ErrorInfo; exit?: WorkerExit | undefined; place?: string | undefined };

export interface ExecutorStatus {
  desired: number;
  /** Workers that can take tasks (idle or running). */
  live: number;
  /** Tasks accepted and not started. */
  queued: number;
  deaths: number;
  workers: WorkerStatus[];
  /** Workers beside these that wait, idle, to be used again; absent where there are none. */
  kept?: number;
  /** Where workers run in an interpreter that has, or could have, a lock. */
  lock?: LockCounters;
}

/**
 * The one interface that pools (and any other executor) implement. An executor starts with no workers; it may be
 * resized, fed and emptied again and again until it is closed.
 */
export interface Executor<Argument, Result> {
  readonly name: ExecutorKey;
  /** Where its threads are; not there where its workers are no threads of Node. */
  readonly threadHost?: ThreadHost | undefined;
  /** Queues one task; settles when the task does and never rejects for what the task did. Throws `pool-closed`. */
  submit(argument: Argument, options?: SubmitOptions): Promise<TaskOutcome<Argument, Result>>;
  /** Pulls tasks until the source has no more, all of them are settled, or the executor is cancelled or closed. */
  feed(source: TaskSource<Argument, Result>): Promise<void>;
  /**
   * Names the workload whose tasks come next: workers that start from now on load it before they are ready. Null: no more
   * than all need. `shared`: what its threads share (`Workload.share`), for those that are not in the engine's process.
   */
  expect?(workload: string | null, shared?: Readonly<Record<string, string | number>>): void;
  /**
   * Work of this name begins, after `expect`: workers of it that become superfluous may wait, idle, to be used again, and
   * those that wait are used before others are started. They are told by `WorkerStatus.reused`. Only work that calls this has
   * any: everything that measures starts, first tasks or memory must not, and ends those that wait with its first `resize`.
   * Null: no worker is kept any more. Not there where none ever is.
   */
  keep?(work: string | null): void;
  /**
   * Asks for a number of workers, at any moment, 0 included. Growing starts workers; shrinking lets a worker finish
   * its running task. No task is lost or run twice. Throws `bad-input` unless a whole number from 0 to LIMITS.workers.max.
   */
  resize(workers: number): void;
  /** Resolves when as many workers are ready as were asked for; rejects with `worker-start-failed`. */
  ready(): Promise<void>;
  /** Drops queued tasks, ends feeds, lets running tasks finish for `graceMs`, then replaces their workers. All settle. */
  cancelAll(options?: { graceMs?: number }): Promise<void>;
  /** Resolves when nothing is queued or running. */
  drain(): Promise<void>;
  /** Cancels all and ends every worker within a bounded time. Idempotent. */
  close(): Promise<void>;
  /** A picture of now. */
  status(): ExecutorStatus;
  /** Subscribes to events; returns the unsubscriber. */
  on(listener: (event: ExecutorEvent) => void): () => void;
}

/** Is called with the times of each task that has run, in ms on the clock of `clock.ts`. */
export type RanListener = (queuedMs: number, startedMs: number, finishedMs: number) => void;

/** What a pool can do beside what every executor can. */
export interface PoolExecutor<A, R> extends Executor<A, R> {
  /**
   * Waits until fewer tasks than `maxQueued` wait, then queues one; answers how to hear its outcome. (`submit` refuses
   * where there is no room.) Rejects as `submit` throws.
   */
  enqueue(argument: A, options?: SubmitOptions): Promise<{ outcome: Promise<TaskOutcome<A, R>> }>;
  /** Calls back with the times of each task that has run, until the returned function is called. */
  watch(listener: RanListener): () => void;
}
