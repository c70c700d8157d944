import { CoreloomError, duration, type ErrorInfo, type ExecutorKey } from '../../contract';
import { watchMemoryKills } from '../system/memory-kills';
import { exitWords, type WorkerExit } from '../worker';
import { fileText } from './place';

/** What is said of a module's tasks where their workers cannot say it themselves. */
export interface Sentences {
  neverReturned(deadlineMs: number): ErrorInfo;
  died(exit: WorkerExit, name: ExecutorKey): ErrorInfo;
  /** Something was thrown where only the worker itself could catch it, at `place` if that is known. */
  escaped(error: ErrorInfo, place: string | undefined): ErrorInfo;
  notReady(name: ExecutorKey, limitMs: number): CoreloomError;
  notStarted(exit: WorkerExit): ErrorInfo;
  /** Workers come and go, and none finishes a task. */
  unusable(exit: WorkerExit, name: ExecutorKey): ErrorInfo;
  /** What a worker answered is no checksum. */
  noChecksum(): ErrorInfo;
}

/** Whose tasks are spoken of: the module's path, and its task's file and line. */
export interface Spoken {
  path: string;
  taskPlace: string;
}

/** What a task did to its worker, as the end of a sentence that begins with its place. */
export type Fault = (exit: WorkerExit, name: ExecutorKey, memoryKills: number) => string;

/** What is said in a language whose tasks end their workers by `fault`. */
export function sentencesOf(
  { path, taskPlace }: Spoken,
  fault: Fault,
  memoryKills: () => number = watchMemoryKills(),
): Sentences {
  return {
    died: (exit, name) => ({
      code: 'worker-died',
      message: `${exit.place ?? taskPlace}: the task ${fault(exit, name, memoryKills())}. It is not retried.`,
    }),
    escaped: ({ code, message }, place) => ({
      code,
      message:
        place?.startsWith(`${fileText(path)}:`) === true
          ? message
          : `${message.replace(/\.$/, '')} (the task is at ${taskPlace}).`,
    }),
    neverReturned: (deadlineMs) => ({
      code: 'task-deadline',
      message: `${taskPlace}: the task did not return within ${duration(deadlineMs)}, and its worker was replaced; return sooner, or set a longer --deadline.`,
    }),
    notReady: (name, limitMs) =>
      new CoreloomError(
        'module-broken',
        `${fileText(path)}: workers of ${name} were not ready after ${duration(limitMs)}; shorten setup and the module's top-level code.`,
      ),
    notStarted: (exit) => ({
      code: 'module-broken',
      message:
        exit.moduleSaid === undefined
          ? `${exit.place ?? taskPlace}: workers exit during setup or while the module is loading (${howEnded(exit)}); remove the code that causes this.`
          : `${exit.moduleSaid.replace(/\.$/, '')}.`,
    }),
    unusable: (exit, name) => ({
      code: 'module-broken',
      message: `${exit.place ?? taskPlace}: workers of ${name} keep failing without finishing a task, so no more are started (${howEnded(exit)}); remove code that ends the worker or replaces parts of Node or Python.`,
    }),
    noChecksum: () => ({
      code: 'task-not-cloneable',
      message: `${taskPlace}: the worker did not return a valid checksum; remove code that replaces parts of JavaScript or Python.`,
    }),
  };
}

/** How a worker ended, in words; its place, with which a sentence of ours begins, is left out. */
export const howEnded = (exit: WorkerExit): string => exitWords({ ...exit, place: undefined });

/** Of a worker that was ended by SIGKILL: memory is named only if the system was seen to end processes for lack of it. */
export function killedWords(name: ExecutorKey, memoryKills: number): string {
  const seen =
    memoryKills > 0
      ? 'while the system killed processes because memory had run out; keep less data at a time'
      : 'and the system does not say who sent it';
  return `ended with its worker in ${name} by signal SIGKILL, ${seen}`;
}

/** Whether a signal ended it, and nothing was said of why. */
export const wasKilled = ({ signal, reason }: WorkerExit): boolean => signal === 'SIGKILL' && reason === null;
