/** Where Node's worker threads are: in the engine's own process, or in one that holds nothing else, which may die without it. */
export const THREAD_HOSTS = ['engine', 'own-process'] as const;
export type ThreadHost = (typeof THREAD_HOSTS)[number];

/** A worker that may have been kept from the run before. */
interface MaybeKept {
  reused?: boolean | undefined;
}

/** How many of these workers were kept from the run before. */
export function keptCount(workers: readonly MaybeKept[]): number {
  return workers.filter(({ reused }) => reused === true).length;
}

/** Workers as far as their start-up is concerned; the time is the median of those that had one. */
export interface StartUps {
  startUpMs: number | null;
  workers: readonly MaybeKept[];
}

/** What one worker is doing now. */
export type WorkerState =
  | { state: 'starting' }
  | { state: 'idle' }
  /** `sinceMs`: when the running task started, on the monotonic clock. */
  | { state: 'running'; task: number; sinceMs: number }
  | { state: 'stopping' };

/** One worker as the screen and the sampler need it. */
export interface WorkerStatus {
  /** Number of the worker within its executor, from 1; never another worker's within a run. */
  worker: number;
  state: WorkerState;
  pid: number;
  /** Kernel thread id of the thread that runs the tasks, where the system gives one (Linux). */
  tid: number | null;
  /** Tasks settled by this worker. */
  settled: number;
  /** From the request to start until the worker was ready, in ms; null while it starts, and of one that was kept. */
  startUpMs: number | null;
  /** Median round trip of an empty message to this idle worker at its start, in µs. */
  handOverUs: number | null;
  /** True of a thread that was kept from the run before: it had no start-up in this one, and its code is compiled already. */
  reused?: boolean | undefined;
}
