import type { CompareSettings, CompareState } from './compare';
import type { ErrorInfo } from './errors';
import type { LabSettings, LabState } from './lab';
import type { RunOutcome } from './run';
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

/** What the states of all experiments have in common, at every step. */
export interface ExperimentProgress {
  id: string;
  /** ISO 8601 wall time. */
  startedAt: string;
  elapsedMs: number;
  /** What is under way, in a few plain words. */
  step: string;
  /** How much of it is done, 0 to 1; null before that can be told. */
  progress: number | null;
  /** How long it is expected to take yet, at most, in ms; null before that can be told. */
  remainingMs: number | null;
  /** What is seen so far, in one or two plain sentences. */
  finding: string;
  /** Set once ended. */
  outcome: RunOutcome | null;
  failure: ErrorInfo | null;
  reportId: string | null;
}

/** The state of an experiment of any kind. */
export type ExperimentState = CompareState | ScaleState | LabState | ScorecardState;
