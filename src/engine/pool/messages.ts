import type { Failure, TaskBatch, WhyEnded, WorkerEvents } from '../worker';
import type { Records } from './values';

export type ToWorker =
  | TaskBatch
  /** The same, packed. */
  | Records
  /** An empty round trip, for the hand-over time. */
  | { type: 'ping' }
  /** Give back everything that has not started (processes; threads see it in shared memory). */
  | { type: 'recall' }
  /** Processes: holds the place of a message that was sent over the socket. */
  | { type: 'in-socket' }
  /** Nothing more will come: end. */
  | { type: 'stop' };

/** Results of tasks that ran one after the other, in order, numbered from `first` without a gap. */
export interface Results {
  type: 'results';
  first: number;
  values: unknown[];
  failures: Failure[];
  /** Start and end of each task, ms; steps on the wire, see wire.ts. Null: they are in shared memory. */
  stamps: number[] | null;
}

export type FromWorker =
  | { type: 'ready'; pid: number; tid: number | null }
  /** The module with the tasks could not be loaded; `limit` where the system had no room for that. */
  | { type: 'start-failed'; message: string; refused: boolean; moduleSaid?: string | undefined }
  | { type: 'pong' }
  /** Processes: holds the place of a message that was sent over the socket. */
  | { type: 'in-socket' }
  | Results
  /** The answer to `recall`: these numbers, `end` not among them, have not started and never will. */
  | { type: 'returned'; from: number; end: number }
  | { type: 'line'; text: string; atMs: number; lost?: number | undefined }
  /** Something was thrown outside any task's own promise: this worker is not to be trusted any longer. */
  | { type: 'fault'; message: string; place?: string | undefined };

const isText = (value: unknown): boolean => typeof value === 'string';
const isTextIfAny = (value: unknown): boolean => value === undefined || isText(value);
const isNumber = (value: unknown): boolean => typeof value === 'number';

/** What each message holds, by its type. */
const FIELDS: Readonly<Record<FromWorker['type'], Readonly<Record<string, (value: unknown) => boolean>>>> = {
  ready: { pid: isNumber },
  'start-failed': { message: isText, moduleSaid: isTextIfAny },
  pong: {},
  'in-socket': {},
  results: {
    first: isNumber,
    values: Array.isArray,
    failures: areFailures,
    stamps: (stamps) => stamps === null || Array.isArray(stamps),
  },
  returned: { from: isNumber, end: isNumber },
  line: { text: isText, atMs: isNumber },
  fault: { message: isText, place: isTextIfAny },
};

/** Whether this is a message of ours: the code of a task may speak on its worker's channel, or have broken what writes it. */
function isFromWorker(message: unknown): message is FromWorker {
  if (typeof message !== 'object' || message === null) return false;
  const { type } = message as { type?: unknown };
  const fields = typeof type === 'string' && Object.hasOwn(FIELDS, type) ? FIELDS[type as FromWorker['type']] : null;
  if (fields === null) return false;
  for (const name in fields) if (fields[name]?.((message as Record<string, unknown>)[name]) !== true) return false;
  return true;
}

/** Whether these are what tasks did wrong. */
function areFailures(failures: unknown): failures is Failure[] {
  return Array.isArray(failures) && failures.every(isFailure);
}

function isFailure(failure: unknown): boolean {
  const { at, code, message, place } = (failure ?? {}) as Record<string, unknown>;
  return (
    isNumber(at) && isText(message) && isTextIfAny(place) && (code === 'task-threw' || code === 'task-not-cloneable')
  );
}

/** Reason for ending a worker whose message is not one of ours. */
export const UNREADABLE = 'what it answered cannot be read';
/** Reason for ending a worker that lives on without a connection. */
export const CUT_OFF = 'its connection with Coreloom was closed';

/** What is not the same for every kind of worker. */
export interface OwnAnswers {
  results(results: Results): void;
  returned(from: number, end: number): void;
  startFailed(why: WhyEnded): void;
}

/** Tells the pool what a worker said. */
export function receive(message: unknown, events: WorkerEvents, own: OwnAnswers): void {
  if (!isFromWorker(message)) {
    events.broken(UNREADABLE);
    return;
  }
  switch (message.type) {
    case 'results':
      own.results(message);
      break;
    case 'returned':
      own.returned(message.from, message.end);
      break;
    case 'ready':
      events.ready({ pid: message.pid, tid: message.tid });
      break;
    case 'start-failed':
      own.startFailed({ reason: message.message, refused: message.refused, moduleSaid: message.moduleSaid });
      break;
    case 'pong':
      events.pong();
      break;
    case 'line':
      events.line(String(message.text), message.atMs, message.lost);
      break;
    case 'fault':
      events.fault(message.message, message.place);
      break;
    case 'in-socket':
      // Only ever holds a place, where there are frames.
      break;
  }
}

/** The code that a host ends with whose threads cannot mark their tasks any more. */
export const MARKS_GONE = 97;

/** What the threads of a host share, in the words of the tasks' module. */
export interface Shared {
  workload: string;
  values: Readonly<Record<string, string | number>>;
}

/** What the engine tells a host of threads. */
export type ToThreadHost =
  /** Before the first thread, which waits for it. */
  | ({ type: 'share'; worker: 0 } & Shared)
  | { type: 'start'; worker: number; markIndex: number; workload: string | null }
  | { type: 'batch'; worker: number; batch: TaskBatch }
  | { type: 'ping' | 'recall' | 'stop' | 'kill'; worker: number };

/** What a host tells of one of its threads; the fields are those of `WorkerEvents`. */
export type FromThreadHost = { worker: number } & (
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
