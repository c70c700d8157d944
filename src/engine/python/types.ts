import type { ExecutorIn, ExecutorKey, PythonInfo, StartMethod } from '../../contract';
import type { Executor } from '../executor';
import type { StartWorker } from '../worker';

export type PythonExecutorName = ExecutorIn<'python'>;

/** A usable CPython of this machine, and what starts it. */
export interface PythonInterpreter extends PythonInfo {
  /** A program and its first arguments, never through a shell. */
  command: string[];
}

/** Makes the pool that queues tasks and replaces workers: parts of the engine are composed, they do not import each other. */
type CreatePool = <A, R>(options: {
  name: ExecutorKey;
  start: StartWorker;
  aheadMs?: number;
  deadlineMs?: number;
  dispose?(): Promise<void>;
}) => Executor<A, R>;

/** An executor whose tasks can hear that they are not wanted any more. */
export interface PythonExecutor<A, R> extends Executor<A, R> {
  /** Tells running tasks that the run is being ended: those of the user's own module may heed it. */
  cancel(): void;
}

/** Told of processes that must not outlive this one, and of those that run the user's code: what that started ends with them. */
export interface ProcessGuard {
  /** Starts the guard's own process before the first of them takes its room. */
  stand(): void;
  add(pid: number): void;
  remove(pid: number): void;
  hostNumber(): number;
  environment(environment: Record<string, string>, worker: number): Record<string, string>;
  leaving(worker: number, pid: number): void;
  left(worker: number): void;
  close(): Promise<void>;
}

/** Finds processes that are suspended: they neither end nor answer by themselves. */
interface ProcessWatch {
  /** Calls `found`, with what to say of it, once the process has been suspended for about a second, where that can be seen. */
  add(pid: number, found: (reason: string) => void): void;
  remove(pid: number): void;
}

export interface PythonExecutorOptions {
  name: PythonExecutorName;
  interpreter: Pick<PythonInterpreter, 'command' | 'version' | 'lockOn'>;
  /** The folder of the host: resources/python. */
  hostFolder: string;
  createPool: CreatePool;
  /** Where workers are processes; default: the platform's own. */
  startMethod?: StartMethod;
  /** A module that defines `run(argument, context)` for every task; default: the registry of workloads. */
  tasks?: string;
  /** A module of the user, absolute: in the place of `tasks`, with the environment that its own Python would have. */
  module?: { path: string };
  /** Longest running time of one task, ms; default: no limit. */
  deadlineMs?: number;
  /** For systems where the kernel does not end a child with its parent (all but Linux), and for modules of the user. */
  guard?: ProcessGuard;
  /** Whether Python's clock is known to be Node's; default: on Linux. Elsewhere the host is asked for its time. */
  oneClock?: boolean;
  /** Without it a suspended process is waited for. */
  watch?: ProcessWatch;
}
