import type { ResolvedLabSettings } from './schemas';
import type { ExecutorKey } from './executors';
import type { ExperimentProgress } from './progress';
import type { PythonChoice } from './python';
import type { LabName } from './names';

/** What a lab is asked to do. */
export interface LabSettings {
  lab: LabName;
  /** Fewer cases and rounds. */
  quick?: boolean | undefined;
  /** Which Python; default: the first that is found. Without one, a lab does without and says so. */
  python?: PythonChoice | undefined;
  /** Seed of the order of the cases and of the resampling. */
  seed?: number | undefined;
}

/** One case of a lab while it is on: a row of its report to be. */
export interface LabCaseState {
  title: string;
  executor: ExecutorKey;
  /** Rounds that are complete, of how many. */
  rounds: number;
  of: number;
  /** Why it is not measured, or not to the end; null where it is. */
  reason: string | null;
}

/** The state of a lab, at every step. */
export interface LabState extends ExperimentProgress {
  kind: 'lab';
  lab: LabName;
  settings: ResolvedLabSettings;
  cases: LabCaseState[];
}
