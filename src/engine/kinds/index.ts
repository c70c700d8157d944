import type { ExperimentKind, ExperimentSettings } from '../../contract';
import { planCompare } from './compare/plan';
import { planLab } from './lab/plan';
import type { Experiment, ExperimentKit, Planner } from './kind';
import { planScale } from './scale/plan';
import { planScorecard } from './scorecard/plan';

/** How each kind of experiment starts; a further kind is one folder and one line here. */
const PLANNERS: { readonly [K in ExperimentKind]: Planner<K> } = {
  compare: planCompare,
  scale: planScale,
  lab: planLab,
  scorecard: planScorecard(planExperiment),
};

/** Starts an experiment of any kind. Errors: those of its planner. */
export function planExperiment(settings: ExperimentSettings, kit: ExperimentKit): Promise<Experiment> {
  // One that takes the settings of this kind: TypeScript does not see that both are of the same.
  const plan = PLANNERS[settings.kind] as Planner<ExperimentKind>;
  return plan(settings, kit);
}
