import type { ErrorInfo, ResolvedScaleSettings, ScaleCeiling } from './schemas';
import type { ExecutorKey } from './executors';
import type { ExperimentProgress } from './progress';
import type { PythonChoice } from './python';

/** What a scaling experiment is asked to do. Give either `size` or `taskMs`; neither means the workload's default size. */
export interface ScaleSettings {
  workload: string;
  /** One or more that can have several workers; default: all available. */
  executors?: ExecutorKey[] | undefined;
  /** The largest worker count; default: twice what the machine can run at once, and more if tasks wait. */
  max?: number | undefined;
  size?: number | undefined;
  /** Values of the workload's own settings, by name; those not given have their defaults. */
  workloadSettings?: Record<string, number> | undefined;
  /** Wanted length of one task, in ms, calibrated on the first executor. */
  taskMs?: number | undefined;
  /** Measure every worker count exactly this often; default: until the intervals are narrow or a limit is reached. */
  rounds?: number | undefined;
  /** Which Python, where Python executors take part. */
  python?: PythonChoice | undefined;
  /** Seed of inputs, of the order of worker counts and of the resampling. */
  seed?: number | undefined;
  /** Absolute path of a module to run; `workload` is then `custom`. */
  module?: string | undefined;
  /** Longest running time of one task of a module, ms; default: MODULE_DEADLINE_MS. */
  deadlineMs?: number | undefined;
}

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
