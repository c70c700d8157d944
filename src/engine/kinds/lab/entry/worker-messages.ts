import type { RaceMethod } from '../../../../contract';

/** What bytes travel as: JSON knows no bytes, so there they are a text of as many characters. */
export type Payload = Uint8Array | string;

/** To a worker of the lab, thread or process. */
export type ToLabWorker =
  | { type: 'nothing' }
  /** Sends the data back. */
  | { type: 'echo'; data: Payload; transfer: boolean }
  /** Keeps the data from being sent back; answers after the last. */
  | { type: 'take'; data: Payload; last: boolean }
  /** Answers that many signals in shared memory. */
  | { type: 'signals'; control: Int32Array; data: Uint8Array; count: number }
  /** Increments as often, all at once with the others where `shared` is given; else a counter of its own. */
  | { type: 'race'; method: RaceMethod; increments: number; shared: Int32Array | null }
  | { type: 'write'; value: number }
  | { type: 'read' }
  /** Answers the resident set of its process. */
  | { type: 'memory' }
  /** Writes its clock into shared memory as soon as the last write was seen, that many times. */
  | { type: 'write-stamps'; stamps: BigInt64Array; times: number }
  /** Looks until it sees each of them. */
  | { type: 'see-stamps'; stamps: BigInt64Array; times: number };

export type FromLabWorker =
  | { type: 'ready'; pid: number }
  | { type: 'done' }
  | { type: 'echoed'; data: Payload }
  /** It stands at the start and goes when shared memory says so. */
  | { type: 'at-start' }
  | { type: 'counted'; own: number }
  | { type: 'value'; value: number }
  | { type: 'delays'; delaysUs: number[] };

/** Places in the shared memory of a race. */
export const COUNTER = 0;
export const GO = 1;
export const MUTEX = 2;

/** Places in the control words of signals. */
export const ASKED = 0;
export const ANSWERED = 1;

/** A worker that waits for another in shared memory gives up after this, ms: the other may be gone. */
export const LOOK_MS = 2_000;
