import type { Conditions } from './conditions';
import type { Crew } from './crew';
import type { Dispatcher } from './dispatcher';
import type { Task } from './task';

/** A task that a worker does not give back in this time is taken to be running there. */
const LOOK_MS = 50;

/** Cancels single tasks by their signals. */
export class Aborts<A, R> {
  readonly #crew: Crew<A, R>;
  readonly #dispatcher: Dispatcher<A, R>;
  readonly #conditions: Conditions;

  constructor(crew: Crew<A, R>, dispatcher: Dispatcher<A, R>, conditions: Conditions) {
    this.#crew = crew;
    this.#dispatcher = dispatcher;
    this.#conditions = conditions;
  }

  /** Cancels the task when the signal is aborted, until it is settled. */
  heed(signal: AbortSignal, task: Task<A, R>): void {
    const abort = (): void => {
      this.#abort(task);
    };
    task.unheed = () => {
      signal.removeEventListener('abort', abort);
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  }

  #abort(task: Task<A, R>): void {
    if (task.state === 'queued') {
      this.#dispatcher.forget();
      task.cancel();
      this.#conditions.check();
      return;
    }
    // With a worker: if it comes back it is cancelled then, and if it does not it is running.
    task.doom = { state: 'cancelled' };
    task.aborted = true;
    const slot = this.#crew.slots.find((candidate) => candidate.holds(task));
    slot?.recall();
    setTimeout(() => {
      if (slot !== undefined && slot.running()?.task === task) this.#crew.kill(slot);
    }, LOOK_MS).unref();
  }
}
