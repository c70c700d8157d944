import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CoreloomError, duration, hasProcesses } from '../../contract';
import type { Executor, ExecutorEvent, ExecutorStatus, SubmitOptions, TaskOutcome, TaskSource } from '../executor';
import { Listeners } from '../listeners';
import { PYTHON_PROCESS, PYTHON_THREAD, assertRoom } from '../system/room';
import type { PoolWorker, WorkerEvents } from '../worker';
import type { ClockSkew } from '../system/clock-bounds';
import { Host } from './host';
import { LockMeter } from './lock-meter';
import { PythonWorker } from './python-worker';
import type { PythonExecutor, PythonExecutorOptions } from './types';

/** Work that a worker has waiting, ms: a message to a thread may wait 5 ms for the lock. */
const AHEAD_MS = 5;
/** A host without workers stays this long, for the next ones. */
const IDLE_MS = 1000;

/**
 * An executor whose workers are CPython's, with none yet: threads, processes or interpreters of one host process that
 * is started with the first worker. Task arguments and results are plain JSON data. Throws `bad-input` where the host's
 * files are missing.
 */
export function createPythonExecutor<A, R>(options: PythonExecutorOptions): PythonExecutor<A, R> {
  const launcher = join(options.hostFolder, 'host.py');
  if (!existsSync(launcher))
    throw new CoreloomError(
      'bad-input',
      `The Python host ${launcher} does not exist; give the folder that holds host.py.`,
    );
  return new HostedExecutor<A, R>(options);
}

class HostedExecutor<A, R> implements PythonExecutor<A, R> {
  readonly name;
  readonly #options: PythonExecutorOptions;
  readonly #pool: Executor<A, R>;
  readonly #lock: LockMeter;
  readonly #listeners = new Listeners<ExecutorEvent>();
  readonly #hosts = new Set<Host>();
  #current: Host | null = null;
  #idle: NodeJS.Timeout | null = null;
  #clockTold = false;

  constructor(options: PythonExecutorOptions) {
    this.name = options.name;
    this.#options = options;
    this.#lock = new LockMeter(options.name, options.interpreter.lockOn);
    this.#pool = options.createPool<A, R>({
      name: options.name,
      start: (worker, events) => this.#start(worker, events),
      aheadMs: AHEAD_MS,
      ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
      dispose: () => this.#dispose(),
    });
    this.#pool.on((event) => {
      this.#emit(event);
    });
  }

  submit(argument: A, options?: SubmitOptions): Promise<TaskOutcome<A, R>> {
    return this.#pool.submit(argument, options);
  }

  feed(source: TaskSource<A, R>): Promise<void> {
    return this.#pool.feed(source);
  }

  resize(workers: number): void {
    this.#pool.resize(workers);
  }

  ready(): Promise<void> {
    return this.#pool.ready();
  }

  cancelAll(options?: { graceMs?: number }): Promise<void> {
    return this.#pool.cancelAll(options);
  }

  cancel(): void {
    for (const host of this.#hosts) host.folder.marks.cancel();
  }

  drain(): Promise<void> {
    return this.#pool.drain();
  }

  async close(): Promise<void> {
    await this.#pool.close();
    this.#listeners.clear();
  }

  status(): ExecutorStatus {
    return { ...this.#pool.status(), lock: this.#lock.counters() };
  }

  on(listener: (event: ExecutorEvent) => void): () => void {
    return this.#listeners.add(listener);
  }

  #start(worker: number, events: WorkerEvents): PoolWorker {
    if (this.#idle !== null) clearTimeout(this.#idle);
    assertRoom(hasProcesses(this.name) ? PYTHON_PROCESS : PYTHON_THREAD);
    return new PythonWorker(worker, this.#host(), events, {
      loaded: (lockOn) => {
        this.#lock.loaded(lockOn);
      },
      worked: (number, sums) => {
        this.#lock.worked(number, sums);
      },
      ended: (number) => {
        this.#lock.workerEnded(number);
        for (const host of this.#hosts) if (!host.usable && host.empty) void host.stop();
        this.#idleSoon();
      },
    });
  }

  /** The host that takes further workers: one that is being ended does not. */
  #host(): Host {
    if (this.#current?.usable === true) return this.#current;
    const host = new Host(this.#options, {
      up: ({ skew, ...facts }) => {
        this.#lock.up(facts);
        this.#tellClock(skew);
      },
      line: (text, atMs, lost) => {
        this.#emit({ type: 'line', worker: 0, atMs, text, lost });
      },
      lock: (message) => {
        if (this.#current === host) this.#lock.told(message);
      },
      ended: () => {
        this.#hosts.delete(host);
        if (this.#current !== host) return;
        this.#current = null;
        this.#lock.hostEnded();
      },
    });
    this.#hosts.add(host);
    // One that was killed and has not ended yet has told all it will.
    if (this.#current !== null) this.#lock.hostEnded();
    this.#current = host;
    return host;
  }

  #idleSoon(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      const host = this.#current;
      if (host?.usable === true && host.empty) void host.stop();
    }, IDLE_MS).unref();
  }

  /** Says once that this is another clock than Node's, and how well it is known. */
  #tellClock({ aheadMs, uncertainMs }: ClockSkew): void {
    if (aheadMs === 0 || this.#clockTold) return;
    this.#clockTold = true;
    const off = `${duration(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'}`;
    this.#emit({
      type: 'warning',
      warning: {
        code: 'not-available',
        message: `Python's clock is ${off} Node's here, give or take ${duration(uncertainMs)}; times of ${this.name} are corrected by that.`,
      },
    });
  }

  async #dispose(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    await Promise.all([...this.#hosts].map((host) => host.stop()));
    await this.#options.guard?.close();
  }

  #emit(event: ExecutorEvent): void {
    this.#listeners.tell(event);
  }
}
