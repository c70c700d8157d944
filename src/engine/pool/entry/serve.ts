import { readlinkSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { ExecutorKey } from '../../../contract';
import { plain } from '../../../contract/foreign-text';
import { nowMs } from '../../system/clock';
import { append, exit, floor, isArray, max, min, round, soon } from '../../system/intrinsics';
import type { FromWorker, Results, ToWorker } from '../messages';
import { threw, unpacked, withCloneableValues } from '../values';
import { Printed, WORKER_ALLOWANCE } from '../../system/printed';
import { Lines } from '../../system/read-lines';
import { isRefusal } from '../../system/room';
import { withPlace, type TaskBatch } from '../../worker';

/** How a child half reaches its parent; it does not know what it runs in. */
export interface Transport {
  /** Throws where the message cannot be cloned. */
  post(message: FromWorker): void;
  /** Throws on a value that `post` could not take; default: structuredClone. */
  clone?(value: unknown): unknown;
  /** Call right before running a task. Returns its start in ms, or `taken-back` (this task), or `all-taken-back` (this and all after it). */
  claim(seq: number): number | 'taken-back' | 'all-taken-back';
  /** Ends the lines that a task has begun on the worker's output. */
  endLines(): void;
  /** Notes the end of a task where the parent reads its stamps by itself; answers false where they must be sent. */
  finished(seq: number, finishedMs: number): boolean;
}

export interface ServeOptions {
  executor: ExecutorKey;
  worker: number;
  /** Path of the module that exports `run`. */
  tasks: string;
  /** What of that module its tasks will need, which it loads before the worker is ready; null for no more than the module itself. */
  workload: string | null;
}

/** What was thrown outside a task's own promise, in words, and where in the tasks' own code, as `file:line`, if that is known. */
export type Explain = (error: unknown) => { words: string; place?: string | undefined };

/** What a tasks' module exports, and calls tasks by. */
export type Run = (argument: unknown, context: TaskContext) => unknown;

export interface TaskContext {
  executor: ExecutorKey;
  worker: number;
  print(text: string): void;
}

/** This much work, ms, is done in one go, and its results sent together. */
const TURN_MS = 0.25;
/** Where much is waiting, more: each message wakes the parent, which may take the core from this worker. */
const LONG_TURN_MS = 6;
/** Of what is waiting, at most: the rest is to last until the parent, which may have to wait for a core, has sent more. */
const TURN_SHARE = 0.7;

/** Child half of every worker: takes tasks one after the other, stamps them and returns their results in batches. */
export class Server {
  /** Takes the lines that this worker prints. */
  readonly printed: Printed;
  readonly #transport: Transport;
  readonly #context: TaskContext;
  #run: Run | null = null;
  #close: (() => Promise<void>) | null = null;
  #explain: Explain | null = null;
  #leaving = false;
  /** Waiting tasks: number and argument in turn, read from `#head`. */
  #waiting: unknown[] = [];
  #head = 0;
  /** The number after the last one that came. */
  #received = 0;
  /** The task that runs now, and -1 where none does. */
  #current = -1;
  #currentStartedMs = 0;
  #turning = false;
  #turnStartedMs = 0;
  #lastFinishedMs = 0;
  #condemned = false;
  /**
   * First task found taken back by the parent. From it on everything received is dropped until the parent's `recall`, whose
   * answer returns it all.
   */
  #takenBackFrom: number | null = null;
  /** Moving average of running times, ms. */
  #usualMs = 0;
  #results: Results = emptyResults(0);

  constructor(transport: Transport, options: ServeOptions) {
    this.#transport = transport;
    this.printed = new Printed(WORKER_ALLOWANCE, (text, lost) => {
      transport.post({ type: 'line', text, atMs: nowMs(), lost });
    });
    const lines = new Lines(this.printed.add);
    this.#context = {
      executor: options.executor,
      worker: options.worker,
      print: (text) => {
        lines.add(`${text}\n`);
      },
    };
    listen('uncaughtException', (error, origin) => {
      this.#escaped(error, origin === 'unhandledRejection');
    });
    listen('exit', () => {
      this.flush();
      this.#endLines();
    });
    void this.#load(options);
  }

  receive(message: ToWorker): void {
    if (isArray(message)) {
      this.#accept(message);
      return;
    }
    switch (message.type) {
      case 'records':
        this.#accept(unpacked(message));
        break;
      case 'ping':
        this.#transport.post({ type: 'pong' });
        break;
      case 'recall':
        this.#giveBack();
        break;
      case 'in-socket':
        // Only ever holds a place, where there are frames.
        break;
      case 'stop':
        void this.leave();
    }
  }

  /** Ends this worker, once the tasks' module has had the time that it may take for that. Idempotent. */
  async leave(): Promise<void> {
    if (this.#leaving) return;
    this.#leaving = true;
    try {
      await this.#close?.();
    } finally {
      exit(0);
    }
  }

  /** Sends the results that are complete. */
  flush(): void {
    const results = this.#results;
    if (results.values.length === 0) return;
    this.#results = emptyResults(results.first + results.values.length);
    // Before its results: who has them has all that was printed.
    this.#endLines();
    try {
      this.#transport.post(results);
    } catch {
      this.#transport.post(withCloneableValues(results, this.#transport.clone));
    }
  }

  #endLines(): void {
    this.#transport.endLines();
    this.printed.tell();
  }

  async #load(options: ServeOptions): Promise<void> {
    try {
      const module = (await import(/* @vite-ignore */ pathToFileURL(options.tasks).href)) as {
        run?: unknown;
        load?: (workload: string) => Promise<void>;
        close?: () => Promise<void>;
        explain?: Explain;
      };
      if (typeof module.run !== 'function') throw new Error(`it does not export a function named "run"`);
      if (options.workload !== null) await module.load?.(options.workload);
      this.#run = module.run as Run;
      this.#close = module.close ?? null;
      this.#explain = module.explain ?? null;
      this.#transport.post({ type: 'ready', pid: process.pid, tid: ownTid() });
    } catch (error) {
      this.#transport.post({
        type: 'start-failed',
        message: `The tasks' module ${options.tasks} cannot be used: ${threw(error)}.`,
        refused: isRefusal(error),
        moduleSaid: error instanceof Error ? plain(error.message) : undefined,
      });
      exit(1);
    }
  }

  #accept(batch: TaskBatch): void {
    this.#received = batch[0] + batch.length - 1;
    if (this.#takenBackFrom !== null) return;
    for (let i = 1; i < batch.length; i += 1) {
      append<unknown>(this.#waiting, batch[0] + i - 1);
      append(this.#waiting, batch[i]);
    }
    this.#turn(true);
  }

  #giveBack(): void {
    const from = this.#takenBackFrom ?? (this.#waiting[this.#head] as number | undefined) ?? this.#received;
    this.#takenBackFrom = null;
    this.#drop();
    this.#transport.post({ type: 'returned', from, end: this.#received });
  }

  /** Forgets what has not started. */
  #drop(): void {
    this.#waiting = [];
    this.#head = 0;
  }

  /**
   * Runs a short turn of tasks, each in a callback of its own: Node reports rejections that
   * were not handled between callbacks, so that each is known to belong to the task before it.
   * A message is a callback too: a task that comes alone need not wait for the next.
   */
  #turn(inMessage = false): void {
    const waiting = (this.#waiting.length - this.#head) / 2;
    if (this.#turning || this.#current >= 0 || this.#condemned || waiting === 0) return;
    this.#turning = true;
    this.#turnStartedMs = nowMs();
    const count = this.#countFor(waiting);
    if (inMessage && waiting === 1) this.#step();
    else for (let i = 0; i < count; i += 1) soon(this.#step);
    soon(this.#endTurn);
  }

  #countFor(waiting: number): number {
    if (waiting * this.#usualMs <= TURN_MS) return waiting;
    return max(1, min(floor(waiting * TURN_SHARE), round(LONG_TURN_MS / this.#usualMs)));
  }

  readonly #endTurn = (): void => {
    this.#turning = false;
    this.flush();
    this.#turn();
  };

  readonly #step = (): void => {
    if (this.#current >= 0 || this.#condemned || this.#head >= this.#waiting.length) return;
    // A task took longer than its like: first send what is done and hear what has come.
    if (this.#lastFinishedMs - this.#turnStartedMs > LONG_TURN_MS) return;
    const seq = this.#waiting[this.#head] as number;
    const argument = this.#waiting[this.#head + 1];
    this.#head += 2;
    if (this.#head === this.#waiting.length) {
      this.#waiting = [];
      this.#head = 0;
    }
    const claimed = this.#transport.claim(seq);
    if (typeof claimed === 'number') this.#start(seq, claimed, argument);
    else if (claimed === 'all-taken-back') {
      this.#takenBackFrom = seq;
      this.#drop();
    }
  };

  #start(seq: number, startedMs: number, argument: unknown): void {
    this.#current = seq;
    this.#currentStartedMs = startedMs;
    try {
      const value = (this.#run as Run)(argument, this.#context);
      if (isThenable(value)) void this.#await(seq, value);
      else this.#finish(seq, value);
    } catch (error) {
      this.#fail(seq, error);
    }
  }

  /** By `await`, which a promise's own `then` has no part in. */
  async #await(seq: number, promise: PromiseLike<unknown>): Promise<void> {
    let value: unknown;
    try {
      value = await promise;
    } catch (error) {
      this.#fail(seq, error);
      return;
    }
    this.#finish(seq, value);
  }

  #fail(seq: number, error: unknown): void {
    if (this.#finish(seq, undefined)) this.#blameLast(error);
  }

  /** Notes the end of the running task; false where it is not the running one (it was failed before). */
  #finish(seq: number, value: unknown): boolean {
    if (seq !== this.#current) return false;
    const finishedMs = nowMs();
    this.#current = -1;
    this.#lastFinishedMs = finishedMs;
    // A single long one (another program had the core) says little about the next.
    const runningMs = min(finishedMs - this.#currentStartedMs, this.#usualMs * 4 + 1e-3);
    this.#usualMs += (runningMs - this.#usualMs) * 0.1;
    if (seq !== this.#results.first + this.#results.values.length) {
      this.flush();
      this.#results.first = seq;
    }
    append(this.#results.values, value);
    if (!this.#transport.finished(seq, finishedMs)) {
      const stamps = (this.#results.stamps ??= []);
      append(stamps, this.#currentStartedMs);
      append(stamps, finishedMs);
    }
    if (!this.#turning) {
      this.#turning = true;
      soon(this.#endTurn);
    }
    return true;
  }

  #blameLast(error: unknown): void {
    const { values, failures } = this.#results;
    const at = values.length - 1;
    const { words, place } = this.#explained(error);
    values[at] = undefined;
    // A task that had failed already is the last to have done so.
    const last = failures[failures.length - 1];
    failures[last?.at === at ? failures.length - 1 : failures.length] = {
      at,
      code: 'task-threw',
      message: `The task threw ${withPlace(words, place)}.`,
      place,
    };
  }

  /**
   * Something was thrown where no task could catch it. A rejection that a finished task left behind fails that task;
   * whatever comes while a task is under way fails it and ends this worker, since its code may still be running.
   */
  #escaped(error: unknown, rejection: boolean): void {
    if (this.#current >= 0) this.#fail(this.#current, error);
    else if (rejection && this.#results.values.length > 0) return this.#blameLast(error);
    this.#condemned = true;
    this.flush();
    const { words, place } = this.#explained(error);
    this.#transport.post({ type: 'fault', message: words, place });
  }

  /** What was thrown, in words, and where, if the tasks' module can tell. */
  #explained(error: unknown): ReturnType<Explain> {
    return this.#explain?.(error) ?? { words: threw(error) };
  }
}

function emptyResults(first: number): Results {
  return { type: 'results', first, values: [], failures: [], stamps: null };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}

/** Kernel thread id of the calling thread; null where the system gives none (all but Linux). */
function ownTid(): number | null {
  if (process.platform !== 'linux') return null;
  try {
    const tid = Number(readlinkSync('/proc/thread-self').split('/').pop());
    return Number.isSafeInteger(tid) ? tid : null;
  } catch {
    return null;
  }
}

type Listener = (...heard: never[]) => void;

const listeners: { event: string; listener: Listener }[] = [];
const { on, removeAllListeners } = process as unknown as {
  on(event: string, listener: Listener): void;
  removeAllListeners(event?: string): void;
};

/** Listens to an event of this process, also after a module of the user removes all listeners there are. */
export function listen(event: 'message', listener: (message: never) => void): void;
export function listen(event: 'disconnect' | 'exit', listener: () => void): void;
export function listen(event: 'uncaughtException', listener: (error: unknown, origin: string) => void): void;
export function listen(event: string, listener: Listener): void {
  listeners[listeners.length] = { event, listener };
  add(event, listener);
}

const add: typeof on = on.bind(process);
const removeAll: typeof removeAllListeners = removeAllListeners.bind(process);

process.removeAllListeners = ((...which: [event?: string]) => {
  removeAll(...which);
  for (const { event, listener } of listeners) if (which.length === 0 || which[0] === event) add(event, listener);
  return process;
}) as typeof process.removeAllListeners;
