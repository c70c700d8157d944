import type { ErrorInfo, ResolvedCompareSettings } from './schemas';
import type { ContenderKey } from './executors';
import type { ExperimentProgress } from './progress';

/**
 * `calibrating`: task size and number; `warming-up`: all pools start and warm; `measuring`: rounds; `lives`: each contender lives a
 * few times from start-up to teardown.
 */
type ComparePhase = 'calibrating' | 'warming-up' | 'measuring' | 'lives' | 'stopping' | 'ended';

/** The state of a comparison, at every step. */
export interface CompareState extends ExperimentProgress {
  kind: 'compare';
  phase: ComparePhase;
  settings: ResolvedCompareSettings;
  /** Complete rounds. */
  rounds: number;
  /** Who is at work. */
  current: ContenderKey | null;
  contenders: { contender: ContenderKey; medianMs: number | null; failure: ErrorInfo | null }[];
}
