import { executorFacts, type ExecutorKey } from './executors';

export const START_METHODS = ['fork', 'forkserver', 'spawn'] as const;
/** How multiprocessing starts its processes. */
export type StartMethod = (typeof START_METHODS)[number];

/** A usable CPython of this machine. */
export interface PythonInfo {
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

/** Why an interpreter cannot start workers of an executor; null where it can. */
export function lackOf({ version, interpreters, startMethods }: PythonInfo, executor: ExecutorKey): string | null {
  const { needs } = executorFacts(executor);
  if (needs === 'interpreters' && !interpreters)
    return `Python ${version} has no concurrent.interpreters; Python 3.14 or newer has.`;
  if (needs === 'multiprocessing' && startMethods.length === 0)
    return `Python ${version} was built without multiprocessing.`;
  return null;
}
