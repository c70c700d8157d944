import type { ExecutorName } from '../../contract';
import type { Executor } from '../executor';
import type { StartWorker } from '../worker';

export type PythonExecutorName = Extract<ExecutorName, `python-${string}`>;

export const START_METHODS = ['fork', 'forkserver', 'spawn'] as const;
export type StartMethod = (typeof START_METHODS)[number];

/** A usable CPython of this machine. */
export interface PythonInterpreter {
  /** What starts it: a program and its first arguments, never through a shell. */
  command: string[];
  /** The real path of the executable; no two found interpreters have the same. */
  executable: string;
  /** For example "3.13.0". */
  version: string;
  /** For example "CPython 3.13.0 (main, Oct 8 2024, GCC 12.2.0)". */
  build: string;
  /** Whether the interpreter lock is on. */
  lockOn: boolean;
  /** Whether this build can run without the lock. */
  freeThreaded: boolean;
  /** Whether it has `concurrent.interpreters` (3.14). */
  interpreters: boolean;
  /** multiprocessing's start methods here, the platform's default first; none where multiprocessing is missing. */
  startMethods: StartMethod[];
  /** Whether multiprocessing's semaphores work (its Lock and Queue need them; Coreloom's workers do not). */
  semaphores: boolean;
  /** How it was found: "python3 on the PATH", "pyenv", … */
  source: string;
}

/** Makes the pool that queues tasks and replaces workers: parts of the engine are composed, they do not import each other. */
export type CreatePool = <A, R>(options: { name: ExecutorName; start: StartWorker; aheadMs?: number; dispose?(): Promise<void> }) => Executor<A, R>;

/** Told of processes that must not outlive this one. */
export interface ProcessGuard {
  add(pid: number): void;
  remove(pid: number): void;
  close(): Promise<void>;
}

export interface PythonExecutorOptions {
  name: PythonExecutorName;
  interpreter: Pick<PythonInterpreter, 'command' | 'version' | 'lockOn'>;
  /** The folder of the host: resources/python. */
  hostFolder: string;
  createPool: CreatePool;
  /** For python-processes; the platform's default where not given. */
  startMethod?: StartMethod;
  /** A module that defines `run(argument, context)` for every task; the registry of workloads where not given. */
  tasks?: string;
  /** For systems where the kernel does not end a child with its parent (all but Linux). */
  guard?: ProcessGuard;
}
