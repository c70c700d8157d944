import type { ExperimentSettings } from '../../../contract';
import { chooseSeed } from '../../settings';
import type { Experiment, ExperimentKit, Planner } from '../kind';
import { partsOf } from './parts';
import { startScorecard } from './scorecard-run';

/** Starts a scorecard, whose parts are experiments of other kinds, started by `plan`. Errors: `bad-input`, `not-available`. */
export function planScorecard(
  plan: (settings: ExperimentSettings, kit: ExperimentKit) => Promise<Experiment>,
): Planner<'scorecard'> {
  return async (settings, kit) => {
    const python = await kit.python(undefined, settings.python);
    const executors = [...kit.executors, ...(python?.executors ?? [])].map(({ name }) => name);
    const resolved = {
      quick: settings.quick ?? false,
      workers: Math.max(2, Math.min(4, Math.floor(kit.machine.limits.effectiveCpus))),
      seed: settings.seed ?? chooseSeed(),
      python: python?.used ?? null,
    };
    return startScorecard({
      id: kit.reportId('scorecard'),
      settings: resolved,
      parts: partsOf({ ...resolved, python: settings.python, executors }),
      machine: kit.machine,
      createdBy: kit.createdBy,
      start: (part, own) => plan(part.settings, { ...kit, ...own }),
      keep: kit.keep,
      announce: kit.announce,
    });
  };
}
