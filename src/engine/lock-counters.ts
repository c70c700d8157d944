/** What an interpreter's lock did, in sums that only grow: what happened in a time is a later picture less an earlier one. */
export interface LockCounters {
  /** On the monotonic clock, ms. */
  atMs: number;
  /** `shared`: one lock for all workers; `own`: each worker has one to itself; `off`: there is none. */
  lock: 'shared' | 'own' | 'off';
  /** CPU time of the interpreter's process, or where workers are processes that of their tasks, ms. */
  cpuMs: number;
  /** Looks at the lock from inside: how many, how many found it held, how long those waited, and what they cost. */
  probe: { looks: number; held: number; waitMs: number; cpuMs: number } | null;
  /** The thread that looks now, by its kernel id (Linux). */
  probeTid?: number | null;
  /** Sums over all workers, also those that have ended. */
  total: WorkerLockCounters;
  workers: (WorkerLockCounters & { worker: number })[];
}

export interface WorkerLockCounters {
  /** Wall time of finished tasks, ms. */
  workMs: number;
  /** CPU time of the worker's thread within them, ms. */
  cpuMs: number;
  /** Looks made at this worker, and those that found it waiting for the lock; null where threads cannot be seen. */
  looks: number | null;
  waits: number | null;
}
