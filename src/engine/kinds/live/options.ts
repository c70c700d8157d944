import { MODULE_WORKLOAD } from '../../../contract';
import type {
  ByExecutor,
  EngineEvent,
  EngineState,
  ExecutorName,
  LiveReport,
  MachineInfo,
  ResolvedSettings,
  RunState,
} from '../../../contract';
import type { Sampler, WatchedWorker } from '../../metrics/types';
import type { PrepareRequest, TaskInput, Workload } from '../../workload/workload';
import type { NodeExecutor } from './meter';

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

/** Executors whose workers have a process each; those of the others share one. */
const PROCESSES = new Set<ExecutorName>(['processes', 'python-processes']);

/** The workers that the sampler shall look at now; `starts`: their tasks may start processes, as the user's own code may. */
export function watched(executors: readonly NodeExecutor[], { starts }: { starts: boolean }): WatchedWorker[] {
  return executors.flatMap((executor) => {
    const { workers, lock } = executor.status();
    const kind = PROCESSES.has(executor.name) ? 'process' : 'thread';
    const there = workers.filter(({ state }) => state.state !== 'starting');
    const joined = kind === 'thread' && there.length < workers.length;
    const probe = kind === 'thread' ? (lock?.probeTid ?? null) : null;
    return there.map(({ worker, pid, tid }) => ({
      executor: executor.name,
      worker,
      pid,
      tid,
      kind,
      joined,
      starts,
      ours: probe === null ? [] : [probe],
    }));
  });
}

/** Whether tasks of a workload may start processes. */
export function startsProcesses({ info }: Workload): boolean {
  return info.name === MODULE_WORKLOAD;
}
