import { randomInt } from 'node:crypto';
import {
  CoreloomError,
  entriesOf,
  MODULE_DEADLINE_MS,
  usualWorkers,
  type ByExecutor,
  type CpuLimits,
  type EngineState,
  type ExecutorKey,
  type LiveSettings,
  type ResolvedSettings,
} from '../contract';
import { checkSize } from './workload/registry';
import { resolveWorkloadSettings } from './workload/settings';
import type { Workload } from './workload/workload';

/** Slider ends and first counts, from what this process may use of the machine. */
export function sliders(limits: CpuLimits): EngineState['sliders'] {
  const cpus = Math.max(1, Math.floor(limits.effectiveCpus));
  return {
    max: Math.max(8, 4 * Math.ceil(limits.effectiveCpus)),
    defaults: { node: usualWorkers('node', cpus), python: usualWorkers('python', cpus) },
  };
}

/** A seed for the inputs of a run where none was given. */
export function chooseSeed(): number {
  return randomInt(0, 2 ** 32);
}

/** Errors: `not-available` for one that takes part and cannot run here. */
export function checkExecutors(workers: ByExecutor<number>, available: readonly ExecutorKey[]): void {
  for (const [name, count] of entriesOf(workers)) {
    if (count > 0 && !available.includes(name)) {
      throw new CoreloomError('not-available', `${name} cannot run here; ${available.join(' and ')} can.`);
    }
  }
}

/** Makes every choice that the settings leave open. Errors: `bad-input`, `not-available`. */
export function resolveSettings(
  settings: LiveSettings,
  workload: Workload,
  available: readonly ExecutorKey[],
): ResolvedSettings {
  checkExecutors(settings.workers, available);
  const total = entriesOf(settings.workers).reduce((sum, [, count]) => sum + count, 0);
  if (total < 1)
    throw new CoreloomError('bad-input', 'A run needs at least one worker: give one thread or one process.');
  const size = settings.size ?? workload.info.size.default;
  checkSize(workload, size);
  return {
    workload: workload.info.name,
    workers: settings.workers,
    size,
    workloadSettings: resolveWorkloadSettings(workload, settings.workloadSettings ?? {}),
    prepared: {},
    taskMs: settings.taskMs ?? null,
    calibratedMs: null,
    durationMs: settings.durationMs ?? null,
    tasks: settings.tasks ?? null,
    seed: settings.seed ?? chooseSeed(),
    ...(settings.module === undefined
      ? {}
      : { module: settings.module, deadlineMs: settings.deadlineMs ?? MODULE_DEADLINE_MS }),
  };
}

/** Worker counts of a change to a run that is on. Errors: `not-available`. */
export function checkChange(workers: ByExecutor<number>, available: readonly ExecutorKey[]): ByExecutor<number> {
  checkExecutors(workers, available);
  return workers;
}
