import type { ErrorInfo, ResolvedCompareSettings } from './schemas';
import type { ContenderKey, ExecutorKey } from './executors';
import type { ExperimentProgress } from './progress';
import type { PythonChoice } from './python';

/** What a comparison is asked to do. Give either `size` or `taskMs`; neither means the workload's default size. */
export interface CompareSettings {
  workload: string;
  /** Two or more, sequential counted; default: all available. */
  executors?: ExecutorKey[] | undefined;
  /** Workers of each executor but sequential, which has one; default: what the machine can give. */
  workers?: number | undefined;
  size?: number | undefined;
  /** Values of the workload's own settings, by name; those not given have their defaults. */
  workloadSettings?: Record<string, number> | undefined;
  /** Wanted length of one task, in ms, calibrated on the first executor. */
  taskMs?: number | undefined;
  /** Tasks of one round; default: enough for the slowest contender's round to be well above the clock's error. */
  tasks?: number | undefined;
  /** Measure exactly this many rounds; default: until the ratios are stable or a limit is reached. */
  rounds?: number | undefined;
  /** Which Python, where Python executors take part. */
  python?: PythonChoice | undefined;
  /** Seed of inputs, of the order in rounds and of the resampling. */
  seed?: number | undefined;
  /** Absolute path of a module to run; `workload` is then `custom`. */
  module?: string | undefined;
  /** Longest running time of one task of a module, ms; default: MODULE_DEADLINE_MS. */
  deadlineMs?: number | undefined;
}

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
