import { hasProcesses, keptCount, MODULE_WORKLOAD } from '../../../contract';
import type { WatchedWorker } from '../../metrics/types';
import type { Workload } from '../../workload/workload';
import type { NodeExecutor } from './staffing';

/** The workers that the sampler shall look at now; `starts`: their tasks may start processes, as the user's own code may. */
export function watched(executors: readonly NodeExecutor[], { starts }: { starts: boolean }): WatchedWorker[] {
  return executors.flatMap((executor) => {
    const { workers, lock, kept = 0 } = executor.status();
    const kind = hasProcesses(executor.name) ? 'process' : 'thread';
    const there = workers.filter(({ state }) => state.state !== 'starting');
    const joined = kind === 'thread' && there.length < workers.length;
    const shared = kept > 0 || keptCount(workers) > 0;
    const probe = kind === 'thread' ? (lock?.probeTid ?? null) : null;
    return there.map(({ worker, pid, tid }) => ({
      executor: executor.name,
      worker,
      pid,
      tid,
      kind,
      joined,
      starts,
      shared,
      ours: probe === null ? [] : [probe],
    }));
  });
}

/** Whether tasks of a workload may start processes. */
export function startsProcesses({ info }: Workload): boolean {
  return info.name === MODULE_WORKLOAD;
}
