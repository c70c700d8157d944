import type { ExecutorName, ResolvedSettings, RunState, WorkloadInfo } from '../../../contract';
import { count } from '../theme/format';
import { EXECUTOR_WORDS } from '../theme/executors';
import { splitPath } from './module-words';

/** Where a run is, in the words of the footer. */
export function phaseWord(run: RunState): string {
  if (run.phase !== 'ended') return run.phase;
  return run.outcome ?? 'ended';
}

const ONE: Partial<Record<ExecutorName, string>> = {
  threads: 'thread',
  processes: 'process',
  'python-threads': 'python thread',
  'python-processes': 'python process',
  'python-interpreters': 'python interpreter',
};

/** `1 thread`, `4 processes`. */
export function plural(workers: number, executor: ExecutorName): string {
  const many = EXECUTOR_WORDS[executor].title.toLowerCase();
  return `${count(workers)} ${workers === 1 ? (ONE[executor] ?? many) : many}`.replace('python', 'Python');
}

/** What a run runs: a workload by its title, a module by its file. */
export function runTitle({ workload, module }: Pick<ResolvedSettings, 'workload' | 'module'>, workloads: readonly WorkloadInfo[]): string {
  if (module !== undefined) return splitPath(module).file;
  return workloads.find((one) => one.name === workload)?.title ?? workload;
}
