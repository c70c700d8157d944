import { duration, LIMITS, type CoreloomError, type ExecutorKey } from '../../contract';
import { nowMs } from '../system/clock';
import { Kept, type KeepLimits } from './kept';
import { badCount, fruitless, limitReached, poolClosed, startFailed } from './sentences';
import { FORGOTTEN, Slot, type SlotEvents } from './slot';
import type { StartWorker, WorkerExit } from '../worker';

/** Workers started in one turn of the event loop: starting one blocks it for 0.5 ms (thread) to 1.5 ms (process). */
const STARTED_TOGETHER = 4;
/** A worker that is no longer wanted while it starts is ended after this time, or once it has started. */
const SPARED_MS = 100;
/** When none of the workers that start gets any further for so long, they hang: Node itself can, where no thread is left for it. */
const START_LIMIT_MS = 30_000;
/** One that is replaced has this long to end in order. */
const REPLACED_MS = 500;
/** Workers that may end in a row without a finished task before no more are started. */
const FRUITLESS = 5;
/** This many more than are wanted may exist at once, while those that were told to end do so. */
const SPARE = 2;

export interface CrewEvents<A, R> extends SlotEvents<A, R> {
  /** The number of workers, wanted or live, changed. */
  changed(): void;
  /** No further workers will be started until the next `resize`. */
  stoppedStarting(error: CoreloomError): void;
}

export interface CrewOptions {
  name: ExecutorKey;
  start: StartWorker;
  /** Without it no worker is kept. */
  keep?: KeepLimits | undefined;
  /** Called as other work begins than that of the workers which were kept and now end. */
  fresh?(): void;
}

/** The workers of a pool: brings their number to what is wanted, and replaces those that end. */
export class Crew<A, R> {
  readonly slots: Slot<A, R>[] = [];
  readonly #name: ExecutorKey;
  readonly #start: StartWorker;
  readonly #fresh: (() => void) | undefined;
  readonly #kept: Kept<A, R>;
  readonly #events: CrewEvents<A, R>;
  readonly #slotEvents: SlotEvents<A, R>;
  readonly #backoff = new Backoff();
  #desired = 0;
  #lastNumber = 0;
  /** Of all workers that ever started: those that hosts and the guard know them by. */
  #lastId = 0;
  #notBeforeMs = 0;
  #retry: NodeJS.Timeout | null = null;
  #stalled: NodeJS.Timeout | null = null;
  #more: NodeJS.Immediate | null = null;
  #failure: CoreloomError | null = null;
  /** No worker is started any more, not even in place of one that ends. */
  #exhausted = false;
  /** The most workers that the system had room for; those that die are replaced up to it. */
  #limit = Number.POSITIVE_INFINITY;
  /** The last refusal, until it is reported. */
  #refusal: { error: unknown } | null = null;
  #closed = false;
  /** Workers that share a process end in one turn of the event loop: they count once. */
  #counted = false;
  #waiting: { resolve(): void; reject(error: CoreloomError): void }[] = [];

  constructor({ name, start, keep, fresh }: CrewOptions, events: CrewEvents<A, R>) {
    this.#name = name;
    this.#start = start;
    this.#fresh = fresh;
    this.#kept = new Kept(keep, this.#dismiss.bind(this));
    this.#events = events;
    this.#slotEvents = { ...events, ready: this.#ready.bind(this), ended: this.#ended.bind(this) };
  }

  get desired(): number {
    return this.#desired;
  }

  /** Workers that can take tasks. */
  get live(): number {
    let live = 0;
    for (const slot of this.slots) if (slot.ready && slot.wanted) live += 1;
    return live;
  }

  /** Workers that wait to be used again, beside those of `slots`. */
  get kept(): number {
    return this.#kept.count;
  }

  /**
   * Work begins, whose workers are numbered from 1; workers of the same that wait are used again. Null: those of this work are
   * not kept, nor are any used again.
   */
  keep(work: string | null): void {
    this.#kept.begin(work);
    if (this.slots.length === 0) this.#lastNumber = 0;
  }

  /** Why no workers can start; null while some may, or while there are some. */
  get hopeless(): CoreloomError | null {
    return this.#exhausted && this.#desired > 0 && this.slots.length === 0 ? this.#failure : null;
  }

  /** Throws `bad-input` unless given a whole number from 0 to LIMITS.workers.max. */
  resize(desired: number): void {
    if (!Number.isInteger(desired) || desired < 0 || desired > LIMITS.workers.max) throw badCount(desired);
    this.#desired = desired;
    this.#failure = null;
    this.#exhausted = false;
    this.#limit = Number.POSITIVE_INFINITY;
    this.#backoff.reset();
    this.#notBeforeMs = 0;
    if (this.#kept.endOthers()) this.#fresh?.();
    this.#reconcile();
    this.#events.changed();
  }

  /** Resolves when as many workers are ready as are wanted. */
  async ready(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#answer();
    });
  }

  /** A worker did something useful. */
  succeeded(): void {
    this.#backoff.reset();
  }

  /** Takes a worker out of service and starts another; it ends once it is empty, or soon in any case. */
  replace(slot: Slot<A, R>, reason: string, place?: string): void {
    if (slot.condemned !== null) return;
    this.#kept.distrust();
    slot.condemned = { reason, place };
    this.#retire(slot);
    setTimeout(() => {
      if (this.slots.includes(slot)) slot.fail(reason);
    }, REPLACED_MS).unref();
    this.#reconcile();
  }

  /** Ends a worker at once, with what it runs, and starts another. */
  kill(slot: Slot<A, R>): void {
    slot.kill();
    if (!this.#closed) this.#reconcile();
    this.#events.changed();
  }

  /** Keeps or ends a worker that has given back or finished all it had, where it is no longer wanted. */
  release(slot: Slot<A, R>): void {
    if (!slot.retiring || slot.stopped || slot.load > 0 || this.#kept.has(slot)) return;
    if (!this.#kept.admit(slot)) {
      slot.stop();
      return;
    }
    this.slots.splice(this.slots.indexOf(slot), 1);
    this.#events.changed();
  }

  /** Wants no workers any more and ends those there are. */
  close(): void {
    this.#closed = true;
    this.#desired = 0;
    this.#cancelTimers();
    this.#kept.distrust();
    for (const slot of this.slots) if (!slot.stopped) slot.stop();
    this.#answer();
  }

  #reconcile(): void {
    this.#cancelTimers();
    const wanted = this.slots.filter((slot) => slot.wanted);
    let missing = this.#desired - wanted.length;
    // One that was to end when its task is over stays instead: nothing is faster to start.
    for (const slot of this.slots) {
      if (missing > 0 && slot.retiring && !slot.stopped && !slot.failed && slot.condemned === null) {
        slot.retiring = false;
        missing -= 1;
      }
    }
    for (const slot of surplus(wanted, -missing)) this.#retire(slot);
    this.#watchStarts();
    const growth = Math.min(missing, this.#limit - wanted.length, this.#desired + SPARE - this.slots.length);
    if (growth > 0) this.#grow(growth);
    this.#answer();
  }

  #grow(missing: number): void {
    const waitMs = this.#notBeforeMs - nowMs();
    if (waitMs > 0) {
      this.#retry = setTimeout(() => {
        this.#reconcile();
      }, waitMs).unref();
      return;
    }
    for (let i = 0; i < Math.min(missing, STARTED_TOGETHER); i += 1) {
      if (!this.#startOne()) return;
    }
    if (missing > STARTED_TOGETHER) {
      this.#more = setImmediate(() => {
        this.#reconcile();
      });
    }
  }

  #startOne(): boolean {
    const kept = this.#kept.take();
    if (kept !== undefined) {
      this.slots.push(kept);
      if (kept.number === FORGOTTEN) kept.number = this.#lastNumber += 1;
      kept.rejoin();
      return true;
    }
    const single = this.slots.length === 0 && Math.min(this.#limit, this.#desired) === 1;
    try {
      const id = this.#lastId + 1;
      const slot = new Slot(this.#lastNumber + 1, (events) => this.#start(id, events), this.#slotEvents);
      slot.single = single;
      this.slots.push(slot);
      this.#lastId = id;
      this.#lastNumber += 1;
      return true;
    } catch (error) {
      this.#limited(error, single);
      // Nobody ends who would have it tried again.
      if (this.slots.length === 0 && !single)
        this.#more = setImmediate(() => {
          this.#reconcile();
        });
      return false;
    }
  }

  /** Ends a worker that was kept and is not used again. */
  #dismiss(slot: Slot<A, R>): void {
    slot.dismissed = true;
    this.slots.push(slot);
    slot.stop();
  }

  #retire(slot: Slot<A, R>): void {
    slot.retiring = true;
    if (slot.ready) {
      slot.recall();
      this.release(slot);
      return;
    }
    // A slider that is dragged to and fro must not start and kill a worker at each step: this one may be wanted again.
    setTimeout(() => {
      if (slot.retiring && !slot.ready && !slot.stopped) slot.kill();
    }, SPARED_MS).unref();
  }

  /** Starts over whenever a worker starts, is ready or ends: many that start together may take long. */
  #watchStarts(): void {
    if (this.#stalled !== null) clearTimeout(this.#stalled);
    this.#stalled = setTimeout(() => {
      for (const slot of this.slots) if (!slot.ready) slot.fail(`it was not ready after ${duration(START_LIMIT_MS)}`);
    }, START_LIMIT_MS).unref();
  }

  #ready(slot: Slot<A, R>): void {
    this.#watchStarts();
    this.release(slot);
    this.#events.ready(slot);
    this.#tellLimit();
    this.#events.changed();
    this.#answer();
  }

  #ended(slot: Slot<A, R>, exit: WorkerExit): void {
    // Nobody counted on it.
    if (this.#kept.drop(slot)) return;
    if (!slot.stopped) this.#kept.distrust();
    const useful = slot.settled > 0 || slot.running() !== null || wasIdle(slot);
    this.slots.splice(this.slots.indexOf(slot), 1);
    this.#events.ended(slot, exit);
    if (useful) this.#backoff.reset();
    else if (exit.refused === true) this.#limited(exit.reason ?? 'no reason was given', slot.single);
    else if (isFruitless(slot, exit)) this.#wait(slot, exit);
    if (this.#closed) return;
    this.#tellLimit();
    this.#reconcile();
    this.#events.changed();
  }

  /** The system has no room for more workers: what was reached is kept up, and no more are started. */
  #limited(error: unknown, single: boolean): void {
    // If all that started together were refused, try a single one before saying there is room for none.
    this.#limit = Math.min(this.#limit, single ? 0 : Math.max(1, this.slots.length));
    this.#refusal = { error };
    this.#tellLimit();
  }

  /** Reports a refusal only when no worker is starting any more: those may be refused too. */
  #tellLimit(): void {
    const awaited = this.slots.length < Math.min(this.#limit, this.#desired) || this.slots.some((slot) => !slot.ready);
    if (this.#refusal === null || awaited) return;
    const { error } = this.#refusal;
    this.#refusal = null;
    // Fewer are wanted by now.
    if (this.slots.length >= this.#desired) return;
    this.#stopStarting(limitReached(this.#name, this.slots.length, this.#desired, error));
  }

  /** Puts off the next start after one that came to nothing, or gives up. */
  #wait(slot: Slot<A, R>, exit: WorkerExit): void {
    if (this.#counted) return;
    this.#counted = true;
    setImmediate(() => {
      this.#counted = false;
    });
    const waitMs = this.#backoff.failed();
    if (waitMs === null) {
      // Those that still start will fare no better, but may stay if they do.
      this.#limit = Math.min(this.#limit, this.slots.filter((other) => other.ready).length);
      const last = {
        worker: slot.number,
        exit: slot.condemned === null ? exit : { code: null, signal: null, ...slot.condemned },
        live: this.live,
      };
      this.#stopStarting(slot.ready ? fruitless(this.#name, FRUITLESS, last) : startFailed(this.#name, last));
    } else this.#notBeforeMs = nowMs() + waitMs;
  }

  /** Reports once that there will be fewer workers than are wanted, and once that there will be none. */
  #stopStarting(error: CoreloomError): void {
    const exhausted = this.#limit === 0;
    if (this.#failure !== null && exhausted === this.#exhausted) return;
    this.#failure = error;
    this.#exhausted = exhausted;
    this.#events.stoppedStarting(error);
    this.#answer();
  }

  #answer(): void {
    if (this.#waiting.length === 0) return;
    const error = this.#closed ? poolClosed(this.#name) : this.#failure;
    const live = this.live;
    if (error === null && live < this.#desired) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { resolve, reject } of waiting) {
      if (live >= this.#desired && !this.#closed) resolve();
      else if (error !== null) reject(error);
    }
  }

  #cancelTimers(): void {
    if (this.#retry !== null) clearTimeout(this.#retry);
    if (this.#more !== null) clearImmediate(this.#more);
    if (this.#stalled !== null) clearTimeout(this.#stalled);
    this.#retry = null;
    this.#more = null;
  }
}

/** A worker that has lived this long with nothing to do was of use. */
const USEFUL_LIFE_MS = 1000;

/** Whether a worker was alive for long and had nothing to do in the end. */
function wasIdle<A, R>({ ready, readyMs, load, condemned }: Slot<A, R>): boolean {
  return ready && load === 0 && condemned === null && nowMs() - readyMs > USEFUL_LIFE_MS;
}

/** Whether a worker's end counts against the tasks' module: it was not told to end, and did not end because of one beside it. */
function isFruitless<A, R>({ condemned, stopped }: Slot<A, R>, { collateral }: WorkerExit): boolean {
  if (condemned !== null) return true;
  return !stopped && (collateral === undefined || collateral === 'kill');
}

/** The `count` workers that are missed least: starting ones, then idle ones, then the newest. */
function surplus<A, R>(slots: Slot<A, R>[], count: number): Slot<A, R>[] {
  if (count <= 0) return [];
  const rank = (slot: Slot<A, R>): number => (slot.ready ? Math.min(slot.load, 1) + 1 : 0);
  return slots.toSorted((a, b) => rank(a) - rank(b) || b.number - a.number).slice(0, count);
}

const FIRST_MS = 20;

/** Decides when a worker that failed is replaced: at once, later, or never. */
class Backoff {
  #fruitless = 0;

  /** A worker ended without having been of use; answers how long to wait in ms, or null to give up. */
  failed(): number | null {
    this.#fruitless += 1;
    return this.#fruitless >= FRUITLESS ? null : FIRST_MS * 2 ** (this.#fruitless - 1);
  }

  /** Something worked. */
  reset(): void {
    this.#fruitless = 0;
  }
}
