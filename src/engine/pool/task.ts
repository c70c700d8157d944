import type { ErrorInfo } from '../../contract';
import { nowMs } from '../clock';
import type { TaskOutcome } from '../executor';
import { isLarge } from './parcels';

/** How often a task may be under a worker that dies before it is failed. */
export const TRIES = 3;
/** What has begun this often without an end runs with no other beside it from then on: what ended its worker may have been theirs. */
export const SHARED_BEGINNINGS = 4;
/** How often a task may begin, whoever is to blame that it did not end. */
export const MOST_BEGINNINGS = 8;

/** Where a task is: waiting, handed to a worker, or over. */
type TaskState = 'queued' | 'sent' | 'settled';

/** What becomes of a task that is under way when its worker gives it back or ends. */
export type Doom = { state: 'cancelled' } | { state: 'failed'; error: ErrorInfo };

/** Who is told first when a task is settled: the pool. */
export interface TaskOwner<Argument, Result> {
  settled(task: Task<Argument, Result>): void;
}

export interface TaskOptions<Argument, Result> {
  /** Longest running time, ms; null for none. */
  deadlineMs: number | null;
  /** May be ended while it runs: it shares its worker's time and messages with no other task. */
  alone: boolean;
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
  readonly alone: boolean;
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
  /** Crashes of several workers together while it was one of those that ran: one of them did it. */
  suspicions = 0;
  /** Ended several workers together, or may have: runs with no other beside it. */
  isolated = false;
  startedMs: number | null = null;
  doom: Doom | null = null;
  /** Its worker is ended if it runs. */
  aborted = false;
  /** Stops listening to the signal that may abort it. */
  unheed: (() => void) | null = null;
  readonly #owner: TaskOwner<Argument, Result>;
  readonly #options: TaskOptions<Argument, Result>;

  constructor(
    owner: TaskOwner<Argument, Result>,
    id: number,
    argument: Argument,
    options: TaskOptions<Argument, Result>,
  ) {
    this.#owner = owner;
    this.#options = options;
    this.id = id;
    this.argument = argument;
    this.deadlineMs = options.deadlineMs;
    this.alone = options.alone;
    this.large = isLarge(argument);
    this.transfer = options.transfer ?? null;
  }

  done(value: Result, finishedMs: number): void {
    const { argument, id, attempts, queuedMs, startedMs, worker } = this;
    // Spelt out in each of these: a spread of what they share costs more than all else that a pool does for a task.
    this.#settle({ state: 'done', argument, id, worker, attempts, queuedMs, startedMs, finishedMs, value });
  }

  fail(error: ErrorInfo, finishedMs = nowMs()): void {
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
  meet(doom: Doom): void {
    if (doom.state === 'cancelled') this.cancel();
    else this.fail(doom.error);
  }

  #lastWorker(): number {
    return this.attempts === 0 ? 0 : this.worker;
  }

  #settle(outcome: TaskOutcome<Argument, Result>): void {
    // Twice would be a wrong number somewhere: better an error than a double count.
    if (this.state === 'settled') throw new Error(`Task ${String(this.id)} was settled twice.`);
    this.state = 'settled';
    this.#owner.settled(this);
    this.#options.deliver(outcome);
  }
}
