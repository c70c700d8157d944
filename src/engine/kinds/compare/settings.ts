import {
  CoreloomError,
  inOrder,
  type CompareSettings,
  type CpuLimits,
  type ExecutorKey,
  type ResolvedCompareSettings,
} from '../../../contract';
import { checkExecutors } from '../../settings';
import type { Workload } from '../../workload/workload';
import { resolveTasks } from '../shared/task-settings';

/** What a comparison may choose from. */
export interface CompareChoice {
  workload: Workload;
  available: readonly ExecutorKey[];
  limits: CpuLimits;
}

/** Makes every choice that a comparison's settings leave open. Errors: `bad-input`, `not-available`. */
export function resolveCompareSettings(
  settings: CompareSettings,
  { workload, available, limits }: CompareChoice,
): ResolvedCompareSettings {
  const wanted = settings.executors ?? available;
  checkExecutors(Object.fromEntries(wanted.map((name) => [name, 1])), available);
  const executors = inOrder(wanted);
  if (executors.length < 2)
    throw new CoreloomError(
      'bad-input',
      `A comparison needs at least two executors; available here: ${available.join(', ')}.`,
    );
  return {
    ...resolveTasks(settings, workload),
    executors,
    workers: settings.workers ?? Math.max(2, Math.floor(limits.effectiveCpus)),
    tasks: settings.tasks ?? null,
  };
}
