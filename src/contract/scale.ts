import type { ErrorInfo, ResolvedScaleSettings, ScaleCeiling } from './schemas';
import type { ExecutorKey } from './executors';
import type { ExperimentProgress } from './progress';

/** `warming-up`: each executor runs with all of its workers before anything is measured; `fitting`: the laws. */
type ScalePhase = 'calibrating' | 'warming-up' | 'measuring' | 'fitting' | 'stopping' | 'ended';

/** The state of a scaling experiment, at every step. */
export interface ScaleState extends ExperimentProgress {
  kind: 'scale';
  phase: ScalePhase;
  settings: ResolvedScaleSettings;
  /** Complete rounds: every worker count of every executor was measured so often. */
  rounds: number;
  /** Who is at work. */
  current: { executor: ExecutorKey; workers: number } | null;
  ceiling: ScaleCeiling;
  /** What is measured so far: medians of tasks a second, by worker count. */
  curves: { executor: ExecutorKey; failure: ErrorInfo | null; points: { workers: number; throughput: number }[] }[];
}

/**
 * What this many workers can do at most where tasks compute, in multiples of what one does. Of less than one CPU, which a
 * quota may grant, one worker uses all there is.
 */
export function mostSpeedUp(workers: number, cpus: number): number {
  return Math.min(workers, Math.max(1, cpus));
}
