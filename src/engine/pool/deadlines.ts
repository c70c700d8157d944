import { nowMs } from '../clock';
import type { Slot } from './slot';
import type { Task } from './task';

/** Nobody is blamed at the first look, as the answer may have come and not been read; the second comes after this time, ms. */
const CONFIRM_MS = 10;
/** Until the next look at one whose process others keep busy, ms. */
const AGAIN_MS = 100;

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

  #lookIn(delayMs: number, task: Task<A, R>, slot: Slot<A, R>, seen = false): void {
    const timer = setTimeout(() => {
      this.#look(task, slot, { deadlineMs: task.deadlineMs ?? 0, seen });
    }, Math.ceil(delayMs));
    this.#timers.set(task, timer.unref());
  }

  #look(task: Task<A, R>, slot: Slot<A, R>, { deadlineMs, seen }: { deadlineMs: number; seen: boolean }): void {
    this.#timers.delete(task);
    if (!slot.holds(task)) return;
    // The time runs from the start in the worker, which was a little after the task was sent.
    const running = slot.running();
    const leftMs = running?.task === task ? running.sinceMs + deadlineMs - nowMs() : deadlineMs;
    if (leftMs > 0) this.#lookIn(leftMs, task, slot);
    else if (!seen) this.#lookIn(CONFIRM_MS, task, slot, true);
    else if (!slot.atFault()) this.#lookIn(AGAIN_MS, task, slot, true);
    else this.#missed(task, slot);
  }
}
