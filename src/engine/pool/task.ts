import type { ErrorInfo } from '../../contract';
import { nowMs } from '../clock';
import type { TaskOutcome } from '../executor';

/** How often a task may be under a worker that dies before it is failed. */
export const TRIES = 3;

/** Where a task is: waiting, handed to a worker, or over. */
type TaskState = 'queued' | 'sent' | 'settled';

/** What becomes of a task that is under way when its worker gives it back or ends. */
export type Doom = { state: 'cancelled' } | { state: 'failed'; error: ErrorInfo };

/** One task from its submission to the one moment it is settled. */
export class Task<Argument, Result> {
  readonly id: number;
  readonly argument: Argument;
  readonly queuedMs = nowMs();
  /** Longest running time, ms; null for none. */
  readonly deadlineMs: number | null;
  state: TaskState = 'queued';
  /** Its number within the worker it was sent to. */
  seq = 0;
  worker = 0;
  attempts = 0;
  /** Workers that died while they ran it. */
  deaths = 0;
  startedMs: number | null = null;
  doom: Doom | null = null;
  /** Its worker is ended if it runs. */
  aborted = false;
  readonly #settled: (outcome: TaskOutcome<Argument, Result>) => void;

  constructor(id: number, argument: Argument, deadlineMs: number | null, settled: (outcome: TaskOutcome<Argument, Result>) => void) {
    this.id = id;
    this.argument = argument;
    this.deadlineMs = deadlineMs;
    this.#settled = settled;
  }

  done(value: Result, startedMs: number, finishedMs: number): void {
    this.#settle({ ...this.#common(finishedMs), state: 'done', startedMs, value });
  }

  fail(error: ErrorInfo, finishedMs = nowMs()): void {
    this.#settle({ ...this.#common(finishedMs), state: 'failed', error });
  }

  cancel(): void {
    this.#settle({ ...this.#common(nowMs()), state: 'cancelled' });
  }

  /** Settles a task as it was decided when it could not be stopped at once. */
  meet(doom: Doom): void {
    if (doom.state === 'cancelled') this.cancel();
    else this.fail(doom.error);
  }

  #common(finishedMs: number) {
    const { argument, id, attempts, queuedMs, startedMs } = this;
    return { argument, id, worker: attempts === 0 ? 0 : this.worker, attempts, queuedMs, startedMs, finishedMs };
  }

  #settle(outcome: TaskOutcome<Argument, Result>): void {
    // Twice would be a wrong number somewhere: better an error than a double count.
    if (this.state === 'settled') throw new Error(`Task ${String(this.id)} was settled twice.`);
    this.state = 'settled';
    this.#settled(outcome);
  }
}
