import type { NodeExecutor } from './staffing';
import type { Prepared, PrepareRequest, PreparedValues, Workload } from '../../workload/workload';

/** What a workload makes for one run, from its making to its end. */
export interface Preparation {
  /** How tasks find it. Rejects with the reason where it could not be made. */
  readonly values: Promise<PreparedValues>;
  /** Ends it, also where it is still being made. Rejects where that failed. Idempotent. */
  stop(): Promise<void>;
}

/** Tells executors what their threads are to share, where those of the workload share something. */
export function shareWith(executors: readonly NodeExecutor[], workload: Workload, values: PreparedValues): void {
  if (workload.share === undefined) return;
  for (const executor of executors) executor.expect?.(workload.info.name, values);
}

/** Begins to make what the tasks of a run need beside their input. */
export function beginPreparation(workload: Workload, request: Required<Omit<PrepareRequest, 'signal'>>): Preparation {
  const abort = new AbortController();
  const made: Promise<Prepared | null> =
    workload.prepare === undefined ? Promise.resolve(null) : workload.prepare({ ...request, signal: abort.signal });
  const values = made.then((prepared) => {
    if (prepared?.warning !== undefined) request.warn(prepared.warning);
    return prepared?.values ?? {};
  });
  // Where the run is ended meanwhile nobody waits for it.
  values.catch(() => {});
  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    abort.abort();
    // Why it could not be made was told by `values`.
    const prepared = await made.catch(() => null);
    await prepared?.stop();
  };
  return { values, stop: () => (stopping ??= stop()) };
}
