import type { ErrorInfo, ExecutorKey } from '../../contract';
import type { TaskOutcome, TaskSource } from '../executor';
import { nowMs } from '../system/clock';
import type { WorkerExit } from '../worker';
import { begunTooOften, workerDied } from './sentences';
import { isLarge } from './values';

/** How often a task may be under a worker that dies before it is failed. */
const TRIES = 3;
/** A task that has begun this often without an end runs with no other beside it from then on: what ended its worker may have been theirs. */
const SHARED_BEGINNINGS = 4;
/** How often a task may begin, whatever the reason that it did not end. */
export const MOST_BEGINNINGS = 8;

/** Where a task is: waiting, handed to a worker, or over. */
type TaskState = 'queued' | 'sent' | 'settled';

/** When and by what a task failed: see `TaskOutcome`. */
interface FailedBy {
  finishedMs?: number;
  exit?: WorkerExit | undefined;
  place?: string | undefined;
}

/** What becomes of a task that is under way when its worker gives it back or ends. */
export type Decided = { state: 'cancelled' } | { state: 'failed'; error: ErrorInfo };

export interface TaskOptions<Argument, Result> {
  /** Longest running time, ms; null for none. */
  deadlineMs: number | null;
  /** May be ended while it runs: it shares its worker's time and messages with no other task. */
  aloneInWorker: boolean;
  /** Memory that is moved to the worker and not copied, where the worker can be given it. */
  transfer?: readonly ArrayBuffer[] | undefined;
  /** Gets the outcome, exactly once. */
  deliver(outcome: TaskOutcome<Argument, Result>): void;
}

/** One task from its submission to the one moment it is settled. */
export class Task<Argument, Result> {
  readonly id: number;
  readonly argument: Argument;
  readonly queuedMs = nowMs();
  /** Longest running time, ms; null for none. */
  readonly deadlineMs: number | null;
  readonly aloneInWorker: boolean;
  /** Its argument goes in a message of its own. */
  readonly large: boolean;
  readonly transfer: readonly ArrayBuffer[] | null;
  /** Its argument is gone to its worker and cannot be sent again. */
  moved = false;
  state: TaskState = 'queued';
  /** Its number within the worker it was sent to, and when it was sent there. */
  seq = 0;
  sentMs = 0;
  worker = 0;
  attempts = 0;
  /** Workers that died while they ran it. */
  deaths = 0;
  /** How often it was one of several tasks running when their shared process crashed. */
  suspicions = 0;
  /** It ended several workers together, or may have: nothing else runs in the pool while it does. */
  aloneInPool = false;
  startedMs: number | null = null;
  /** The outcome already decided for a task that its worker still has. */
  decided: Decided | null = null;
  /** Its worker is ended if it runs. */
  aborted = false;
  /** Stops listening to the signal that may abort it. */
  offAbort: (() => void) | null = null;
  readonly #settled: (task: Task<Argument, Result>) => void;
  readonly #options: TaskOptions<Argument, Result>;

  /** `settled` is called once, just before the outcome is delivered. */
  constructor(
    settled: (task: Task<Argument, Result>) => void,
    id: number,
    argument: Argument,
    options: TaskOptions<Argument, Result>,
  ) {
    this.#settled = settled;
    this.#options = options;
    this.id = id;
    this.argument = argument;
    this.deadlineMs = options.deadlineMs;
    this.aloneInWorker = options.aloneInWorker;
    this.large = isLarge(argument);
    this.transfer = options.transfer ?? null;
  }

  done(value: Result, finishedMs: number): void {
    const { argument, id, attempts, queuedMs, startedMs, worker } = this;
    // Spelt out in each of these: a spread of what they share costs more than all else that a pool does for a task.
    this.#settle({ state: 'done', argument, id, worker, attempts, queuedMs, startedMs, finishedMs, value });
  }

  fail(error: ErrorInfo, { finishedMs = nowMs(), exit, place }: FailedBy = {}): void {
    const { argument, id, attempts, queuedMs, startedMs } = this;
    this.#settle({
      state: 'failed',
      argument,
      id,
      worker: this.#lastWorker(),
      attempts,
      queuedMs,
      startedMs,
      finishedMs,
      error,
      exit,
      place,
    });
  }

  cancel(): void {
    const { argument, id, attempts, queuedMs, startedMs } = this;
    this.#settle({
      state: 'cancelled',
      argument,
      id,
      worker: this.#lastWorker(),
      attempts,
      queuedMs,
      startedMs,
      finishedMs: nowMs(),
    });
  }

  /** Settles a task as it was decided when it could not be stopped at once. */
  settleAs(decided: Decided): void {
    if (decided.state === 'cancelled') this.cancel();
    else this.fail(decided.error);
  }

  #lastWorker(): number {
    return this.attempts === 0 ? 0 : this.worker;
  }

  #settle(outcome: TaskOutcome<Argument, Result>): void {
    // Twice would be a wrong number somewhere: better an error than a double count.
    if (this.state === 'settled') throw new Error(`Task ${String(this.id)} was settled twice.`);
    this.state = 'settled';
    this.#settled(this);
    this.#options.deliver(outcome);
  }
}

export interface EndedWorker {
  name: ExecutorKey;
  exit: WorkerExit;
  /** It was told to end: no task did it. */
  endedByUs: boolean;
}

/** Counts what the end of a worker means for the tasks that it had started: an attempt for each, a death for the last at most. */
export function countAttempts<A, R>(
  started: readonly Task<A, R>[],
  running: { task: Task<A, R>; sinceMs: number } | null,
  ended: EndedWorker,
): void {
  for (const task of started) {
    // It ran, though its result is lost.
    task.attempts += 1;
    task.aloneInPool ||= task.attempts >= SHARED_BEGINNINGS;
    if (task === running?.task) endedUnder(task, running.sinceMs, ended);
    if (task.attempts >= MOST_BEGINNINGS && task.state !== 'settled' && task.decided === null)
      task.fail(begunTooOften(ended.name, task, ended.exit), { exit: ended.exit });
  }
}

function endedUnder<A, R>(task: Task<A, R>, sinceMs: number, ended: EndedWorker): void {
  task.startedMs = sinceMs;
  const { collateral } = ended.exit;
  task.aloneInPool ||= collateral === 'suspect' || collateral === 'culprit' || collateral === 'unclear';
  if (collateral === 'suspect') task.suspicions += 1;
  else if (!ended.endedByUs && collateral !== 'crash') diedUnder(task, ended);
}

function diedUnder<A, R>(task: Task<A, R>, { name, exit }: EndedWorker): void {
  // It ran alone this time, so it did it the last time too.
  task.deaths += 1 + task.suspicions;
  task.suspicions = 0;
  if (task.deaths < TRIES || task.decided !== null) return;
  task.fail(workerDied(name, task, exit, TRIES), { exit });
}

/** One source that the pool pulls from, until it has no more and all its tasks are settled. */
export class Feed<A, R> {
  readonly #source: TaskSource<A, R>;
  readonly #finished: (error: unknown) => void;
  #unsettled = 0;
  #error: unknown = null;
  exhausted = false;

  /** `finished` is called once, with what the source threw or null. */
  constructor(source: TaskSource<A, R>, finished: (error: unknown) => void) {
    this.#source = source;
    this.#finished = finished;
  }

  /** The next argument, or undefined where there is none. */
  next(): A | undefined {
    if (this.exhausted) return undefined;
    try {
      const argument = this.#source.next();
      if (argument === undefined) this.end();
      else this.#unsettled += 1;
      return argument;
    } catch (error) {
      this.end(error);
      return undefined;
    }
  }

  readonly deadlineMs = null;
  readonly aloneInWorker = false;

  deliver(outcome: TaskOutcome<A, R>): void {
    try {
      this.#source.settled(outcome);
    } catch (error) {
      this.#error ??= error;
      this.exhausted = true;
    }
    this.#unsettled -= 1;
    if (this.exhausted) this.#finish();
  }

  /** Pulls no more. */
  end(error: unknown = null): void {
    if (this.exhausted) return;
    this.exhausted = true;
    this.#error = error;
    this.#finish();
  }

  #finish(): void {
    if (this.#unsettled === 0) this.#finished(this.#error);
  }
}

/** The open feeds of a pool. */
export class Feeds<A, R> {
  readonly #open = new Set<Feed<A, R>>();

  get size(): number {
    return this.#open.size;
  }

  /** Opens a feed; resolves, or rejects with what the source threw, once its last task is settled. `closed` is called just before. */
  open(source: TaskSource<A, R>, closed: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const feed = new Feed<A, R>(source, (error) => {
        this.#open.delete(feed);
        closed();
        if (error === null) resolve();
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
      this.#open.add(feed);
    });
  }

  /** The next argument of the first feed that has one, and the feed. */
  next(): { argument: A; feed: Feed<A, R> } | undefined {
    for (const feed of this.#open) {
      const argument = feed.next();
      if (argument !== undefined) return { argument, feed };
    }
    return undefined;
  }

  /** Pulls no more from any; an error is what they reject with. */
  end(error: unknown = null): void {
    for (const feed of this.#open) feed.end(error);
  }
}
