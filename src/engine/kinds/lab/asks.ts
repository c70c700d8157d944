import type { IpcWay, RaceMethod } from '../../../contract';
import type { LabExecutor } from './programs';

/** What a side is asked to measure; each is answered once. Both sides, Node's and Python's, know the same. */
export type Ask =
  /** One block of messages. Answers `IpcBlock`. */
  | { type: 'ipc'; way: IpcWay; bytes: number; budgetMs: number }
  /** One round. Answers `RaceResult`. */
  | { type: 'race'; executor: LabExecutor; method: RaceMethod; workers: number; increments: number }
  /** Starts worker after worker, from none. Answers `Climb`. */
  | { type: 'climb'; executor: LabExecutor; workers: number }
  /** Whether one worker sees what another writes. Answers `Sight`. */
  | { type: 'visibility'; executor: LabExecutor; through: 'variable' | 'shared-memory'; times: number }
  /** The first worker, and one more. Answers `Starts`. */
  | { type: 'startup'; executor: LabExecutor }
  /** What its clock says. Answers `Clock`. */
  | { type: 'clock'; executor: LabExecutor };

export interface IpcBlock {
  /** Median over the messages of the block, each holding the very bytes that came back with the last. */
  roundTripUs: number;
  /** The same of bytes that the sender has just made; null where nothing moves. */
  ownRoundTripUs: number | null;
  /** null where nothing moves. */
  bytesPerSecond: number | null;
}

export interface RaceResult {
  expected: number;
  counted: number;
  wallMs: number;
}

export interface Climb {
  processes: number;
  points: {
    workers: number;
    residentBytes: number | null;
    proportionalBytes: number | null;
    privateBytes: number | null;
  }[];
  /** Why it ended before the last worker; null where it did not. */
  reason: string | null;
}

export interface Sight {
  seen: boolean;
  delaysUs: number[];
  lookedMs: number;
}

/** Stamps of a worker's start on the one clock, ms. */
export interface StartStamps {
  askedMs: number;
  readyMs: number;
  resultMs: number;
}

export interface Starts {
  cold: StartStamps;
  warm: StartStamps;
}

interface Clock {
  stampMs: number;
}

/** What each ask is answered with. */
export interface Answers {
  ipc: IpcBlock;
  race: RaceResult;
  climb: Climb;
  visibility: Sight;
  startup: Starts;
  clock: Clock;
}
