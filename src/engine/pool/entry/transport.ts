import type { ExecutorName } from '../../../contract';
import type { FromWorker } from '../messages';

/** How a child half reaches its parent; it does not know what it runs in. */
export interface Transport {
  /** Throws where the message cannot be cloned. */
  post(message: FromWorker): void;
  /** Throws on a value that `post` could not take; structuredClone where not given. */
  clone?(value: unknown): unknown;
  /** Claims a task just before it runs, marks its start and answers it, ms; or says that the parent took it, or it and all after it. */
  claim(seq: number): number | 'taken-back' | 'all-taken-back';
  /** Ends the lines that a task has begun on the worker's output. */
  endLines(): void;
  /** Notes the end of a task where the parent reads its stamps by itself; answers false where they must be sent. */
  finished(seq: number, finishedMs: number): boolean;
}

export interface ServeOptions {
  executor: ExecutorName;
  worker: number;
  /** Path of the module that exports `run`. */
  tasks: string;
  /** What of that module its tasks will need, which it loads before the worker is ready; null for no more than the module itself. */
  part: string | null;
  tid: number | null;
}

/** What a tasks' module exports, and calls tasks by. */
export type Run = (argument: unknown, context: TaskContext) => unknown;

export interface TaskContext {
  executor: ExecutorName;
  worker: number;
  print(text: string): void;
}
