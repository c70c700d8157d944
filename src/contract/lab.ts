import type { ResolvedLabSettings } from './schemas';
import type { ExecutorKey } from './executors';
import type { ExperimentProgress } from './progress';
import type { LabName } from './names';

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
