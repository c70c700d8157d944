import type { ErrorInfo, ResolvedCompareSettings } from './schemas';
import type { ContenderKey } from './executors';
import type { ExperimentProgress } from './progress';

/**
 * `calibrating`: task size and number; `lives`: each contender lives a few times from start-up to teardown; `warming-up`: all pools
 * start and warm; `measuring`: rounds.
 */
type ComparePhase = 'calibrating' | 'lives' | 'warming-up' | 'measuring' | 'stopping' | 'ended';

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
