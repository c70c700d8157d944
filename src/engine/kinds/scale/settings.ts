import {
  CoreloomError,
  executorFacts,
  inOrder,
  type ExecutorKey,
  type MachineInfo,
  type ResolvedScaleSettings,
  type ScaleSettings,
} from '../../../contract';
import { checkExecutors } from '../../settings';
import type { Workload } from '../../workload/workload';
import { resolveTasks } from '../shared/task-settings';
import { defaultMost, workerCounts } from './counts';

/** What a scaling experiment may choose from. */
export interface ScaleChoice {
  workload: Workload;
  available: readonly ExecutorKey[];
  machine: MachineInfo;
}

/** Makes every choice that the settings leave open. Errors: `bad-input`, `not-available`. */
export function resolveScaleSettings(
  settings: ScaleSettings,
  { workload, available, machine }: ScaleChoice,
): ResolvedScaleSettings {
  const several = available.filter((name) => !executorFacts(name).single);
  const wanted = settings.executors ?? several;
  const single = wanted.find((name) => executorFacts(name).single);
  if (single !== undefined)
    throw new CoreloomError(
      'bad-input',
      `${single} always has one worker and cannot be scaled; choose from ${several.join(', ')}.`,
    );
  checkExecutors(Object.fromEntries(wanted.map((name) => [name, 1])), several);
  const executors = inOrder(wanted);
  if (executors.length === 0)
    throw new CoreloomError('bad-input', `Scaling needs an executor; ${several.join(', ')} can run here.`);
  return {
    ...resolveTasks(settings, workload),
    executors,
    workers: workerCounts(settings.max ?? defaultMost(machine.limits, workload.info.kind), machine),
  };
}
