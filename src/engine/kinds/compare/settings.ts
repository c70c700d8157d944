import {
  CoreloomError,
  EXECUTORS,
  MODULE_DEADLINE_MS,
  type CompareSettings,
  type CpuLimits,
  type ExecutorName,
  type ResolvedCompareSettings,
} from '../../../contract';
import { checkExecutors, chooseSeed } from '../../settings';
import { checkSize } from '../../workload/registry';
import { resolveWorkloadSettings } from '../../workload/settings';
import type { Workload } from '../../workload/workload';

/** What a comparison may choose from. */
export interface CompareChoice {
  workload: Workload;
  available: readonly ExecutorName[];
  limits: CpuLimits;
}

/** Makes every choice that a comparison's settings leave open. Errors: `bad-input`, `not-available`. */
export function resolveCompareSettings(
  settings: CompareSettings,
  { workload, available, limits }: CompareChoice,
): ResolvedCompareSettings {
  const wanted = settings.executors ?? available;
  checkExecutors(Object.fromEntries(wanted.map((name) => [name, 1])), available);
  const executors = EXECUTORS.filter((name) => wanted.includes(name));
  if (executors.length < 2)
    throw new CoreloomError(
      'bad-input',
      `A comparison needs two executors at least; ${available.join(', ')} can run here.`,
    );
  const size = settings.size ?? workload.info.size.default;
  checkSize(workload, size);
  return {
    workload: workload.info.name,
    executors,
    workers: settings.workers ?? Math.max(2, Math.floor(limits.effectiveCpus)),
    size,
    workloadSettings: resolveWorkloadSettings(workload, settings.workloadSettings ?? {}),
    prepared: {},
    taskMs: settings.taskMs ?? null,
    calibratedMs: null,
    tasks: settings.tasks ?? null,
    rounds: settings.rounds ?? null,
    seed: settings.seed ?? chooseSeed(),
    ...(settings.module === undefined
      ? {}
      : { module: settings.module, deadlineMs: settings.deadlineMs ?? MODULE_DEADLINE_MS }),
  };
}
