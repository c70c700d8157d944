import type { CompareState } from './compare';
import type { LabState } from './lab';
import type { LiveState } from './run';
import type { ScaleState } from './scale';
import type { CompareSettings, LabSettings, LiveSettings, ScaleSettings, ScorecardSettings } from './schemas';
import type { ScorecardState } from './scorecard';

/** What an experiment of each kind is asked to do; a further kind is one line here and one in `ExperimentState`. */
export type ExperimentSettings =
  | ({ kind: 'live' } & LiveSettings)
  | ({ kind: 'compare' } & CompareSettings)
  | ({ kind: 'scale' } & ScaleSettings)
  | ({ kind: 'lab' } & LabSettings)
  | ({ kind: 'scorecard' } & ScorecardSettings);

export type ExperimentKind = ExperimentSettings['kind'];

/** The settings of one kind. */
export type SettingsOf<K extends ExperimentKind> = Extract<ExperimentSettings, { kind: K }>;

/** The state of an experiment of any kind. */
export type ExperimentState = LiveState | CompareState | ScaleState | LabState | ScorecardState;

/** The state of one kind. */
export type StateOf<K extends ExperimentKind> = Extract<ExperimentState, { kind: K }>;
