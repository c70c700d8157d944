import { nowMs } from '../system/clock';
import { saysRefusal } from '../system/room';
import type { PoolWorker, TaskBatch, WorkerEvents, WorkerExit } from '../worker';
import type { Connection, Message } from './connection';
import type { Host } from './host';
import type { Runner } from './lock-turns';
import type { Lodger } from './lodger';
import { isFromWorker, type FromPython, type ResultsMessage } from './messages';

/** An idle worker ends within milliseconds; one that does not is killed. */
const STOP_LIMIT_MS = 500;
/** After a worker's end its last messages are read; should its connection stay open, no longer than this. */
const LAST_MESSAGES_MS = 300;
/** A worker that closed its connection ends; one that does not is killed. */
const CLOSED_LIMIT_MS = 500;

const CONNECTION_CLOSED = 'its connection with Node was closed';

/** What a worker needs to know of its surroundings. */
export interface Surroundings {
  /** Wall and CPU time of all tasks of this worker so far. */
  /** Its module is loaded, after which the lock is as it says. */
  loaded(lockOn: boolean): void;
  worked(worker: number, sums: { workMs: number; cpuMs: number }): void;
  ended(worker: number): void;
}

/** Parent half of one Python worker: a thread, a process or an interpreter, all spoken to in the same way. */
export class PythonWorker implements PoolWorker, Lodger {
  readonly number: number;
  readonly #host: Host;
  readonly #place: number;
  readonly #events: WorkerEvents;
  readonly #around: Surroundings;
  #connection: Connection | null = null;
  #identity: { pid: number; tid: number; ident: number } | null = null;
  /** Tasks from `#answered` up to `#sent` are with the worker. */
  #answered = 0;
  #sent = 0;
  #stopping = false;
  #exit: WorkerExit | null = null;
  #reason: string | null = null;
  #moduleSaid: string | undefined;
  #ended = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(number: number, host: Host, events: WorkerEvents, around: Surroundings) {
    this.number = number;
    this.#host = host;
    this.#events = events;
    this.#around = around;
    this.#place = host.add(this);
  }

  get pid(): number {
    return this.#identity?.pid ?? this.#host.pid;
  }

  get clockErrorMs(): number {
    return this.#host.clock.skew.uncertainMs;
  }

  get ident(): number | null {
    return this.#identity?.ident ?? null;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  get running(): boolean {
    const last = this.#host.folder.marks.started(this.#place);
    return last !== null && last.seq >= this.#answered && last.seq < this.#sent;
  }

  send(batch: TaskBatch): void {
    this.#connection?.send(batch);
    if (!this.#busy) this.#answered = batch[0];
    this.#sent = batch[0] + batch.length - 1;
  }

  room(): number {
    return Number.POSITIVE_INFINITY;
  }

  ping(): void {
    this.#connection?.send({ type: 'ping' });
  }

  recall(): void {
    this.#connection?.send({ type: 'recall' });
  }

  lastStarted(): { seq: number; startedMs: number } | null {
    const last = this.#host.folder.marks.started(this.#place);
    return last === null ? null : { seq: last.seq, startedMs: this.#host.clock.here(last.startedMs) };
  }

  atFault(runningMs: number): boolean {
    return this.#host.atFault(this, runningMs);
  }

  /** Its running task, as one of those that share a lock. */
  runner(): Runner | null {
    const last = this.running && this.#identity !== null ? this.#host.folder.marks.started(this.#place) : null;
    if (last === null) return null;
    return {
      tid: this.#identity?.tid ?? 0,
      runningMs: nowMs() - this.#host.clock.here(last.startedMs),
      cpuMs: (now) => now.cpuMs - last.cpuMs,
    };
  }

  stop(): void {
    if (this.#stopping) return;
    this.#stopping = true;
    if (!this.#host.started) {
      this.#abandon();
      return;
    }
    this.#host.leaving(this);
    this.#connection?.send({ type: 'stop' });
    this.#within(STOP_LIMIT_MS);
  }

  /** A thread without a task is asked to end: its host goes on with the others. A second time is no request. */
  kill(): void {
    if (!this.#busy && !this.#stopping) this.stop();
    else if (!this.#ended) this.#host.killWorker(this);
  }

  connected(connection: Connection): void {
    if (this.#connection !== null) {
      connection.close();
      return;
    }
    this.#connection = connection;
    connection.events = {
      message: (message) => {
        this.#receive(message);
      },
      closed: () => {
        if (this.#exit !== null) this.#end();
        else this.#within(CLOSED_LIMIT_MS, CONNECTION_CLOSED);
      },
    };
    if (this.#stopping) connection.send({ type: 'stop' });
  }

  lost(reason: string): void {
    this.#reason ??= reason;
    this.#host.lose(this, reason);
  }

  gone(exit: WorkerExit, final = false): void {
    if (this.#exit !== null && !final) return;
    this.#exit ??= exit;
    if (final || this.#connection?.closed === true) this.#end();
    else {
      // Its connection may be heard after its end: it is another one than the host's.
      this.#clear();
      this.#timer = setTimeout(() => {
        this.#end();
      }, LAST_MESSAGES_MS);
    }
  }

  get #busy(): boolean {
    return this.#answered < this.#sent;
  }

  /** Ends it unless it has ended by then; for a reason where nobody told it to end. */
  #within(limitMs: number, reason?: string): void {
    // It has ended, and only its last messages are waited for.
    if (this.#exit !== null) return;
    this.#clear();
    this.#timer = setTimeout(() => {
      if (this.#ended) return;
      if (this.#stopping || reason === undefined) this.#host.killWorker(this);
      else this.lost(reason);
    }, limitMs);
  }

  #clear(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Its host has not started it and will not. */
  #abandon(): void {
    this.#host.remove(this);
    setImmediate(() => {
      this.gone({ code: 0, signal: null, reason: null }, true);
    });
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#clear();
    this.#host.remove(this);
    this.#connection?.close();
    const exit = this.#exit ?? { code: null, signal: null, reason: null };
    const reason = exit.reason ?? this.#reason ?? this.#leftReason(exit);
    const refused = this.#identity === null && reason !== null && saysRefusal(reason);
    const moduleSaid = reason === this.#reason ? this.#moduleSaid : undefined;
    this.#events.ended({
      ...exit,
      reason,
      ...(moduleSaid === undefined ? {} : { moduleSaid }),
      ...(refused ? { refused } : {}),
    });
    this.#around.ended(this.number);
  }

  /** A worker ends by itself, and without a word, when its connection is closed. */
  #leftReason({ code }: WorkerExit): string | null {
    return code === 0 && !this.#stopping && this.#connection !== null ? CONNECTION_CLOSED : null;
  }

  #receive(message: Message): void {
    // A task's code can find this connection too: what is not ours, or comes too late, is not believed.
    if (this.#ended) return;
    if (isFromWorker(message)) this.#take(message);
    else this.lost('something else than Coreloom wrote to its connection with Node');
  }

  #take(message: FromPython): void {
    switch (message.type) {
      case 'results':
        this.#results(message);
        break;
      case 'returned':
        this.#sent = Math.min(this.#sent, message.from);
        this.#events.returned(message.from);
        break;
      case 'ready':
        this.#identity = message;
        this.#host.watch(this, message.pid);
        this.#around.loaded(message.lockOn);
        this.#events.ready({ pid: message.pid, tid: process.platform === 'linux' ? message.tid : null });
        break;
      case 'start-failed':
        this.#reason = message.message;
        this.#moduleSaid = message.moduleSaid;
        break;
      case 'pong':
        this.#events.pong();
        break;
      case 'line':
        this.#events.line(message.text, this.#host.clock.here(message.atMs), message.lost);
        break;
    }
  }

  #results({ first, values, failures, stamps, workMs, cpuMs }: ResultsMessage): void {
    this.#answered = first + values.length;
    this.#around.worked(this.number, { workMs, cpuMs });
    this.#events.results({ first, values, failures, stamps: this.#host.clock.allHere(stamps) });
  }
}
