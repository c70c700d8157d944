import type { ErrorInfo, PairReport, ResolvedCompareSettings } from './schemas';
import type { ContenderKey } from './executors';
import type { ExperimentProgress } from './progress';

/**
 * `calibrating`: task size and number; `warming-up`: all pools start and warm; `measuring`: rounds; `restarting`: all pools end, start
 * and warm again, between two rounds; `lives`: each contender lives a few times from start-up to teardown.
 */
type ComparePhase = 'calibrating' | 'warming-up' | 'measuring' | 'restarting' | 'lives' | 'stopping' | 'ended';

/** Two contenders as they stand while rounds go on. */
interface PairState extends Pick<PairReport, 'contender' | 'against' | 'basis' | 'verdict'> {
  /** Time of the first ÷ time of the second, with its 95 % interval: null while too few rounds allow one. */
  value: number;
  low: number | null;
  high: number | null;
}

/** Two contenders that further rounds would tell more of. */
interface UndecidedPair extends Pick<PairReport, 'contender' | 'against'> {
  /** How long it would take until their interval is narrow enough, whatever the limits, ms; null before that can be told. */
  remainingMs: number | null;
}

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
  /** Every pair, from the eighth round on. */
  pairs: PairState[];
  undecided: UndecidedPair[];
}
