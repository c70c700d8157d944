import type { ResolvedScaleSettings, ScaleReport, ScaleState } from '../../../contract';
import type { TaskInput } from '../../workload/workload';
import type { Experiment } from '../kind';
import type { StageOptions } from '../shared/stage';

/** Limits of rounds that go on until the intervals are narrow. */
export interface ScaleLimits {
  rounds: number;
  /** So many are made, however long they take, as long as they fit into `mostMs`. */
  leastRounds: number;
  measuringMs: number;
  mostMs: number;
}

/** How long each worker count is looked at in each round, ms. */
export interface ScaleTimes {
  /** The window at the least; longer where tasks are long. */
  windowMs: number;
  /** Before the window, where no worker is new. */
  leadMs: number;
  /** Before the window, where workers are new: their code has yet to be compiled. */
  freshLeadMs: number;
}

/** What a scaling experiment is made of; its executors are those that the settings name, in their order. */
export interface ScaleOptions extends StageOptions {
  settings: ResolvedScaleSettings;
  /** The distinct inputs of tasks. */
  inputs(settings: ResolvedScaleSettings): readonly TaskInput[];
  /** Told at every step. */
  announce(state: ScaleState): void;
  limits?: ScaleLimits;
  times?: ScaleTimes;
  /** The clock that tasks are stamped with, ms. */
  nowMs?: () => number;
}

/** A scaling experiment that is on, or that has ended. */
export interface Scaling extends Experiment {
  state(): ScaleState;
  readonly ended: Promise<ScaleReport>;
}
