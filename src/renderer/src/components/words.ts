import { EXECUTOR_TITLES, WORKER_TITLES, type ExecutorName, type ResolvedSettings, type RunState, type WorkloadInfo } from '../../../contract';
import { count } from '../theme/format';
import { splitPath } from './module-words';

/** Where a run is, in the words of the footer. */
export function phaseWord(run: RunState): string {
  if (run.phase !== 'ended') return run.phase;
  return run.outcome ?? 'ended';
}

/** `1 thread`, `4 processes`. */
export function plural(workers: number, executor: ExecutorName): string {
  return `${count(workers)} ${workers === 1 ? WORKER_TITLES[executor] : EXECUTOR_TITLES[executor]}`;
}

/** What a run runs: a workload by its title, a module by its file. */
export function runTitle({ workload, module }: Pick<ResolvedSettings, 'workload' | 'module'>, workloads: readonly WorkloadInfo[]): string {
  if (module !== undefined) return splitPath(module).file;
  return workloads.find((one) => one.name === workload)?.title ?? workload;
}
