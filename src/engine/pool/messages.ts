import type { Failure, TaskBatch } from '../worker';
import type { Records } from './records';

export type ToWorker =
  | TaskBatch
  /** The same, packed. */
  | Records
  /** An empty round trip, for the hand-over time. */
  | { type: 'ping' }
  /** Give back everything that has not started (processes; threads see it in shared memory). */
  | { type: 'recall' }
  /** Processes: holds the place of a message that was sent over the socket. */
  | { type: 'frame' }
  /** Nothing more will come: end. */
  | { type: 'stop' };

/** Results of tasks that ran one after the other, in order, numbered from `first` without a gap. */
export interface Results {
  type: 'results';
  first: number;
  values: unknown[];
  failures: Failure[];
  /** Started and finished of each task, in turn, on the shared clock, as `steps.ts` has them; null where they are in shared memory. */
  stamps: number[] | null;
}

export type FromWorker =
  | { type: 'ready'; pid: number; tid: number | null }
  /** The module with the tasks could not be loaded; `limit` where the system had no room for that. */
  | { type: 'start-failed'; message: string; limit: boolean }
  | { type: 'pong' }
  /** Processes: holds the place of a message that was sent over the socket. */
  | { type: 'frame' }
  | Results
  /** The answer to `recall`: these numbers, `end` not among them, have not started and never will. */
  | { type: 'returned'; from: number; end: number }
  | { type: 'line'; text: string; atMs: number; lost?: number | undefined }
  /** Something was thrown outside any task's own promise: this worker is not to be trusted any longer. */
  | { type: 'fault'; message: string };
