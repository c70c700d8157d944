import type { CompareSettings, ResolvedCompareSettings } from '../../../contract';
import { resolveTasks, takingPart, type RoundsChoice } from '../shared/rounds-plan';

/** Makes every choice that a comparison's settings leave open. Errors: `bad-input`, `not-available`. */
export function resolveCompareSettings(
  settings: CompareSettings,
  { workload, available, machine }: RoundsChoice,
): ResolvedCompareSettings {
  const executors = takingPart(settings.executors, available, {
    least: 2,
    lack: `A comparison needs at least two executors; available here: ${available.join(', ')}.`,
  });
  return {
    ...resolveTasks(settings, workload),
    rounds: settings.rounds ?? null,
    executors,
    workers: settings.workers ?? Math.max(2, Math.floor(machine.limits.effectiveCpus)),
    tasks: settings.tasks ?? null,
    precise: settings.precise ?? false,
    quick: settings.quick ?? false,
    defaultSize: null,
  };
}

/** Whether tasks may be made smaller than the workload's default: nobody chose how long, how many or whose they are. */
export function mayShorten({ size, taskMs, tasks, module, precise }: CompareSettings): boolean {
  return [size, taskMs, tasks, module].every((choice) => choice === undefined) && precise !== true;
}
