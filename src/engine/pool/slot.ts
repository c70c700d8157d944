import { plain, plainIn, type WorkerState, type WorkerStatus } from '../../contract';
import { nowMs } from '../system/clock';
import { StartUp } from './start-up';
import { parcels } from './values';
import type { Task } from './task';
import type { Failure, PoolWorker, ResultBatch, TaskBatch, WorkerEvents, WorkerExit } from '../worker';

/** How far the clocks of two cores may be apart, ms. */
const CLOCK_ERROR_MS = 0.01;

export interface SlotEvents<A, R> {
  ready(slot: Slot<A, R>): void;
  /** `startedMs` is null where the times that the worker gave are impossible; `finishedMs` is when it was heard then. */
  ran(task: Task<A, R>, startedMs: number | null, finishedMs: number, value: unknown): void;
  failed(task: Task<A, R>, startedMs: number | null, finishedMs: number, failure: Failure): void;
  /** Once after each batch of `ran` and `failed`. */
  batch(slot: Slot<A, R>, meanMs: number, count: number): void;
  /** An argument turned out not to be cloneable as it was sent. */
  refused(task: Task<A, R>, error: unknown): void;
  /** Tasks that had not started come back, in order; also empty. */
  returned(slot: Slot<A, R>, tasks: Task<A, R>[]): void;
  /** More tasks fit than before. */
  room(): void;
  line(slot: Slot<A, R>, text: string, atMs: number, lost?: number): void;
  fault(slot: Slot<A, R>, message: string, place?: string): void;
  ended(slot: Slot<A, R>, exit: WorkerExit): void;
}

/** The number of a worker of earlier work, until it is taken up in other. */
export const FORGOTTEN = 0;

/** One place in the pool: a worker, and the tasks it was given and has not answered. */
export class Slot<A, R> {
  /** By which its work names it; other than that by which its host knows it. */
  number: number;
  readonly #worker: PoolWorker;
  readonly #events: SlotEvents<A, R>;
  /** Tasks sent and not answered, oldest first: the worker runs them in this order. */
  #inFlight: Task<A, R>[] = [];
  #outbox: Task<A, R>[] = [];
  #nextSeq = 0;
  ready = false;
  /** No longer wanted: gets nothing new and ends when it is empty. */
  retiring = false;
  /** Why it is not to be trusted any more: retiring, and nothing brings it back. */
  condemned: Pick<WorkerExit, 'reason' | 'place'> | null = null;
  /** The only worker when it was started: if it is refused there is room for none. */
  single = false;
  /** Was told to end. */
  stopped = false;
  #recalling = false;
  /** The last recall was answered: what it still holds has started. */
  #allStarted = true;
  /** Why we end it, though the pool wanted it; nothing that it says counts any more. */
  #failure: string | null = null;
  settled = 0;
  /** Was kept from earlier work: had no start-up in this. */
  reused = false;
  /** Was kept at least once, and taken up again. */
  rejoined = false;
  /** It waited to be used again and now ends: it is no worker of what goes on meanwhile. */
  dismissed = false;
  readonly #startUp = new StartUp({
    ping: () => {
      this.#worker.ping();
    },
    unanswered: (reason) => {
      this.fail(reason);
    },
  });

  constructor(number: number, start: (events: WorkerEvents) => PoolWorker, events: SlotEvents<A, R>) {
    this.number = number;
    this.#events = events;
    this.#worker = start({
      ready: (identity) => {
        this.#startUp.started(identity);
      },
      pong: () => {
        if (this.failed || !this.#startUp.answered()) return;
        this.ready = true;
        events.ready(this);
      },
      results: (batch) => {
        if (!this.failed) this.#take(batch);
      },
      returned: (from, end = Number.POSITIVE_INFINITY, settled = true) => {
        this.#returned(from, end, settled);
      },
      room: () => {
        events.room();
      },
      line: (text, atMs, lost) => {
        events.line(this, text, atMs, lost);
      },
      fault: (message, place) => {
        events.fault(this, plain(message), place === undefined ? undefined : plain(place));
      },
      broken: this.fail.bind(this),
      ended: (exit) => {
        this.#startUp.end();
        // We ended this one: report our reason, not what its process says.
        events.ended(
          this,
          this.#failure === null ? plainIn(exit) : { code: null, signal: null, reason: this.#failure },
        );
      },
    });
  }

  get pid(): number {
    return this.#startUp.identity?.pid ?? this.#worker.pid;
  }
  get tid(): number | null {
    return this.#startUp.identity?.tid ?? null;
  }
  get readyMs(): number {
    return this.#startUp.readyMs ?? 0;
  }
  get startUpMs(): number | null {
    return this.#startUp.tookMs;
  }

  /** Tasks given and not answered. */
  get load(): number {
    return this.#inFlight.length + this.#outbox.length;
  }

  /** Whether it is one of those that the pool counts on: neither leaving nor ended. */
  get wanted(): boolean {
    return !this.retiring && !this.stopped && !this.failed;
  }

  get failed(): boolean {
    return this.#failure !== null;
  }

  /** Whether it may be given tasks now. */
  get open(): boolean {
    return this.ready && this.wanted && !this.#recalling;
  }

  /** Whether a recall may bring back any task. */
  get recallable(): boolean {
    return this.open && this.load > 1 && !this.#allStarted;
  }

  /** Changes whenever it answers or starts a task. */
  get pulse(): number {
    return this.settled + (this.#worker.lastStarted()?.seq ?? -1);
  }

  /** How many more tasks it may be given when each worker may hold `window`. */
  room(window: number): number {
    const oldest = this.#inFlight[0] ?? this.#outbox[0];
    if (!this.open || oldest?.aloneInWorker === true) return 0;
    return Math.min(window - this.load, this.#worker.room(this.#nextSeq) - this.#outbox.length);
  }

  give(task: Task<A, R>): void {
    task.state = 'sent';
    task.worker = this.number;
    this.#outbox.push(task);
  }

  /** Sends what was given, in one message; false where that is nothing. */
  flush(): boolean {
    const tasks = this.#outbox;
    if (tasks.length === 0 || this.stopped) return false;
    this.#outbox = [];
    for (const parcel of parcels(tasks)) this.#sendParcel(parcel);
    return true;
  }

  /** Asks for the tasks that have not started. */
  recall(): void {
    // What was moved to the worker cannot be given to another.
    if (this.#recalling || !this.ready || this.#inFlight[0]?.moved === true) return;
    this.#recalling = true;
    this.#worker.recall();
  }

  /** The task it runs now, as far as the worker has told. */
  running(): { task: Task<A, R>; sinceMs: number } | null {
    const last = this.#inFlight.length === 0 ? null : this.#worker.lastStarted();
    if (last === null) return null;
    const task = this.#inFlight.find((candidate) => candidate.seq === last.seq);
    if (task === undefined) return null;
    // A start that cannot be is not believed: the task has been here since it was sent.
    const possible = last.startedMs >= task.sentMs && last.startedMs <= nowMs();
    return { task, sinceMs: possible ? last.startedMs : task.sentMs };
  }

  /** How long its running task has run, ms; 0 where it runs none. */
  runningForMs(): number {
    const running = this.running();
    return running === null ? 0 : nowMs() - running.sinceMs;
  }

  /** Whether it is its own doing that its task runs so long, or that it begins none. */
  atFault(): boolean {
    return this.#worker.atFault?.(this.runningForMs()) ?? true;
  }

  holds(task: Task<A, R>): boolean {
    return this.#inFlight.includes(task) || this.#outbox.includes(task);
  }

  /** All that it was given and has not answered, oldest first. */
  tasks(): Task<A, R>[] {
    return [...this.#inFlight, ...this.#outbox];
  }

  /** Takes everything from a worker that has ended; `started` is how many of them it had started. */
  takeAll(): { tasks: Task<A, R>[]; started: number } {
    const lastSeq = this.#inFlight.length === 0 ? -1 : (this.#worker.lastStarted()?.seq ?? -1);
    const started = this.#inFlight.filter((task) => task.seq <= lastSeq).length;
    return { tasks: [...this.#inFlight.splice(0), ...this.#outbox.splice(0)], started };
  }

  /** Takes up again after it was kept: once it has answered, as after a start. */
  rejoin(): void {
    this.rejoined = true;
    this.retiring = false;
    this.ready = false;
    this.#startUp.again();
  }

  /** Work begins that what it did before has no part in. */
  forget(): void {
    this.number = FORGOTTEN;
    this.reused = true;
    this.settled = 0;
    this.#startUp.forget();
  }

  /** Ends the worker: in order where it has nothing to do, else at once. */
  stop(): void {
    this.stopped = true;
    if (this.ready && this.load === 0) this.#worker.stop();
    else this.#worker.kill();
  }

  kill(): void {
    this.stopped = true;
    this.#worker.kill();
  }

  /** Ends a worker that the pool wanted; its end is reported with this reason. */
  fail(reason: string): void {
    this.#failure ??= reason;
    this.#worker.kill();
  }

  status(): WorkerStatus {
    const { number: worker, pid, tid, settled, startUpMs } = this;
    const { handOverUs } = this.#startUp;
    return {
      worker,
      state: this.#state(),
      pid,
      tid,
      settled,
      startUpMs,
      handOverUs,
      ...(this.reused ? { reused: true } : {}),
    };
  }

  #state(): WorkerState {
    if (this.stopped || this.retiring) return { state: 'stopping' };
    if (!this.ready) return { state: 'starting' };
    const running = this.running();
    return running === null ? { state: 'idle' } : { state: 'running', task: running.task.id, sinceMs: running.sinceMs };
  }

  #send(tasks: readonly Task<A, R>[]): void {
    const batch: TaskBatch = [this.#nextSeq];
    let seq = this.#nextSeq;
    const sentMs = nowMs();
    for (const task of tasks) {
      task.seq = seq;
      task.sentMs = sentMs;
      seq += 1;
      batch.push(task.argument);
    }
    // A task with something to move is alone in its message.
    const transfer = tasks[0]?.transfer ?? null;
    if (transfer !== null) this.#move(tasks, batch, transfer);
    else this.#worker.send(batch);
    this.#nextSeq = seq;
    this.#allStarted = false;
    for (const task of tasks) this.#inFlight.push(task);
  }

  #move(tasks: readonly Task<A, R>[], batch: TaskBatch, transfer: readonly ArrayBuffer[]): void {
    const full = transfer.filter((buffer) => buffer.byteLength > 0);
    this.#worker.send(batch, transfer);
    const moved = full.some((buffer) => buffer.byteLength === 0);
    for (const task of tasks) task.moved = moved;
  }

  /** If a message cannot be cloned, each of its tasks goes in one of its own, and the one to blame is refused. */
  #sendParcel(tasks: readonly Task<A, R>[]): void {
    try {
      this.#send(tasks);
    } catch (error) {
      const [only] = tasks;
      if (tasks.length === 1 && only !== undefined) this.#events.refused(only, error);
      else for (const task of tasks) this.#sendParcel([task]);
    }
  }

  #take(batch: ResultBatch): void {
    const { first, values, stamps } = batch;
    const count = values.length;
    const had = this.#inFlight[0]?.seq === first && this.#inFlight[count - 1]?.seq === first + count - 1;
    // Only a task's own code that speaks on our channel can do this; nothing it says can be believed.
    if (!had) return this.fail('it answered tasks that it did not have');
    const tasks = this.#inFlight.splice(0, count);
    this.settled += count;
    const heardMs = nowMs();
    const errorMs = CLOCK_ERROR_MS + (this.#worker.clockErrorMs ?? 0);
    let runningMs = 0;
    for (let i = 0; i < count; i += 1) {
      const task = tasks[i] as Task<A, R>;
      const startedMs = stamps[2 * i] ?? NaN;
      const finishedMs = stamps[2 * i + 1] ?? NaN;
      // Not where a task replaced the clock of its worker, or wrote into what that shares with this process; NaN never is.
      const possible = task.sentMs - errorMs <= startedMs && startedMs <= finishedMs && finishedMs <= heardMs + errorMs;
      const fromMs = possible ? Math.max(startedMs, task.sentMs) : null;
      const toMs = possible ? Math.max(finishedMs, task.sentMs) : heardMs;
      runningMs += toMs - (fromMs ?? task.sentMs);
      const failure = batch.failures.length === 0 ? undefined : batch.failures.find((candidate) => candidate.at === i);
      if (failure === undefined) this.#events.ran(task, fromMs, toMs, values[i]);
      else this.#events.failed(task, fromMs, toMs, failure);
    }
    this.#events.batch(this, runningMs / count, count);
  }

  #returned(from: number, end: number, confirmed: boolean): void {
    if (confirmed) {
      this.#recalling = false;
      this.#allStarted = true;
    }
    const back = this.#inFlight.filter((task) => task.seq >= from && task.seq < end);
    if (back.length > 0) this.#inFlight = this.#inFlight.filter((task) => task.seq < from || task.seq >= end);
    back.push(...this.#outbox.splice(0));
    this.#events.returned(this, back);
  }
}
