import { MODULE_DEADLINE_MS } from '../../../contract';
import { chooseSeed } from '../../settings';
import { checkSize } from '../../workload/registry';
import { resolveWorkloadSettings } from '../../workload/settings';
import type { Workload } from '../../workload/workload';
import type { SubjectSettings } from './subject';

/** Settings of an experiment in rounds on one workload, as far as they are of its tasks. */
export interface TaskSettings extends Omit<SubjectSettings, 'workload' | 'python' | 'executors'> {
  workloadSettings?: Record<string, number> | undefined;
  rounds?: number | undefined;
}

/** Makes every choice that these settings leave open of the tasks. Errors: `bad-input`. */
export function resolveTasks(settings: TaskSettings, workload: Workload) {
  const size = settings.size ?? workload.info.size.default;
  checkSize(workload, size);
  return {
    workload: workload.info.name,
    size,
    workloadSettings: resolveWorkloadSettings(workload, settings.workloadSettings ?? {}),
    prepared: {},
    taskMs: settings.taskMs ?? null,
    calibratedMs: null,
    rounds: settings.rounds ?? null,
    seed: settings.seed ?? chooseSeed(),
    ...(settings.module === undefined
      ? {}
      : { module: settings.module, deadlineMs: settings.deadlineMs ?? MODULE_DEADLINE_MS }),
  };
}
