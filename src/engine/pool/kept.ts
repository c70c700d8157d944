import type { Slot } from './slot';

/** How many workers wait at most to be used again, and for how long after the last of them has come, ms. */
export interface KeepLimits {
  most: number;
  idleMs: number;
}

/**
 * Idle workers that wait to be used again, so that threads are not created and terminated run after run
 * (electron/electron#47986). Only for work that asks for it, and only for the same work: an experiment that measures starts
 * has fresh workers, beside none that wait. One that has never finished a task is not kept: its code is not warm yet.
 */
export class Kept<A, R> {
  readonly #limits: KeepLimits | undefined;
  readonly #end: (slot: Slot<A, R>) => void;
  readonly #slots: Slot<A, R>[] = [];
  /** What is worked on now, if its workers may be kept. */
  #work: string | null = null;
  /** What those that wait have worked on. */
  #last: string | null = null;
  #timer: NodeJS.Timeout | null = null;

  /** `end` is given each worker that waits no longer and is not used again. */
  constructor(limits: KeepLimits | undefined, end: (slot: Slot<A, R>) => void) {
    this.#limits = limits;
    this.#end = end;
  }

  get count(): number {
    return this.#slots.length;
  }

  /** Other work, or the same once more, begins; null: workers of it are not kept. */
  begin(work: string | null): void {
    this.#work = work;
    if (work === this.#last) for (const slot of this.#slots) slot.forget();
  }

  /** Takes in a worker that is no longer wanted; false if it is not to be kept. */
  admit(slot: Slot<A, R>): boolean {
    const { most, idleMs } = this.#limits ?? { most: 0, idleMs: 0 };
    if (this.#work === null || this.count >= most || slot.condemned !== null) return false;
    if (slot.settled === 0 && !slot.reused) return false;
    this.#last = this.#work;
    this.#slots.push(slot);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.endAll();
    }, idleMs).unref();
    return true;
  }

  /** The one that came last. */
  take(): Slot<A, R> | undefined {
    return this.#slots.pop();
  }

  has(slot: Slot<A, R>): boolean {
    return this.#slots.includes(slot);
  }

  /** Lets one go that has ended by itself; false if it did not wait here. */
  drop(slot: Slot<A, R>): boolean {
    const at = this.#slots.indexOf(slot);
    if (at >= 0) this.#slots.splice(at, 1);
    return at >= 0;
  }

  /** Ends those of other work; answers whether there were any. */
  endOthers(): boolean {
    if (this.count === 0 || this.#work === this.#last) return false;
    this.endAll();
    return true;
  }

  /** A worker failed by itself: nobody knows what the others are like. None of this work is kept. */
  distrust(): void {
    this.#work = null;
    this.endAll();
  }

  endAll(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const slot of this.#slots.splice(0)) this.#end(slot);
  }
}
