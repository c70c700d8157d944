import { nowMs } from '../../system/clock';
import type { PoolWorker, TaskBatch, WorkerEvents, WorkerExit } from '../../worker';
import type { Mark } from '../mark';
import { RING } from '../stamps';
import type { Host, Lodger } from './host';
import type { FromHost } from './messages';

/** A thread that is told to end and has not after this time is in code that nothing can interrupt: its host is killed. */
const KILL_LIMIT_MS = 500;

/** Parent half of one thread in a host. */
export class HostedWorker implements PoolWorker, Lodger {
  readonly number: number;
  readonly #host: Host;
  readonly #events: WorkerEvents;
  readonly #left: () => void;
  readonly #mark: Mark | null;
  /** Below it all is answered. */
  #floor = 0;
  #next = 0;
  /** Tasks from this number on have no place in the thread's memory yet. */
  #ceiling = RING;
  /** Where there is no mark: the oldest task without a result counts as the one that runs. */
  #oldestSinceMs = 0;
  #tid: number | null = null;
  #ended = false;
  #killTimer: NodeJS.Timeout | null = null;

  /** `left` is called once it has ended. */
  constructor(number: number, host: Host, events: WorkerEvents, left: () => void) {
    this.number = number;
    this.#host = host;
    this.#events = events;
    this.#left = left;
    this.#mark = host.add(this);
  }

  get pid(): number {
    return this.#host.pid;
  }

  get running(): boolean {
    const seq = this.lastStarted()?.seq;
    return seq !== undefined && seq >= this.#floor && seq < this.#next;
  }

  send(batch: TaskBatch): void {
    this.#host.tell({ type: 'batch', worker: this.number, batch });
    const [first] = batch;
    if (this.#floor === this.#next) this.#oldestSinceMs = nowMs();
    this.#next = first + batch.length - 1;
  }

  room(nextSeq: number): number {
    return this.#ceiling - nextSeq;
  }

  ping(): void {
    this.#host.tell({ type: 'ping', worker: this.number });
  }

  recall(): void {
    this.#host.tell({ type: 'recall', worker: this.number });
  }

  lastStarted(): { seq: number; startedMs: number } | null {
    if (this.#ended) return this.#last;
    if (this.#mark !== null) return this.#mark.read();
    return this.#floor < this.#next ? { seq: this.#floor, startedMs: this.#oldestSinceMs } : null;
  }
  /** Its place may be another's once it has ended. */
  #last: { seq: number; startedMs: number } | null = null;

  stop(): void {
    this.#leave();
    // One that does not end by itself is ended there.
    this.#host.tell({ type: 'stop', worker: this.number });
    this.#killSoon(2 * KILL_LIMIT_MS);
  }

  kill(): void {
    this.#leave();
    this.#host.tell({ type: 'kill', worker: this.number });
    this.#killSoon(KILL_LIMIT_MS);
  }

  receive(message: FromHost): void {
    switch (message.type) {
      case 'results': {
        const { first, values, failures, stamps, ceiling } = message;
        this.#floor = first + values.length;
        this.#ceiling = ceiling;
        this.#oldestSinceMs = nowMs();
        this.#events.results({ first, values, failures, stamps });
        break;
      }
      case 'returned':
        this.#ceiling = message.ceiling;
        this.#next = Math.min(this.#next, message.from);
        this.#events.returned(message.from, message.end, true);
        break;
      case 'passed':
        this.#ceiling = message.ceiling;
        // Nothing comes back: only the pool looks again whom it may give tasks.
        this.#events.returned(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, false);
        break;
      case 'ready':
        this.#tid = message.tid;
        this.#events.ready({ pid: message.pid, tid: message.tid });
        break;
      case 'pong':
        this.#events.pong();
        break;
      case 'lines':
        for (const line of message.lines) this.#events.line(...line);
        break;
      case 'fault':
        this.#events.fault(message.message, message.place);
        break;
      case 'broken':
        this.#events.broken(message.reason);
        break;
      case 'ended':
        this.gone({ ...message, signal: null });
        break;
    }
  }

  gone(exit: WorkerExit): void {
    if (this.#ended) return;
    this.#last = this.lastStarted();
    this.#ended = true;
    if (this.#killTimer !== null) clearTimeout(this.#killTimer);
    this.#host.remove(this);
    this.#events.ended(exit);
    this.#left();
  }

  #leave(): void {
    if (this.#tid !== null && !this.#ended) this.#host.leaving(this, this.#tid);
  }

  #killSoon(afterMs: number): void {
    this.#killTimer ??= setTimeout(() => {
      this.#host.kill();
    }, afterMs).unref();
  }
}
