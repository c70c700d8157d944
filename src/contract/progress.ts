import type { ErrorInfo } from './schemas';
import type { RunOutcome } from './names';

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
