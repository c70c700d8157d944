import {
  executorTitle,
  OUTCOME_TITLES,
  plural,
  workerTitle,
  type ExecutorName,
  type ResolvedSettings,
  type RunState,
  type WorkloadInfo,
} from '../../../contract';
import { splitPath } from '../workload/module-words';

/** Where a run is, in the words of the footer. */
export function phaseWord(run: RunState): string {
  if (run.phase !== 'ended') return run.phase;
  return run.outcome === null ? 'ended' : OUTCOME_TITLES[run.outcome];
}

/** `1 thread`, `4 processes`. */
export function workersOf(workers: number, executor: ExecutorName): string {
  return plural(workers, workerTitle(executor), executorTitle(executor));
}

/** What a run runs: a workload by its title, a module by its file. */
export function runTitle(
  { workload, module }: Pick<ResolvedSettings, 'workload' | 'module'>,
  workloads: readonly WorkloadInfo[],
): string {
  if (module !== undefined) return splitPath(module).file;
  return workloads.find((one) => one.name === workload)?.title ?? workload;
}
