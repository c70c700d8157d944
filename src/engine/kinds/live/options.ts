import type {
  EngineEvent,
  ExperimentChange,
  LiveReport,
  LiveState,
  MachineInfo,
  RecentWork,
  ResolvedSettings,
} from '../../../contract';
import type { Sampler } from '../../metrics/types';
import type { PrepareRequest, TaskInput, Workload } from '../../workload/workload';
import type { Experiment } from '../kind';
import type { NodeExecutor } from '../shared/staffing';

/** What a live run is made of. */
export interface LiveRunOptions {
  id: string;
  workload: Workload;
  /** `size` is the workload's default until `taskMs` is calibrated. */
  settings: ResolvedSettings;
  executors: readonly NodeExecutor[];
  sampler: Sampler;
  machine: MachineInfo;
  createdBy: LiveReport['createdBy'];
  /** Told at every step. */
  announce(state: LiveState): void;
  /** Tells clients anything else. */
  emit(event: EngineEvent): void;
  /** How many events hosts have left out for slow clients, since the engine began. */
  droppedEvents(): number;
  /** Distinct inputs of a run: executors are checked against each other on them. */
  inputs(settings: ResolvedSettings): readonly TaskInput[];
  entries: PrepareRequest['entries'];
  /** Ends executors that were made for this run alone; called once its report is made. */
  close?: (() => Promise<void>) | undefined;
}

/** A run that is on, or that has ended. */
export interface LiveRun extends Experiment {
  state(): LiveState;
  /** Sets worker counts while the run is on. Errors: `not-available`; `no-run` if it is ending. */
  update(change: ExperimentChange): void;
  recent(): RecentWork;
  /** The report should this process be killed now; null before the first task could be taken and once the run has ended. */
  soFar(): LiveReport | null;
  readonly ended: Promise<LiveReport>;
}
