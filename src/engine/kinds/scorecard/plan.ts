import { chooseSeed } from '../../settings';
import type { Experiment, ExperimentKit, Planner } from '../kind';
import type { EvidenceKinds } from './evidence-kinds';
import { partsOf, type Part } from './parts';
import { startScorecard } from './scorecard-run';

/** Starts a scorecard, whose parts are experiments of other kinds. Errors: `bad-input`, `not-available`. */
export function planScorecard(kinds: EvidenceKinds['kinds']): Planner<'scorecard'> {
  return async (settings, kit) => {
    const python = await kit.python(undefined, settings.python);
    const executors = [...kit.executors, ...(python?.executors ?? [])].map(({ name }) => name);
    const resolved = {
      quick: settings.quick ?? false,
      workers: Math.max(2, Math.min(4, Math.floor(kit.machine.limits.effectiveCpus))),
      seed: settings.seed ?? chooseSeed(),
      python: python?.used ?? null,
    };
    const startPart = (part: Part['settings'], own: ExperimentKit): Promise<Experiment> =>
      part.kind === 'lab' ? kinds.lab.plan(part, own) : kinds.compare.plan(part, own);
    return startScorecard({
      id: kit.reportId('scorecard'),
      settings: resolved,
      parts: partsOf({ ...resolved, python: settings.python, executors }),
      machine: kit.machine,
      createdBy: kit.createdBy,
      start: ({ settings }, own) => startPart(settings, { ...kit, ...own }),
      keep: kit.keep,
      announce: kit.announce,
    });
  };
}
