import type { ExecutorKey, ThreadHost } from '../../contract';
import type { Executor, SubmitOptions, TaskOutcome } from '../executor';
import type { StartWorker } from '../worker';

/** How often a task may be under a worker that dies before it is failed. */
export const TRIES = 3;
/** What has begun this often without an end runs with no other beside it from then on: what ended its worker may have been theirs. */
export const SHARED_BEGINNINGS = 4;
/** How often a task may begin, whatever the reason that it did not end. */
export const MOST_BEGINNINGS = 8;
/** Workers that may end in a row without a finished task before no more are started. */
export const FRUITLESS = 5;

/** How many workers wait at most to be used again, and for how long after the last of them has come, ms. */
export interface KeepLimits {
  most: number;
  idleMs: number;
}

/** Is called with the times of each task that has run, in ms on the clock of `clock.ts`. */
export type RanListener = (queuedMs: number, startedMs: number, finishedMs: number) => void;

export interface PoolOptions {
  name: ExecutorKey;
  start: StartWorker;
  /** Where the workers are, where they are threads of Node. */
  threadHost?: ThreadHost;
  /** Told what workers that start from now on are to load before they are ready, beyond what all need, and what they share. */
  expect?: Executor<never, never>['expect'];
  /** Lets work that asks for it (`Executor.keep`) have workers of the same before; without it no worker is kept. */
  keep?: KeepLimits | undefined;
  /** Called as those that were kept end, since other work begins: what workers share is to be fresh as well. */
  fresh?(): void;
  /** Work that a worker has waiting beside the task it runs, ms: enough to bridge a hand-over; default: 1. */
  aheadMs?: number;
  /**
   * Longest running time of any task, ms, where there is one: a task beyond it fails, and its worker is replaced. Unlike a
   * task's own deadline it lets workers have tasks in batches; it is looked at four times in its length.
   */
  deadlineMs?: number;
  /** Tasks that may wait to be run; `submit` refuses more with `queue-full`; default: no limit. */
  maxQueued?: number;
  /** Ends what the workers share, after the last of them. */
  dispose?(): Promise<void>;
}

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
