import type { CompareSettings, CompareState } from './compare';
import type { LabSettings, LabState } from './lab';
import type { ScaleSettings, ScaleState } from './scale';
import type { ScorecardSettings, ScorecardState } from './scorecard';

/** What an experiment of each kind is asked to do; a further kind is one line here and one in `ExperimentState`. */
export type ExperimentSettings =
  | ({ kind: 'compare' } & CompareSettings)
  | ({ kind: 'scale' } & ScaleSettings)
  | ({ kind: 'lab' } & LabSettings)
  | ({ kind: 'scorecard' } & ScorecardSettings);

export type ExperimentKind = ExperimentSettings['kind'];

/** The settings of one kind. */
export type SettingsOf<K extends ExperimentKind> = Extract<ExperimentSettings, { kind: K }>;

/** The state of an experiment of any kind. */
export type ExperimentState = CompareState | ScaleState | LabState | ScorecardState;
