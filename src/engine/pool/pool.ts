import { errorInfo, plain, type ExecutorKey, type ThreadHost } from '../../contract';
import { nowMs, timerMs } from '../system/clock';
import type {
  Executor,
  ExecutorEvent,
  ExecutorStatus,
  PoolExecutor,
  RanListener,
  SubmitOptions,
  TaskOutcome,
  TaskSource,
} from '../executor';
import { Conditions, KeepAlive, Listeners } from '../listeners';
import { Crew } from './crew';
import { Dispatcher } from './dispatcher';
import type { KeepLimits } from './kept';
import { Aborts, Deadlines, watchWorkers } from './watchdog';
import {
  badDeadline,
  deadlineMissed,
  faulty,
  movedAway,
  notCloneable,
  poolClosed,
  queueFull,
  untimed,
} from './sentences';
import type { Slot } from './slot';
import { countAttempts, Feeds, Task, type TaskOptions } from './task';
import { assertCloneable } from './values';
import { exitOf, type Failure, type StartWorker, type WorkerExit } from '../worker';

/** How long running tasks may go on after `cancelAll` by default. */
const GRACE_MS = 100;
/** Idle workers have this long to end by themselves when the pool is closed. */
const CLOSE_MS = 100;

export interface PoolOptions {
  name: ExecutorKey;
  start: StartWorker;
  /** Where the workers are, where they are threads of Node. */
  threadHost?: ThreadHost;
  /** Told what workers that start from now on are to load before they are ready, beyond what all need, and what they share. */
  expect?: Executor<never, never>['expect'];
  /** Lets work that asks for it (`Executor.keep`) have workers of the same before; without it no worker is kept. */
  keep?: KeepLimits | undefined;
  /** Called as those that were kept end, since other work begins: what workers share is to be fresh as well. */
  fresh?(): void;
  /** Work that a worker has waiting beside the task it runs, ms: enough to bridge a hand-over; default: AHEAD_MS of dispatcher.ts. */
  aheadMs?: number;
  /**
   * Longest running time of any task, ms, where there is one: a task beyond it fails, and its worker is replaced. Unlike a
   * task's own deadline it lets workers have tasks in batches; it is looked at four times in its length.
   */
  deadlineMs?: number;
  /** Tasks that may wait to be run; `submit` refuses more with `queue-full`; default: no limit. */
  maxQueued?: number;
  /** Ends what the workers share, after the last of them. */
  dispose?(): Promise<void>;
}

/** The one pool behind threads and processes: it does not know which of them its workers are. */
export class Pool<A, R> implements PoolExecutor<A, R> {
  readonly name: ExecutorKey;
  readonly threadHost: ThreadHost | undefined;
  readonly #crew: Crew<A, R>;
  readonly #dispatcher: Dispatcher<A, R>;
  readonly #deadlines: Deadlines<A, R>;
  readonly #aborts: Aborts<A, R>;
  readonly #keepAlive = new KeepAlive();
  readonly #conditions = new Conditions();
  readonly #options: PoolOptions;
  readonly #listeners = new Listeners<ExecutorEvent>();
  readonly #feeds = new Feeds<A, R>();
  #watchers: readonly RanListener[] = [];
  readonly #unwatch: () => void;
  #unsettled = 0;
  #nextId = 0;
  #deaths = 0;
  /** The `times-impossible` warning has been given. */
  #untimed = false;
  #closing: Promise<void> | null = null;

  constructor(options: PoolOptions) {
    this.name = options.name;
    this.threadHost = options.threadHost;
    this.#options = options;
    this.#deadlines = new Deadlines(this.#missed.bind(this));
    this.#crew = new Crew<A, R>(options, {
      ready: this.#ready.bind(this),
      ran: this.#ran.bind(this),
      failed: this.#failed.bind(this),
      batch: this.#batch.bind(this),
      refused: this.#refused.bind(this),
      returned: this.#returned.bind(this),
      room: () => {
        this.#dispatcher.soon();
      },
      line: ({ number: worker }, text, atMs, lost) => {
        this.#listeners.tell({ type: 'line', worker, atMs, text, lost });
      },
      fault: this.#fault.bind(this),
      ended: this.#ended.bind(this),
      changed: () => {
        this.#listeners.tell({ type: 'resized', desired: this.#crew.desired, live: this.#crew.live });
      },
      stoppedStarting: (error) => {
        this.#listeners.tell({ type: 'warning', warning: errorInfo(error), exit: exitOf(error) });
        this.#failHopeless();
      },
    });
    this.#dispatcher = new Dispatcher<A, R>(
      this.#crew.slots,
      this.#pull.bind(this),
      (task, slot) => {
        this.#deadlines.watch(task, slot);
        // There is room for another in the queue.
        this.#conditions.check();
      },
      options.aheadMs,
    );
    this.#aborts = new Aborts<A, R>(this.#crew, this.#dispatcher, this.#conditions);
    this.#unwatch = watchWorkers<A, R>({
      deadlineMs: options.deadlineMs,
      slots: this.#crew.slots,
      missed: this.#missed.bind(this),
    });
  }

  submit(argument: A, options: SubmitOptions = {}): Promise<TaskOutcome<A, R>> {
    this.#assertOpen();
    const { maxQueued = Number.POSITIVE_INFINITY } = this.#options;
    if (this.#dispatcher.waiting >= maxQueued) throw queueFull(this.name, maxQueued);
    const { signal, deadlineMs = null, transfer } = options;
    if (deadlineMs !== null && !(deadlineMs > 0)) throw badDeadline(deadlineMs);
    assertCloneable(argument);
    return new Promise((resolve) => {
      const aloneInWorker = signal !== undefined || deadlineMs !== null || transfer !== undefined;
      const task = this.#task(argument, { deadlineMs, aloneInWorker, transfer, deliver: resolve });
      this.#dispatcher.add(task);
      if (signal !== undefined) this.#aborts.onAbort(signal, task);
      this.#failHopeless();
    });
  }

  async enqueue(argument: A, options: SubmitOptions = {}): Promise<{ outcome: Promise<TaskOutcome<A, R>> }> {
    const room = (): boolean =>
      this.#closing !== null || this.#dispatcher.waiting < (this.#options.maxQueued ?? Number.POSITIVE_INFINITY);
    while (!room()) await this.#conditions.until(room);
    return { outcome: this.submit(argument, options) };
  }

  async feed(source: TaskSource<A, R>): Promise<void> {
    this.#assertOpen();
    const finished = this.#feeds.open(source, () => {
      this.#conditions.check();
    });
    this.#dispatcher.soon();
    this.#failHopeless();
    await this.#keepAlive.during(finished);
  }

  readonly expect: Executor<A, R>['expect'] = (workload, shared) => {
    this.#crew.keep(null);
    this.#options.expect?.(workload, shared);
  };

  keep(work: string | null): void {
    this.#crew.keep(work);
  }

  resize(workers: number): void {
    this.#assertOpen();
    this.#crew.resize(workers);
    this.#dispatcher.soon();
  }

  async ready(): Promise<void> {
    this.#assertOpen();
    await this.#keepAlive.during(this.#crew.ready());
  }

  async cancelAll({ graceMs = GRACE_MS }: { graceMs?: number } = {}): Promise<void> {
    const cancelled = this.#cancelEverything();
    for (const slot of this.#crew.slots) if (slot.load > 0) slot.recall();
    const over = (): boolean => cancelled.every((task) => task.state === 'settled');
    const timer = setTimeout(() => {
      for (const slot of [...this.#crew.slots]) if (cancelled.some((task) => slot.holds(task))) this.#crew.kill(slot);
    }, timerMs(graceMs));
    await this.#conditions.until(over);
    clearTimeout(timer);
  }

  async drain(): Promise<void> {
    await this.#conditions.until(() => this.#unsettled === 0 && this.#feeds.size === 0);
  }

  close(): Promise<void> {
    this.#closing ??= this.#keepAlive.during(this.#close());
    return this.#closing;
  }

  status(): ExecutorStatus {
    const workers = this.#crew.slots.filter((slot) => !slot.dismissed).map((slot) => slot.status());
    const running = this.#crew.slots.filter((slot) => slot.running() !== null).length;
    return {
      desired: this.#crew.desired,
      live: this.#crew.live,
      queued: this.#unsettled - running,
      deaths: this.#deaths,
      workers,
      ...(this.#crew.kept > 0 ? { kept: this.#crew.kept } : {}),
    };
  }

  watch(listener: RanListener): () => void {
    this.#watchers = [...this.#watchers, listener];
    return () => {
      this.#watchers = this.#watchers.filter((other) => other !== listener);
    };
  }

  /** Takes output of the host process that no single thread can be credited with. */
  printed(text: string, atMs: number, lost?: number): void {
    this.#listeners.tell({ type: 'line', worker: 0, atMs, text, lost });
  }

  on(listener: (event: ExecutorEvent) => void): () => void {
    return this.#listeners.add(listener);
  }

  readonly #settled = (task: Task<A, R>): void => {
    this.#unsettled -= 1;
    if (this.#unsettled === 0) this.#keepAlive.release();
    this.#deadlines.forget(task);
    task.offAbort?.();
  };

  #task(argument: A, options: TaskOptions<A, R>): Task<A, R> {
    this.#unsettled += 1;
    if (this.#unsettled === 1) this.#keepAlive.hold();
    this.#nextId += 1;
    return new Task<A, R>(this.#settled, this.#nextId - 1, argument, options);
  }

  #pull(): Task<A, R> | undefined {
    const next = this.#feeds.next();
    return next === undefined ? undefined : this.#task(next.argument, next.feed);
  }

  #ready(slot: Slot<A, R>): void {
    const { number: worker, pid, tid } = slot;
    const startUpMs = slot.rejoined ? null : slot.startUpMs;
    this.#listeners.tell({ type: 'worker-ready', worker, pid, tid, startUpMs });
    this.#dispatcher.soon();
  }

  #ran(task: Task<A, R>, startedMs: number | null, finishedMs: number, value: unknown): void {
    this.#countRun(task, startedMs, finishedMs);
    // Unchecked: R must be what the tasks' module returns.
    task.done(value as R, finishedMs);
  }

  #failed(task: Task<A, R>, startedMs: number | null, finishedMs: number, failure: Failure): void {
    this.#countRun(task, startedMs, finishedMs);
    const place = failure.place === undefined ? undefined : plain(failure.place);
    task.fail({ code: failure.code, message: plain(failure.message) }, { finishedMs, place });
  }

  #countRun(task: Task<A, R>, startedMs: number | null, finishedMs: number): void {
    task.attempts += 1;
    task.startedMs = startedMs;
    if (startedMs !== null) for (const ran of this.#watchers) ran(task.queuedMs, startedMs, finishedMs);
    else if (!this.#untimed) {
      this.#untimed = true;
      this.#listeners.tell({ type: 'warning', warning: untimed(this.name, task) });
    }
  }

  #batch(slot: Slot<A, R>, meanMs: number, count: number): void {
    this.#dispatcher.window.observe(meanMs, count);
    this.#crew.succeeded();
    this.#crew.release(slot);
    this.#dispatcher.soon();
    this.#conditions.check();
  }

  /** A worker was given nothing, or less than it could hold: the next task takes this one's place. */
  #refused(task: Task<A, R>, error: unknown): void {
    task.fail(notCloneable(error));
    this.#dispatcher.soon();
    this.#conditions.check();
  }

  #returned(slot: Slot<A, R>, tasks: Task<A, R>[]): void {
    this.#requeue(tasks);
    // An aborted task that did not come back has started: end its worker.
    if (slot.tasks().some((task) => task.aborted)) this.#crew.kill(slot);
    this.#crew.release(slot);
  }

  /** Tasks that a worker did not start wait again, before all others, unless something else was decided for them. */
  #requeue(tasks: Task<A, R>[]): void {
    for (const task of tasks) {
      this.#deadlines.forget(task);
      if (task.decided !== null) task.settleAs(task.decided);
      else if (task.moved) task.fail(movedAway(this.name, task));
    }
    this.#dispatcher.requeue(tasks.filter((task) => task.state !== 'settled'));
    this.#dispatcher.soon();
    this.#conditions.check();
  }

  #fault(slot: Slot<A, R>, message: string, place?: string): void {
    this.#listeners.tell({ type: 'warning', warning: faulty(this.name, slot.number, message, place), place });
    this.#crew.replace(slot, message, place);
  }

  #ended(slot: Slot<A, R>, exit: WorkerExit): void {
    const running = slot.running();
    const endedByUs =
      slot.stopped || exit.collateral === 'kill' || exit.collateral === 'unclear' || exit.refused === true;
    if (!endedByUs) {
      this.#deaths += 1;
      const { code, signal } = exit;
      this.#listeners.tell({
        type: 'worker-died',
        worker: slot.number,
        atMs: nowMs(),
        code,
        signal,
        task: running?.task.id ?? null,
      });
    }
    const { tasks, started } = slot.takeAll();
    countAttempts(tasks.slice(0, started), running, { name: this.name, exit, endedByUs });
    this.#requeue(tasks.filter((task) => task.state !== 'settled'));
    if (tasks.some((task) => task.state === 'settled')) this.#crew.succeeded();
    this.#failHopeless();
  }

  #missed(task: Task<A, R>, slot: Slot<A, R>): void {
    task.decided ??= {
      state: 'failed',
      error: deadlineMissed(this.name, task, task.deadlineMs ?? this.#options.deadlineMs ?? null),
    };
    this.#crew.kill(slot);
  }

  /** Cancels what waits, ends the feeds, and marks what is with workers; answers the marked ones. */
  #cancelEverything(): Task<A, R>[] {
    this.#feeds.end();
    for (const task of this.#dispatcher.clear()) task.cancel();
    const cancelled = this.#crew.slots.flatMap((slot) => slot.tasks());
    for (const task of cancelled) task.decided ??= { state: 'cancelled' };
    this.#conditions.check();
    return cancelled;
  }

  async #close(): Promise<void> {
    this.#cancelEverything();
    this.#unwatch();
    this.#crew.close();
    const timer = setTimeout(() => {
      for (const slot of this.#crew.slots) slot.kill();
    }, CLOSE_MS);
    await this.#conditions.until(() => this.#crew.slots.length === 0);
    clearTimeout(timer);
    // A feed may have delivered one more task meanwhile: cancel it too.
    this.#cancelEverything();
    await this.#options.dispose?.();
    this.#listeners.clear();
  }

  /** Fails queued tasks when no worker can start: they would wait forever. */
  #failHopeless(): void {
    const error = this.#crew.hopeless;
    if (error === null) return;
    this.#feeds.end(error);
    for (const task of this.#dispatcher.clear()) task.fail(errorInfo(error), { exit: exitOf(error) });
    this.#conditions.check();
  }

  #assertOpen(): void {
    if (this.#closing !== null) throw poolClosed(this.name);
  }
}
