import type { Failure } from '../worker';

/** From the host's own connection. */
export type FromHost =
  | { type: 'host'; pid: number; lockOn: boolean; cpuMs: number; atMs: number }
  /** Its clock, when it was asked. */
  | { type: 'clock'; atMs: number }
  | { type: 'ended'; worker: number; code: number | null; signal: string | null; reason: string | null }
  | { type: 'line'; text: string; atMs: number; lost?: number }
  | LockMessage;

/** Counts since the host began; `probes` is null where there is no lock to look at, `waits` (of each worker, looks at it and those that found it waiting) where threads cannot be seen. */
export interface LockMessage {
  type: 'lock';
  atMs: number;
  /** CPU time of the whole host process. */
  cpuMs: number;
  probeCpuMs: number;
  /** Its thread's kernel id (Linux). */
  probeTid: number;
  /** Now: a module that a task imports may switch it. */
  lockOn: boolean;
  probes: number | null;
  held: number;
  waitMs: number;
  waits: [worker: number, looks: number, waits: number][] | null;
}

export type ToHost =
  | { type: 'start'; worker: number; place: number }
  | { type: 'kill'; worker: number }
  | { type: 'clock' }
  | { type: 'stop' };

/** From a worker's connection. */
export type FromPython =
  /** Its lock is read once the module is loaded, which may have switched it. */
  | { type: 'ready'; pid: number; tid: number; ident: number; lockOn: boolean }
  | { type: 'start-failed'; message: string; moduleSaid?: string }
  | { type: 'pong' }
  | ResultsMessage
  | { type: 'returned'; from: number }
  | { type: 'line'; text: string; atMs: number; lost?: number };

/** Results in order from `first`; `workMs` and `cpuMs` are the wall and CPU time of all tasks since the worker began. */
export interface ResultsMessage {
  type: 'results';
  first: number;
  values: unknown[];
  failures: Failure[];
  stamps: number[];
  workMs: number;
  cpuMs: number;
}

/** Whether a message is one that its connection may send; what a task's code says in between is not. */
export function isFromWorker(message: Record<string, unknown>): message is FromPython & Record<string, unknown> {
  switch (message.type) {
    case 'results':
      return (
        [message.values, message.failures, message.stamps].every(Array.isArray) && typeof message.first === 'number'
      );
    case 'ready':
      return (
        typeof message.pid === 'number' &&
        typeof message.tid === 'number' &&
        typeof message.ident === 'number' &&
        typeof message.lockOn === 'boolean'
      );
    case 'line':
      return typeof message.text === 'string' && typeof message.atMs === 'number';
    case 'returned':
      return typeof message.from === 'number';
    case 'start-failed':
      return typeof message.message === 'string' && ['string', 'undefined'].includes(typeof message.moduleSaid);
    default:
      return message.type === 'pong';
  }
}
