import type {
  ByExecutor,
  EngineEvent,
  EngineState,
  LiveReport,
  MachineInfo,
  ResolvedSettings,
  RunState,
} from '../../../contract';
import type { Sampler } from '../../metrics/types';
import type { PrepareRequest, TaskInput, Workload } from '../../workload/workload';
import type { NodeExecutor } from '../shared/crew';

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
  emit(event: EngineEvent): void;
  /** How many events hosts have left out for slow clients, since the engine began. */
  droppedEvents(): number;
  /** Distinct inputs of a run: executors are checked against each other on them. */
  inputs(settings: ResolvedSettings): readonly TaskInput[];
  entries: PrepareRequest['entries'];
}

export type RecentRun = Pick<EngineState, 'blocks' | 'rates' | 'lines'>;

/** A run that is on, or that has ended. */
export interface LiveRun {
  readonly id: string;
  state(): RunState;
  /** Sets worker counts while the run is on; throws `no-run` where it is ending. */
  resize(workers: ByExecutor<number>): void;
  /** Asks for the end; `ended` tells when. */
  stop(cause: { interrupted: boolean }): void;
  /** What a client that comes later needs to draw the run's last seconds. */
  recent(): RecentRun;
  /** The report should this process be killed now; null before the first task could be taken and once the run has ended. */
  soFar(): LiveReport | null;
  /** Resolves with the report, which is made whatever happens. */
  readonly ended: Promise<LiveReport>;
}
