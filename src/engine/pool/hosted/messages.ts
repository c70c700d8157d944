import type { Failure, TaskBatch, WhyEnded } from '../../worker';

/** The code that a host ends with whose threads cannot mark their tasks any more. */
export const MARKS_GONE = 97;

/** What the threads of a host share, in the words of the tasks' module. */
export interface Shared {
  part: string;
  values: Readonly<Record<string, string | number>>;
}

/** What the engine tells a host of threads. */
export type ToHost =
  /** Before the first thread, which waits for it. */
  | ({ type: 'share'; worker: 0 } & Shared)
  | { type: 'start'; worker: number; place: number; part: string | null }
  | { type: 'batch'; worker: number; batch: TaskBatch }
  | { type: 'ping' | 'recall' | 'stop' | 'kill'; worker: number };

/** What a host tells of one of its threads; the fields are those of `WorkerEvents`. */
export type FromHost = { worker: number } & (
  | { type: 'ready'; pid: number; tid: number | null }
  | { type: 'pong' }
  | {
      type: 'results';
      first: number;
      values: unknown[];
      failures: Failure[];
      stamps: ArrayLike<number>;
      ceiling: number;
    }
  | { type: 'returned'; from: number; end: number; ceiling: number }
  /** The thread has come further without a result: tasks below this number may be given. */
  | { type: 'passed'; ceiling: number }
  /** What it printed since the last message, each line as `WorkerEvents.line` has it. */
  | { type: 'lines'; lines: [text: string, atMs: number, lost: number | undefined][] }
  | { type: 'fault'; message: string; place?: string | undefined }
  | { type: 'broken'; reason: string }
  | ({ type: 'ended'; code: number | null } & WhyEnded)
);
