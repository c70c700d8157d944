import type { Estimate } from './estimate';
import type { ExecutorKey } from './executors';
import type { ExperimentProgress } from './progress';
import type { PythonChoice, PythonUsed } from './python';
import type { ReportBase } from './report-base';

/** Each looks at one mechanism alone. */
export const LABS = ['ipc', 'race', 'memory', 'startup'] as const;
export type LabName = (typeof LABS)[number];

/** What a lab is asked to do. */
export interface LabSettings {
  lab: LabName;
  /** Fewer cases and rounds. */
  quick?: boolean | undefined;
  /** Which Python; default: the first that is found. Without one, a lab does without and says so. */
  python?: PythonChoice | undefined;
  /** Seed of the order of the cases and of the resampling. */
  seed?: number | undefined;
}

/** Settings as they were resolved. */
export interface ResolvedLabSettings {
  lab: LabName;
  quick: boolean;
  /** Workers that race, and that break-even is told for: CPUs that this process may use, 2 at least. */
  workers: number;
  seed: number;
  /** null where there is none: the rows of Python then say why. */
  python: PythonUsed | null;
}

/** One case of a lab while it is on: a row of its report to be. */
export interface LabCaseState {
  title: string;
  executor: ExecutorKey;
  /** Rounds that are complete, of how many. */
  rounds: number;
  of: number;
  /** Why it is not measured, or not to the end; null where it is. */
  reason: string | null;
}

/** The state of a lab, at every step. */
export interface LabState extends ExperimentProgress {
  kind: 'lab';
  lab: LabName;
  settings: ResolvedLabSettings;
  cases: LabCaseState[];
}

interface LabReportBase extends ReportBase {
  kind: 'lab';
  settings: ResolvedLabSettings;
}

/** The report of a lab, told apart by `lab`. In every row `reason` says why it was not measured, or not to the end. */
export type LabReport = IpcReport | RaceReport | MemoryReport | StartupReport;

/** A value with its interval and the values that it comes from, in the order of the rounds. */
export interface Measured extends Estimate {
  values: number[];
}

// --- ipc

/** Ways for bytes to reach another worker. */
export const IPC_WAYS = [
  'clone',
  'transfer',
  'shared',
  'fork-json',
  'fork-advanced',
  'python-thread-queue',
  'python-queue',
  'python-pipe',
  'python-shared',
] as const;
export type IpcWay = (typeof IPC_WAYS)[number];

/** The price of handing bytes over, by way and size. */
export interface IpcReport extends LabReportBase {
  lab: 'ipc';
  /** Sizes that were asked for, ascending. */
  sizes: number[];
  points: IpcPoint[];
  breakEvens: BreakEven[];
}

export interface IpcPoint {
  way: IpcWay;
  executor: ExecutorKey;
  bytes: number;
  /**
   * The bytes there and back, one message at a time, µs, each time the very bytes that came back last; of shared memory a
   * signal there and back, the bytes staying.
   */
  roundTripUs: Measured | null;
  /** The same of bytes that the sender has just made, as a task's argument is; null where nothing moves, and in reports of before it was measured. */
  ownRoundTripUs: Measured | null;
  /** Bytes a second in one direction, messages following one another; null where nothing moves (shared memory). */
  bytesPerSecond: Measured | null;
  reason: string | null;
}

/**
 * The length of a task from which handing it to workers is worth its price: against `inline`, one worker that does them
 * itself, or against the threads of an interpreter whose lock lets one run at a time.
 */
export interface BreakEven {
  /** The workers that are handed tasks, by the way that is usual for them. */
  executor: ExecutorKey;
  way: IpcWay;
  against: 'inline' | 'python-threads';
  /** Of each task's argument, and of its result. */
  bytes: number;
  workers: number;
  /** µs; null where no length does it, or nothing could be measured. */
  taskUs: Estimate | null;
  /** How it follows from the measured numbers, in a sentence. */
  because: string;
}

// --- race

/** How workers increment one counter. */
export type RaceMethod = 'unlocked' | 'atomics' | 'lock' | 'separate';

/** What comes of workers that increment one counter at the same time. */
export interface RaceReport extends LabReportBase {
  lab: 'race';
  rows: RaceRow[];
}

export interface RaceRow {
  executor: ExecutorKey;
  method: RaceMethod;
  /** The statement that each worker repeats. */
  statement: string;
  workers: number;
  /** Increments of a round, of all workers together; 0 where it was not measured. */
  increments: number;
  /** Lost updates as a share of the increments; raw values by round. */
  lostShare: Measured | null;
  /** Rounds that lost any. */
  losing: number;
  rounds: number;
  /**
   * `lost`: updates were lost; `not-observed`: none was seen to be lost, which proves nothing; `cannot-race`: nothing is
   * shared; `not-measured`.
   */
  verdict: 'lost' | 'not-observed' | 'cannot-race' | 'not-measured';
  /** Where none lost any: the share of rounds that may lose some and still show none in as many as these (95 %). */
  couldLose: number | null;
  /** Wall time of a round, ms. */
  wallMs: Measured | null;
  reason: string | null;
}

// --- memory

/** What a further worker takes of memory, and whose writes it sees. */
export interface MemoryReport extends LabReportBase {
  lab: 'memory';
  rows: MemoryRow[];
  visibility: VisibilityRow[];
}

export interface MemoryRow {
  executor: ExecutorKey;
  /** Process ids that did the work with `workers` workers: 1 where they share a process. */
  processes: number | null;
  workers: number;
  /** Memory of all workers together by their number, less what there was without any; of the first climb. */
  points: {
    workers: number;
    residentBytes: number | null;
    proportionalBytes: number | null;
    privateBytes: number | null;
  }[];
  /** What each further worker added. */
  eachResidentBytes: Measured | null;
  /** Shared pages divided by who shares them (PSS). */
  eachProportionalBytes: Measured | null;
  /** Pages that nobody else has. */
  eachPrivateBytes: Measured | null;
  reason: string | null;
}

/** Whether a write by one worker is seen by another. */
export interface VisibilityRow {
  executor: ExecutorKey;
  /** What is written: an ordinary variable, or memory that was made to be shared. */
  through: 'variable' | 'shared-memory';
  what: string;
  /** null where it was not measured. */
  seen: boolean | null;
  /** From the write until the other sees it, µs; null where it is not seen. */
  delayUs: Measured | null;
  /** How long the other looked for a write that it did not see, ms. */
  lookedMs: number | null;
  reason: string | null;
}

// --- startup

/** From asking for a worker to its first result. */
export interface StartupReport extends LabReportBase {
  lab: 'startup';
  rows: StartupRow[];
}

export interface StartupRow {
  executor: ExecutorKey;
  /** `cold`: the first worker of its kind, with all that it needs first; `warm`: one more beside it. */
  start: 'cold' | 'warm';
  /** From asking for it until it can take a task, ms. */
  readyMs: Measured | null;
  /** From handing it a task that does nothing to the result, ms. */
  firstResultMs: Measured | null;
  /** Both together. */
  totalMs: Measured | null;
  reason: string | null;
}
