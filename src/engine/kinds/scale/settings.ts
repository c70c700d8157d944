import { CoreloomError, executorFacts, type ResolvedScaleSettings, type ScaleSettings } from '../../../contract';
import { resolveTasks, takingPart, type RoundsChoice } from '../shared/rounds-plan';
import { defaultMost, fewCounts, workerCounts } from './counts';

/** Makes every choice that the settings leave open. Errors: `bad-input`, `not-available`. */
export function resolveScaleSettings(
  settings: ScaleSettings,
  { workload, available, machine }: RoundsChoice,
): ResolvedScaleSettings {
  const several = available.filter((name) => !executorFacts(name).single);
  const single = settings.executors?.find((name) => executorFacts(name).single);
  if (single !== undefined)
    throw new CoreloomError(
      'bad-input',
      `${single} always has one worker and cannot be scaled; choose from ${several.join(', ')}.`,
    );
  const executors = takingPart(settings.executors, several, {
    least: 1,
    lack: `Scaling needs an executor; ${several.join(', ')} can run here.`,
  });
  return {
    ...resolveTasks(settings, workload),
    rounds: settings.rounds ?? null,
    executors,
    quick: settings.quick ?? false,
    workers: (settings.quick === true ? fewCounts : workerCounts)(
      settings.max ?? defaultMost(machine.limits, workload.info.kind),
      machine,
    ),
  };
}
