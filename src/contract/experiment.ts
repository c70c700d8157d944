import type { CompareSettings, CompareState } from './compare';
import type { ByExecutor } from './executors';
import type { LabSettings, LabState } from './lab';
import type { LiveSettings, LiveState } from './run';
import type { ScaleSettings, ScaleState } from './scale';
import type { ScorecardSettings, ScorecardState } from './scorecard';

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

/** What can be changed while an experiment is on. */
export interface ExperimentChange {
  workers: ByExecutor<number>;
}

/** Why an experiment is stopped: `interrupted` by a signal or with its host, and not because enough was seen. */
export interface StopCause {
  interrupted: boolean;
}
