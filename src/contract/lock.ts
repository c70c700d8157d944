/**
 * The interpreter lock of a Python executor over a time. Shares are 0 to 1; null means "not available here" or too
 * little seen to say.
 */
export interface LockProgress {
  /** `shared`: one lock for all workers; `own`: each worker has one to itself; `off`: there is none. */
  lock: 'shared' | 'own' | 'off';
  /** CPU time of the interpreter (of the tasks, where workers are processes) ÷ wall time. */
  coresBusy: number | null;
  /** Of the time in which workers had a task, that spent on a CPU; the rest they had work and were not on one. */
  onCpuShare: number | null;
  /** Of the workers' time, that spent waiting for the lock: an estimate, see docs/measurement.md. */
  waitingShare: number | null;
  /** `seen`: workers were looked at; `at-most`: an upper bound, from the lock alone; `none`: nobody can wait. */
  waitingFrom: 'seen' | 'at-most' | 'none';
  /** Looks at the lock that found it held. */
  heldShare: number | null;
  /** What looking was: how often, how long it waited when the lock was held (ms), its CPU time as a share of one core. */
  probe: { looks: number; meanWaitMs: number | null; cpuShare: number } | null;
  /** Whether the workload lets others compute while it works; null where that was not shown. */
  releasesLock: boolean | null;
  workers: { worker: number; onCpuShare: number | null; waitingShare: number | null }[];
}
