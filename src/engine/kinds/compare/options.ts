import type { CompareReport, CompareState, ResolvedCompareSettings } from '../../../contract';
import type { TaskInput } from '../../workload/workload';
import type { Experiment } from '../kind';
import type { StageOptions } from '../shared/stage';

/** Limits of rounds that go on until they are stable. */
export interface CompareLimits {
  rounds: number;
  measuringMs: number;
}

/** What a comparison is made of; its executors are those that the settings name, and Python's threads where its baseline is wanted. */
export interface CompareOptions extends StageOptions {
  settings: ResolvedCompareSettings;
  /** The distinct inputs of tasks. */
  inputs(settings: ResolvedCompareSettings): readonly TaskInput[];
  /** Told at every step. */
  announce(state: CompareState): void;
  limits?: CompareLimits;
}

/** A comparison that is on, or that has ended. */
export interface Comparison extends Experiment {
  state(): CompareState;
  readonly ended: Promise<CompareReport>;
}
