import { nowMs } from '../system/clock';
import { SuspensionWatch } from '../system/suspended';
import type { PoolWorker, StartWorker, TaskBatch, WorkerEvents, WorkerExit } from '../worker';
import type { Mark } from './mark';
import type { FromThreadHost } from './messages';
import { RING_ENTRIES } from './stamps';
import { ThreadHostProcess, type ThreadHostOptions, type Lodger } from './thread-host';

/** A thread that is told to end and has not after this time is in code that nothing can interrupt: its host is killed. */
const KILL_LIMIT_MS = 500;

/** Parent half of one thread in a host. */
class HostedWorker implements PoolWorker, Lodger {
  readonly number: number;
  readonly #host: ThreadHostProcess;
  readonly #events: WorkerEvents;
  readonly #left: () => void;
  readonly #mark: Mark | null;
  /** Below it all is answered. */
  #floor = 0;
  #next = 0;
  /** The first task number that the thread's ring has no room for yet. */
  #ceiling = RING_ENTRIES;
  /** Where there is no mark: the oldest task without a result counts as the one that runs. */
  #oldestSinceMs = 0;
  #tid: number | null = null;
  #ended = false;
  #killTimer: NodeJS.Timeout | null = null;

  /** `left` is called once it has ended. */
  constructor(number: number, host: ThreadHostProcess, events: WorkerEvents, left: () => void) {
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
  /** Its mark may be another's once it has ended. */
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

  receive(message: FromThreadHost): void {
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
        this.#events.room();
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

/** A host without threads stays this long, for the next ones. */
const IDLE_MS = 1000;

/** Starts threads in one process of their own, which comes with the first of them. */
export class HostedThreads {
  readonly start: StartWorker = (worker, events) => this.#start(worker, events);
  readonly #options: Omit<ThreadHostOptions, 'watch'>;
  readonly #watch = new SuspensionWatch();
  readonly #hosts = new Set<ThreadHostProcess>();
  #current: ThreadHostProcess | null = null;
  #idle: NodeJS.Timeout | null = null;

  constructor(options: Omit<ThreadHostOptions, 'watch'>) {
    this.#options = options;
  }

  /** Gives threads that start from now on another host: what earlier ones left in this one is not theirs. */
  fresh(): void {
    this.#current = null;
  }

  /** Ends the hosts, after the last of their threads; resolves when they are gone. Idempotent. */
  async dispose(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    await Promise.all([...this.#hosts].map((host) => host.stop()));
    await this.#options.guard.close();
  }

  #start(worker: number, events: WorkerEvents): PoolWorker {
    if (this.#idle !== null) clearTimeout(this.#idle);
    const host = this.#host();
    return new HostedWorker(worker, host, events, () => {
      if (host.empty) this.#emptied(host);
    });
  }

  /** The host that takes further threads: one that is being ended does not, nor one whose threads share something else. */
  #host(): ThreadHostProcess {
    if (this.#current?.usable === true && this.#current.shared === this.#options.shared()) return this.#current;
    if (this.#current?.empty === true) this.#end(this.#current);
    const host = new ThreadHostProcess({ ...this.#options, watch: this.#watch });
    this.#hosts.add(host);
    this.#current = host;
    return host;
  }

  #emptied(host: ThreadHostProcess): void {
    if (host !== this.#current || !host.usable) {
      this.#end(host);
      return;
    }
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      if (host.empty) this.#end(host);
    }, IDLE_MS).unref();
  }

  #end(host: ThreadHostProcess): void {
    void host.stop().then(() => this.#hosts.delete(host));
  }
}
