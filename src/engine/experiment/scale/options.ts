import type { ResolvedScaleSettings, ScaleReport, ScaleState } from '../../../contract';
import type { TaskInput, Workload } from '../../workload/workload';
import type { Experiment, ExperimentKit } from '../experiment';

/** Limits of repetitions that go on until the intervals are narrow. */
export interface ScaleLimits {
  repetitions: number;
  /** So many are made, however long they take, as long as they fit into `mostMs`. */
  leastRepetitions: number;
  measuringMs: number;
  mostMs: number;
}

/** How long each worker count is looked at in each repetition, ms. */
export interface ScaleTimes {
  /** The window at the least; longer where tasks are long. */
  windowMs: number;
  /** Before the window, where no worker is new. */
  leadMs: number;
  /** Before the window, where workers are new: their code has yet to be compiled. */
  freshLeadMs: number;
}

/** What a scaling experiment is made of. */
export interface ScaleOptions extends Pick<ExperimentKit, 'sampler' | 'machine' | 'createdBy' | 'entries'> {
  id: string;
  workload: Workload;
  settings: ResolvedScaleSettings;
  /** Those that the settings name, in their order. */
  executors: ExperimentKit['executors'];
  /** The distinct inputs of tasks. */
  inputs(settings: ResolvedScaleSettings): readonly TaskInput[];
  /** Ends executors that were made for this experiment alone. */
  close?: (() => Promise<void>) | undefined;
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
