import type { ScorecardRow, ResolvedScorecardSettings } from './schemas';
import type { ExperimentProgress } from './progress';

/** One experiment that the scorecard is made of. */
export interface ScorecardPartState {
  title: string;
  state: 'waiting' | 'measuring' | 'measured' | 'failed';
}

/** The state of a scorecard, at every step. */
export interface ScorecardState extends ExperimentProgress {
  kind: 'scorecard';
  settings: ResolvedScorecardSettings;
  parts: ScorecardPartState[];
  /** Claims, as far as they can be judged by what is measured so far. */
  rows: ScorecardRow[];
}
