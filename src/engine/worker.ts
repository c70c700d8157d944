import type { ErrorCode } from '../contract';
import { CoreloomError } from '../contract/errors';
import { plain } from '../contract/foreign-text';

/**
 * Tasks for a worker: the number of the first one within this worker, then their arguments. An array, because this
 * is the hot path: it costs a fraction of an object a task.
 */
export type TaskBatch = [firstSeq: number, ...input: unknown[]];

/** What a task did wrong, in one sentence; `at` is its place in the batch of results. */
export interface Failure {
  at: number;
  code: Extract<ErrorCode, 'task-threw' | 'task-not-cloneable'>;
  message: string;
  /** The place in the tasks' own code that the sentence names, as `file:line`, if it names one. */
  place?: string | undefined;
}

/** How a worker ended. */
export interface WorkerExit {
  code: number | null;
  signal: string | null;
  /** What it said about why, if it could. */
  reason: string | null;
  /** Where in the tasks' own code that was, as `file:line`, if it said so. */
  place?: string | undefined;
  /** The function that a task called to end it, such as `os._exit`, if it said so. */
  called?: string | undefined;
  /** What the tasks' module threw as it was loaded, in its own words. */
  moduleSaid?: string | undefined;
  /** It had no memory left. */
  outOfMemory?: boolean | undefined;
  /**
   * Set if the process that it shared with others ended.
   * `kill`: we ended that process. `crash`: it was idle when another's task ended the process.
   * `culprit`: its task was the only one running. `suspect`: its task was one of several running.
   * `unclear`: we ended the process without knowing whose task blocked the others.
   * After `culprit`, `suspect` and `unclear` its task runs alone in the pool. Only `culprit` counts against the task.
   */
  collateral?: 'kill' | 'crash' | 'suspect' | 'culprit' | 'unclear';
  /** The system had no room for it: it never started, and more would not either. */
  refused?: boolean;
}

/** How the worker ended that an error of a pool is about; undefined if it is about none. */
export function exitOf(error: unknown): WorkerExit | undefined {
  const cause: unknown = error instanceof CoreloomError ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'signal' in cause && 'reason' in cause
    ? (cause as WorkerExit)
    : undefined;
}

/** How a worker ended, in words; one that we ended has a reason, and no code or signal of its own. */
export function exitWords({ code, signal, reason, place }: WorkerExit): string {
  const why = reason === null ? null : withPlace(plain(reason).replace(/\.$/, ''), place);
  if (code === null && signal === null && why !== null) return why;
  const how = signal !== null ? `signal ${signal}` : `exit code ${code === null ? 'unknown' : String(code)}`;
  return why === null ? how : `${how}: ${why}`;
}

/** A part of a sentence with the place that it is about. */
export const withPlace = (words: string, place: string | undefined): string =>
  place === undefined ? words : `${words} (at ${place})`;

/** What a worker, or its system, said of why it ended. */
export type WhyEnded = Pick<WorkerExit, 'reason' | 'refused' | 'moduleSaid' | 'outOfMemory'>;

/** A batch of results as the pool sees it, the same from every runtime. */
export interface ResultBatch {
  first: number;
  values: unknown[];
  failures: Failure[];
  /** Started and finished of each task, in turn. */
  stamps: ArrayLike<number>;
}

/** What a worker tells the pool. Nothing comes after `ended`, which comes exactly once. */
export interface WorkerEvents {
  ready(identity: { pid: number; tid: number | null }): void;
  pong(): void;
  results(batch: ResultBatch): void;
  /**
   * Tasks `from` to `end` - 1 (default: all from `from` on) never started here and never will. Not confirmed: the parent took them back by
   * itself; send nothing until the worker confirms. Default: confirmed.
   */
  returned(from: number, end?: number, confirmed?: boolean): void;
  /** More tasks fit than before, without a result or a return. */
  room(): void;
  /** `lost` is how many lines it stands for that are left out. */
  line(text: string, atMs: number, lost?: number): void;
  /** `place` is where in the tasks' own code it was thrown, as `file:line`, if that is known. */
  fault(message: string, place?: string): void;
  /** Nothing it says can be believed any more, or nothing can be said to it: for this reason it is of no use. */
  broken(reason: string): void;
  ended(exit: WorkerExit): void;
}

/** Parent half of one worker, whatever it runs in. */
export interface PoolWorker {
  readonly pid: number;
  /** Hands over a batch, and what of it may be moved where the worker shares this process's memory; throws where it cannot be cloned, and then nothing was handed over. */
  send(batch: TaskBatch, transfer?: readonly ArrayBuffer[]): void;
  /** How many more tasks fit. A thread's ring has 1,024 entries, reused once the thread is past them. */
  room(nextSeq: number): number;
  ping(): void;
  /** Asks for everything that has not started; `returned` follows, at once or once the running task ends. */
  recall(): void;
  /** How well its clock is known beside that of this process, ms: its stamps may be off by that. Default: it is the same clock. */
  readonly clockErrorMs?: number;
  /** The task that was started last, as the worker itself marked it; null before the first. */
  lastStarted(): { seq: number; startedMs: number } | null;
  /**
   * Whether its task runs so long (ms), or it begins none, by its own fault. Python: false while another thread has the interpreter lock, or
   * if the host is being ended for it. Absent for workers that do not wait for one another.
   */
  atFault?(runningMs: number): boolean;
  /** Asks an idle worker to end; one that does not is killed. Idempotent. */
  stop(): void;
  /** Ends it at once, whatever it does. Idempotent. */
  kill(): void;
}

/** Starts a worker, which its host and the guard know by `id`, and calls none of the events before it has returned. Throws if the system refuses one more. */
export type StartWorker = (id: number, events: WorkerEvents) => PoolWorker;
