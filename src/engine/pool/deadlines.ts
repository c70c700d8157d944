import { nowMs } from '../clock';
import type { Slot } from './slot';
import type { Task } from './task';

/** Watches tasks that may only run for a time. Each is alone with its worker while it runs. */
export class Deadlines<A, R> {
  readonly #timers = new Map<Task<A, R>, NodeJS.Timeout>();
  readonly #missed: (task: Task<A, R>, slot: Slot<A, R>) => void;

  constructor(missed: (task: Task<A, R>, slot: Slot<A, R>) => void) {
    this.#missed = missed;
  }

  watch(task: Task<A, R>, slot: Slot<A, R>): void {
    if (task.deadlineMs !== null) this.#lookIn(task.deadlineMs, task, slot);
  }

  /** The task is settled or waits again. */
  forget(task: Task<A, R>): void {
    if (task.deadlineMs === null) return;
    clearTimeout(this.#timers.get(task));
    this.#timers.delete(task);
  }

  #lookIn(delayMs: number, task: Task<A, R>, slot: Slot<A, R>): void {
    const timer = setTimeout(() => {
      this.#look(task, slot, task.deadlineMs ?? 0);
    }, Math.ceil(delayMs));
    this.#timers.set(task, timer.unref());
  }

  #look(task: Task<A, R>, slot: Slot<A, R>, deadlineMs: number): void {
    this.#timers.delete(task);
    if (!slot.holds(task)) return;
    // The time runs from the start in the worker, which was a little after the task was sent.
    const running = slot.running();
    const leftMs = running?.task === task ? running.sinceMs + deadlineMs - nowMs() : deadlineMs;
    if (leftMs > 0) this.#lookIn(leftMs, task, slot);
    else this.#missed(task, slot);
  }
}
