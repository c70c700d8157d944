import { readlinkSync } from 'node:fs';
import type { ExecutorKey } from '../../../contract';
import type { FromWorker } from '../messages';

/** How a child half reaches its parent; it does not know what it runs in. */
export interface Transport {
  /** Throws where the message cannot be cloned. */
  post(message: FromWorker): void;
  /** Throws on a value that `post` could not take; default: structuredClone. */
  clone?(value: unknown): unknown;
  /** Claims a task just before it runs, marks its start and answers it, ms; or says that the parent took it, or it and all after it. */
  claim(seq: number): number | 'taken-back' | 'all-taken-back';
  /** Ends the lines that a task has begun on the worker's output. */
  endLines(): void;
  /** Notes the end of a task where the parent reads its stamps by itself; answers false where they must be sent. */
  finished(seq: number, finishedMs: number): boolean;
}

export interface ServeOptions {
  executor: ExecutorKey;
  worker: number;
  /** Path of the module that exports `run`. */
  tasks: string;
  /** What of that module its tasks will need, which it loads before the worker is ready; null for no more than the module itself. */
  workload: string | null;
  tid: number | null;
}

/** What was thrown outside a task's own promise, in words, and where in the tasks' own code, as `file:line`, if that is known. */
export type Explain = (error: unknown) => { words: string; place?: string | undefined };

/** What a tasks' module exports, and calls tasks by. */
export type Run = (argument: unknown, context: TaskContext) => unknown;

export interface TaskContext {
  executor: ExecutorKey;
  worker: number;
  print(text: string): void;
}

type Listener = (...heard: never[]) => void;

const listeners: { event: string; listener: Listener }[] = [];
const { on, removeAllListeners } = process as unknown as {
  on(event: string, listener: Listener): void;
  removeAllListeners(event?: string): void;
};

/** Listens to an event of this process, also after a module of the user removes all listeners there are. */
export function listen(event: 'message', listener: (message: never) => void): void;
export function listen(event: 'disconnect' | 'exit', listener: () => void): void;
export function listen(event: 'uncaughtException', listener: (error: unknown, origin: string) => void): void;
export function listen(event: string, listener: Listener): void {
  listeners[listeners.length] = { event, listener };
  add(event, listener);
}

const add: typeof on = on.bind(process);
const removeAll: typeof removeAllListeners = removeAllListeners.bind(process);

process.removeAllListeners = ((...which: [event?: string]) => {
  removeAll(...which);
  for (const { event, listener } of listeners) if (which.length === 0 || which[0] === event) add(event, listener);
  return process;
}) as typeof process.removeAllListeners;

/** Kernel thread id of the calling thread; null where the system gives none (all but Linux). */
export function ownTid(): number | null {
  if (process.platform !== 'linux') return null;
  try {
    const tid = Number(readlinkSync('/proc/thread-self').split('/').pop());
    return Number.isSafeInteger(tid) ? tid : null;
  } catch {
    return null;
  }
}
