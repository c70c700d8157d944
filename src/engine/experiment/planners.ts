import type { ExperimentKind, ExperimentSettings } from '../../contract';
import { planCompare } from './compare/plan';
import type { Experiment, ExperimentKit, Planner } from './experiment';

/** How each kind of experiment starts; a further kind is one folder and one line here. */
const PLANNERS: { readonly [K in ExperimentKind]: Planner<K> } = {
  compare: planCompare,
};

/** Starts an experiment of any kind. Errors: those of its planner. */
export function planExperiment(settings: ExperimentSettings, kit: ExperimentKit): Promise<Experiment> {
  return PLANNERS[settings.kind](settings, kit);
}
