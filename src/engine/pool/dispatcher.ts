import { availableParallelism } from 'node:os';
import { nowMs } from '../system/clock';
import type { Slot } from './slot';
import type { Task } from './task';

/** Expected work behind a running task that is worth taking back for an idle worker, ms. */
const WORTH_MOVING_MS = 0.2;

/** Behind a task that has run this long, in ms, nothing is left waiting while a worker is idle. */
const LONG_WAIT_MS = 5;

/**
 * A message port hands on messages as long as there are any. Workers that are answered at once could keep it busy for
 * ever; after this time, in ms, they wait until the event loop has been round.
 */
const LONGEST_TURN_MS = 2;

/** Deals tasks out to workers, in order, up to the learnt window. */
export class Dispatcher<A, R> {
  readonly window: Window;
  readonly #queue = new Queue<Task<A, R>>();
  readonly #slots: readonly Slot<A, R>[];
  readonly #pull: () => Task<A, R> | undefined;
  readonly #given: (task: Task<A, R>, slot: Slot<A, R>) => void;
  readonly #awake = new Awake();
  #waiting = 0;
  /** The task that must run alone; nothing else is dealt until it is settled. */
  #suspect: Task<A, R> | null = null;
  /** From the first deal of a turn of the event loop until the loop goes on. */
  #turning = false;
  #turnStartedMs = 0;
  #look: NodeJS.Timeout | null = null;
  #scheduled = false;

  /** `pull` gives further tasks once the queue is empty; `given` is called for each task that a worker gets. */
  constructor(
    slots: readonly Slot<A, R>[],
    pull: () => Task<A, R> | undefined,
    given: (task: Task<A, R>, slot: Slot<A, R>) => void,
    aheadMs?: number,
  ) {
    this.window = new Window(aheadMs);
    this.#slots = slots;
    this.#pull = pull;
    this.#given = given;
  }

  /** Tasks that wait here. */
  get waiting(): number {
    return this.#waiting;
  }

  add(task: Task<A, R>): void {
    this.#queue.push(task);
    this.#waiting += 1;
    this.soon();
  }

  /** Puts tasks back before all others, in their order. */
  requeue(tasks: readonly Task<A, R>[]): void {
    for (const task of tasks.toReversed()) {
      task.state = 'queued';
      this.#queue.unshift(task);
    }
    this.#waiting += tasks.length;
  }

  /** A queued task is settled elsewhere; its place in the queue is passed over. */
  forget(): void {
    this.#waiting -= 1;
  }

  /** Takes out every task that waits. */
  clear(): Task<A, R>[] {
    const tasks: Task<A, R>[] = [];
    for (let task = this.#next(false); task !== undefined; task = this.#next(false)) tasks.push(task);
    return tasks;
  }

  /** Schedules a deal: next tick if a worker is idle, else at the end of this turn, with everything that arrives in it. */
  soon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const busyForMs = this.#turning ? nowMs() - this.#turnStartedMs : 0;
    if (busyForMs < LONGEST_TURN_MS && this.#slots.some((slot) => slot.open && slot.load === 0))
      process.nextTick(this.#deal);
    else setImmediate(this.#deal);
  }

  readonly #endTurn = (): void => {
    this.#turning = false;
  };

  readonly #deal = (): void => {
    this.#scheduled = false;
    if (!this.#turning) {
      this.#turning = true;
      this.#turnStartedMs = nowMs();
      setImmediate(this.#endTurn);
    }
    const size = this.window.size;
    const dry = this.#slots.filter((slot) => slot.load === 0 && slot.settled > 0);
    this.#fill(size);
    for (const slot of this.#slots) {
      if (slot.flush() && slot.load >= size) this.window.refilled(dry.includes(slot));
    }
    this.#rebalance();
    if (this.#expectsSoon()) this.#awake.stay();
  };

  /** Whether a worker is about to be done with all that it has, or, before the first result, may be. */
  #expectsSoon(): boolean {
    const { meanMs } = this.window;
    return this.#slots.some((slot) => slot.load > 0 && slot.load * meanMs <= AWAKE_MS);
  }

  /**
   * Gives tasks one at a time to the worker that holds the fewest: idle workers first, then in turn, so that tasks start in
   * about the order in which they came, and a worker that has just answered many gets as many in one message.
   */
  #fill(size: number): void {
    if (this.#suspect?.state === 'sent') return;
    for (;;) {
      let level = Number.POSITIVE_INFINITY;
      for (const slot of this.#slots) if (slot.load < level && slot.room(size) > 0) level = slot.load;
      if (level === Number.POSITIVE_INFINITY) return;
      for (const slot of this.#slots) {
        if (slot.load === level && slot.room(size) > 0 && !this.#giveNext(slot)) return;
      }
    }
  }

  /** False where there is no task to give. */
  #giveNext(slot: Slot<A, R>): boolean {
    const task = this.#next(true);
    if (task === undefined) return false;
    if (task.aloneInWorker && slot.load > 0) {
      // It may be ended with its worker: no other task or result may wait behind it.
      this.requeue([task]);
      return false;
    }
    if (task.aloneInPool && this.#slots.some((other) => other.load > 0)) {
      this.requeue([task]);
      return false;
    }
    slot.give(task);
    this.#given(task, slot);
    if (!task.aloneInPool) return true;
    this.#suspect = task;
    return false;
  }

  #next(pull: boolean): Task<A, R> | undefined {
    for (let task = this.#queue.shift(); task !== undefined; task = this.#queue.shift()) {
      if (task.state !== 'queued') continue;
      this.#waiting -= 1;
      return task;
    }
    return pull ? this.#pull() : undefined;
  }

  /** When nothing waits here but a worker is idle, it gets what waits behind another's running task. */
  readonly #rebalance = (): void => {
    if (this.#waiting > 0 || !this.#slots.some((slot) => slot.open && slot.load === 0)) return;
    for (const slot of this.#slots.filter(({ recallable }) => recallable)) {
      if ((slot.load - 1) * this.window.meanMs > WORTH_MOVING_MS || slot.runningForMs() > LONG_WAIT_MS) slot.recall();
      // It should end any moment; look again in 5 ms in case it does not.
      else this.#look ??= setTimeout(this.#lookAgain, LONG_WAIT_MS).unref();
    }
  };

  readonly #lookAgain = (): void => {
    this.#look = null;
    this.#rebalance();
  };
}

/** An answer that is expected within this time, ms, is awaited awake: to sleep and be woken from another core takes about as long. */
const AWAKE_MS = 0.06;

/**
 * Keeps the event loop turning, instead of sleeping, for a moment. Everything else in the loop has its turn as always.
 * Only where there is a second core: on the only one it would keep the worker from it.
 */
export class Awake {
  readonly #useful = availableParallelism() > 1;
  #untilMs = 0;
  #turning = false;

  /** From now for `AWAKE_MS`. */
  stay(): void {
    if (!this.#useful) return;
    this.#untilMs = nowMs() + AWAKE_MS;
    if (this.#turning) return;
    this.#turning = true;
    setImmediate(this.#turn);
  }

  readonly #turn = (): void => {
    this.#turning = nowMs() < this.#untilMs;
    if (this.#turning) setImmediate(this.#turn);
  };
}

/** Work that a worker has waiting beside the task it runs, ms: enough to bridge a Node hand-over, little to take back. */
const AHEAD_MS = 8;
/** The most it may grow to on a machine so busy that this process is often late. */
const MOST_AHEAD_MS = 12;
/** Beside a task longer than this nothing waits: the hand-over is lost in it, and a prefetched task would be late. */
const LONG_MS = 20;
const LARGEST = 512;

/** Learns from running times, and from workers that ran out of work, how many tasks a worker is given at a time. */
export class Window {
  readonly #leastMs: number;
  /** Moving average of running times, ms; null before the first. */
  #meanMs: number | null = null;
  #aheadMs: number;

  constructor(leastMs = AHEAD_MS) {
    this.#leastMs = leastMs;
    this.#aheadMs = leastMs;
  }

  /** Takes in the mean running time of `count` tasks. */
  observe(meanMs: number, count: number): void {
    const weight = 1 - 0.9 ** Math.min(count, 8);
    this.#meanMs = this.#meanMs === null ? meanMs : this.#meanMs + (meanMs - this.#meanMs) * weight;
  }

  /** Takes in whether a worker had nothing left when there was enough for it. */
  refilled(wasDry: boolean): void {
    this.#aheadMs = wasDry
      ? Math.min(this.#aheadMs * 1.2, MOST_AHEAD_MS)
      : Math.max(this.#aheadMs * 0.995, this.#leastMs);
  }

  /** Expected running time of a task, ms; 0 before the first result. */
  get meanMs(): number {
    return this.#meanMs ?? 0;
  }

  /** Tasks that one worker may hold, the running one included. */
  get size(): number {
    if (this.#meanMs === null || this.#meanMs > LONG_MS) return 1;
    return 1 + Math.min(LARGEST - 1, Math.ceil(this.#aheadMs / Math.max(this.#meanMs, 1e-3)));
  }
}

/** A first-in-first-out queue on a ring, whose front can be put back; `Array.shift` costs microseconds when it is long. */
class Queue<T> {
  #items: (T | undefined)[] = new Array<T | undefined>(64);
  #head = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(item: T): void {
    this.#grow();
    this.#items[(this.#head + this.#length) & (this.#items.length - 1)] = item;
    this.#length += 1;
  }

  /** Puts an item before all others. */
  unshift(item: T): void {
    this.#grow();
    this.#head = (this.#head - 1) & (this.#items.length - 1);
    this.#items[this.#head] = item;
    this.#length += 1;
  }

  peek(): T | undefined {
    return this.#length === 0 ? undefined : this.#items[this.#head];
  }

  shift(): T | undefined {
    if (this.#length === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#items.length - 1);
    this.#length -= 1;
    return item;
  }

  #grow(): void {
    const size = this.#items.length;
    if (this.#length < size) return;
    // The length is a power of two, so that places wrap by a mask.
    const wider = new Array<T | undefined>(size * 2);
    for (let i = 0; i < size; i += 1) wider[i] = this.#items[(this.#head + i) & (size - 1)];
    this.#items = wider;
    this.#head = 0;
  }
}
