import type { CompareReport, CompareState, ResolvedCompareSettings } from '../../../contract';
import type { PrepareRequest, TaskInput, Workload } from '../../workload/workload';
import type { Experiment, ExperimentKit } from '../experiment';

/** Limits of rounds that go on until they are stable. */
export interface CompareLimits {
  rounds: number;
  measuringMs: number;
}

/** What a comparison is made of. */
export interface CompareOptions extends Pick<ExperimentKit, 'sampler' | 'machine' | 'createdBy'> {
  id: string;
  entries: PrepareRequest['entries'];
  workload: Workload;
  settings: ResolvedCompareSettings;
  /** Those that the settings name, and Python's threads where its baseline is wanted. */
  executors: ExperimentKit['executors'];
  /** The distinct inputs of tasks. */
  inputs(settings: ResolvedCompareSettings): readonly TaskInput[];
  /** Ends executors that were made for this comparison alone. */
  close?: (() => Promise<void>) | undefined;
  /** Told at every step. */
  announce(state: CompareState): void;
  limits?: CompareLimits;
}

/** A comparison that is on, or that has ended. */
export interface Comparison extends Experiment {
  state(): CompareState;
  readonly ended: Promise<CompareReport>;
}
