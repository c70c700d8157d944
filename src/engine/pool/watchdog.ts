import { duration } from '../../contract';
import { nowMs, timerMs } from '../system/clock';
import type { Conditions } from '../listeners';
import type { Crew } from './crew';
import type { Dispatcher } from './dispatcher';
import type { Slot } from './slot';
import { isSuspended, suspendedLastMs, SUSPENSION_MS } from '../system/suspended';
import type { Task } from './task';

/** Nobody is blamed at the first look, as the answer may have come and not been read; the second comes after this time, ms. */
const CONFIRM_MS = 10;
/** Until the next look at one whose process others keep busy, ms. */
const OTHERS_MS = 100;

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
    const timer = setTimeout(
      () => {
        this.#look(task, slot, { deadlineMs: task.deadlineMs ?? 0, seen });
      },
      timerMs(Math.ceil(delayMs)),
    );
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
    else if (!slot.atFault()) this.#lookIn(OTHERS_MS, task, slot, true);
    else this.#missed(task, slot);
  }
}

/** How often is looked, at least and at most, ms. */
const SHORTEST_MS = 10;
const LONGEST_MS = 1000;
/** Until the next look where one was overdue, ms: its worker, and others that end with it, are gone by then. */
const AGAIN_MS = 100;
/** If our own timer is this late, ms, the machine stood still: no task is blamed for that time. */
const BLIND_MS = 250;
/** A worker with tasks that begins none for this long, ms (or for the deadline, if longer), is ended and replaced. */
const LEAST_STALL_MS = 3000;
const MOST_STALL_MS = 10_000;

export interface WatchOptions<A, R> {
  /** Longest running time of any task, ms; default: no limit. */
  deadlineMs: number | undefined;
  slots: readonly Slot<A, R>[];
  missed(task: Task<A, R>, slot: Slot<A, R>): void;
}

/**
 * Looks again and again for tasks that run longer than any may, and for workers that hold tasks and begin none. It finds one
 * task at a time: of those whose own doing that is (others that share their process may only have waited for them) the one
 * that has run longest. Nobody is blamed at the first look: the answer may have come and not been read. Workers that begin
 * nothing are ended too. Returns the function that ends the watch.
 */
export function watchWorkers<A, R>({
  deadlineMs = Number.POSITIVE_INFINITY,
  slots,
  missed,
}: WatchOptions<A, R>): () => void {
  const everyMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, deadlineMs / 4));
  const stallMs = Math.min(MOST_STALL_MS, Math.max(LEAST_STALL_MS, deadlineMs));
  const waits = new Waits<A, R>(Math.ceil(stallMs / everyMs));
  let seen = new Set<Task<A, R>>();
  let pardonedUntilMs = 0;
  let timer: NodeJS.Timeout;
  const again = (delayMs: number): void => {
    const dueMs = nowMs() + delayMs;
    timer = setTimeout(() => {
      const lateMs = nowMs() - dueMs;
      // No task could use that time.
      if (lateMs > BLIND_MS) pardonedUntilMs = nowMs() + Math.min(lateMs, deadlineMs);
      look();
    }, delayMs).unref();
  };
  const look = (): void => {
    const overdue = nowMs() < pardonedUntilMs ? [] : overdueOf(slots, deadlineMs);
    const known = overdue.filter(({ task }) => seen.has(task));
    seen = new Set(overdue.map(({ task }) => task));
    const found = known.find(({ slot }) => slot.atFault());
    again(overdue.length === 0 ? everyMs : known.length === 0 ? SHORTEST_MS : AGAIN_MS);
    if (found !== undefined) missed(found.task, found.slot);
    if (overdue.length === 0)
      for (const slot of waits.look(slots)) slot.fail(`it began none of its tasks for ${duration(stallMs)}`);
  };
  again(everyMs);
  return () => {
    clearTimeout(timer);
  };
}

/** The longest first. */
function overdueOf<A, R>(
  slots: readonly Slot<A, R>[],
  deadlineMs: number,
): { task: Task<A, R>; slot: Slot<A, R>; forMs: number }[] {
  return slots
    .filter((slot) => !slot.stopped)
    .flatMap((slot) => {
      const running = slot.running();
      return running === null
        ? []
        : [
            {
              slot,
              task: running.task,
              forMs: nowMs() - running.sinceMs,
              limitMs: deadlineMs + pardonMs(slot.pid, running.sinceMs, deadlineMs),
            },
          ];
    })
    .filter(({ slot, forMs, limitMs }) => forMs > limitMs && !isSuspended(slot.pid))
    .sort((a, b) => b.forMs - a.forMs);
}

/** A process that is suspended for longer is ended for that; a task that was suspended shorter has that much more time. */
function pardonMs(pid: number, sinceMs: number, deadlineMs: number): number {
  const lastMs = suspendedLastMs(pid);
  return lastMs !== null && lastMs >= sinceMs ? Math.min(deadlineMs, SUSPENSION_MS) : 0;
}

/** Counts consecutive looks at which a worker had tasks and started none; looks, not time, so that a paused machine blames nobody. */
class Waits<A, R> {
  readonly #most: number;
  readonly #seen = new WeakMap<Slot<A, R>, { pulse: number; looks: number }>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Those that have waited as long as any may. */
  look(slots: readonly Slot<A, R>[]): Slot<A, R>[] {
    return slots.filter((slot) => this.#looks(slot) === this.#most);
  }

  #looks(slot: Slot<A, R>): number {
    const { pulse } = slot;
    const seen = this.#seen.get(slot);
    const waits =
      slot.load > 0 &&
      slot.ready &&
      !slot.stopped &&
      slot.running() === null &&
      !isSuspended(slot.pid) &&
      slot.atFault();
    const looks = waits && seen?.pulse === pulse ? seen.looks + 1 : 0;
    this.#seen.set(slot, { pulse, looks });
    return looks;
  }
}

/** A task that a worker does not give back in this time is taken to be running there, or about to. */
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
  onAbort(signal: AbortSignal, task: Task<A, R>): void {
    const abort = (): void => {
      this.#abort(task);
    };
    task.offAbort = () => {
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
    task.decided ??= { state: 'cancelled' };
    task.aborted = true;
    const slot = this.#crew.slots.find((candidate) => candidate.holds(task));
    slot?.recall();
    setTimeout(() => {
      // It is alone with its worker: nothing else is lost.
      if (slot?.holds(task) === true) this.#crew.kill(slot);
    }, LOOK_MS).unref();
  }
}
