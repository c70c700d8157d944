import { duration, executorFacts, hasProcesses } from '../../contract';
import { nowMs } from '../system/clock';
import { ONE_CLOCK, type ClockSkew } from '../system/clock-bounds';
import { PYTHON_PROCESS, assertRoom } from '../system/room';
import type { WorkerExit } from '../worker';
import type { Connection } from './connection';
import { Door, type Address } from './door';
import { HostClock } from './host-clock';
import { HostFolder, whyCrashed } from './host-folder';
import { HostProcess, type HostExit } from './host-process';
import { LockTurns } from './lock-turns';
import type { Lodger } from './lodger';
import type { FromHost, LockMessage, ToHost } from './messages';
import type { PythonExecutorOptions } from './types';

/** A Python that has not connected by then is broken; a cold start from a slow disk takes a few seconds. */
const START_LIMIT_MS = 20_000;
/** A host that was told to stop ends at once; one that does not is killed. */
const STOP_LIMIT_MS = 500;
/** A host that was told to kill a worker does at once; one that does not, such as one that is suspended, is killed with all of them. */
const KILL_LIMIT_MS = 1_000;
/** What processes wrote before they ended is read; should somebody keep their connections open, no longer than this. */
const LAST_MESSAGES_MS = 300;
/** A host whose connection closes has mostly ended, and its end says why; one that has not by then is ended. It waits for that (main.py). */
const CLOSED_LIMIT_MS = 100;
const CUT_OFF = 'its connection with Node was closed';

export interface HostEvents {
  /** It can start workers; `atMs` is when it had used so much CPU time. */
  up(facts: { lockOn: boolean; cpuMs: number; atMs: number; skew: ClockSkew }): void;
  /** Printed, but not by a worker's own thread. */
  line(text: string, atMs: number, lost?: number): void;
  lock(message: LockMessage): void;
  /** It and all its workers have ended. */
  ended(): void;
}

/** Parent half of one host: connects its workers with Node, and knows whose fault its end is. */
export class Host {
  readonly folder;
  readonly clock = new HostClock();
  readonly #events: HostEvents;
  readonly #options: PythonExecutorOptions;
  readonly #door: Door;
  readonly #lodgers = new Map<number, { lodger: Lodger; place: number; pid?: number; killing?: NodeJS.Timeout }>();
  readonly #gone: Promise<void>;
  #settleGone: () => void = () => undefined;
  #process: HostProcess | null = null;
  #control: Connection | null = null;
  #state: 'starting' | 'up' | 'stopping' | 'killed' | 'ended' = 'starting';
  #reason: string | null = null;
  #damaged = false;
  /** Who has the lock, where one is shared. */
  #turns: LockTurns | null = null;
  #unclear = false;
  /** The connection was closed while it was up. */
  #cutOff = false;
  #timer: NodeJS.Timeout;

  /** Throws where the system has no room for its files. */
  constructor(options: PythonExecutorOptions, events: HostEvents) {
    options.guard?.stand();
    assertRoom(PYTHON_PROCESS);
    this.folder = new HostFolder();
    this.#options = options;
    this.#events = events;
    this.#gone = new Promise((resolve) => (this.#settleGone = resolve));
    this.#door = new Door(this.folder.socketPath, {
      open: this.#spawn.bind(this),
      failed: (error) => {
        this.#fail(`no socket is available for it: ${error.message}`);
      },
      enter: (worker, connection) => this.#enter(worker, connection),
    });
    this.#timer = setTimeout(
      this.#fail.bind(this),
      START_LIMIT_MS,
      `it did not answer within ${duration(START_LIMIT_MS)}`,
    ).unref();
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** Whether it takes further workers: not where one of its threads ended unasked, whose task may have damaged what they share. */
  get usable(): boolean {
    return !this.#damaged && (this.#state === 'starting' || this.#state === 'up');
  }

  get empty(): boolean {
    return this.#lodgers.size === 0;
  }

  /** False while no worker was told to start. */
  get started(): boolean {
    return this.#state !== 'starting';
  }

  /** Takes a worker in, and starts it as soon as it can; answers its place among the marks. */
  add(lodger: Lodger): number {
    const place = this.folder.marks.take();
    this.#lodgers.set(lodger.number, { lodger, place });
    if (this.#state === 'up') this.#send({ type: 'start', worker: lodger.number, place });
    return place;
  }

  /** Lets a worker go that has ended. One that was not started yet never will be. */
  remove(lodger: Lodger): void {
    const found = this.#lodgers.get(lodger.number);
    if (found === undefined) return;
    this.#lodgers.delete(lodger.number);
    clearTimeout(found.killing);
    if (found.pid !== undefined) this.#options.watch?.remove(found.pid);
    if (hasProcesses(this.#options.name)) this.#options.guard?.left(lodger.number);
    this.folder.marks.giveBack(found.place);
  }

  /** Has a worker watched for being suspended where it has a process of its own. Idempotent. */
  watch(lodger: Lodger, pid: number): void {
    const found = this.#lodgers.get(lodger.number);
    if (!hasProcesses(this.#options.name) || found === undefined || found.pid !== undefined) return;
    found.pid = pid;
    this.#options.watch?.add(pid, (reason) => {
      lodger.lost(reason);
    });
  }

  /** A worker is about to be ended: what its process started is to end with it. */
  leaving(lodger: Lodger): void {
    this.#options.guard?.leaving(lodger.number, this.#lodgers.get(lodger.number)?.pid ?? 0);
  }

  /** Ends one worker at once: its process, or where workers are threads all of them with the host. */
  killWorker(lodger: Lodger): void {
    if (!hasProcesses(this.#options.name)) return this.kill();
    const found = this.#lodgers.get(lodger.number);
    this.leaving(lodger);
    this.#send({ type: 'kill', worker: lodger.number });
    if (found)
      found.killing ??= setTimeout(() => {
        this.kill();
      }, KILL_LIMIT_MS);
  }

  /**
   * Whether a worker's own task is to blame that it runs so long. Where nobody can tell whose it is, all of them are ended,
   * and run alone the next time; so they are where others keep it from its lock for longer than any task may run.
   */
  atFault(lodger: Lodger, runningMs: number): boolean {
    const all = [...this.#lodgers.values()].map((each) => each.lodger.runner());
    const blame =
      this.#turns?.blame(lodger.runner(), all, {
        nowMs: nowMs(),
        longestMs: 2 * (this.#options.deadlineMs ?? runningMs),
      }) ?? 'own';
    this.#unclear ||= blame === 'unclear';
    if (this.#unclear) this.#fail('another task kept the interpreter lock from it');
    return blame === 'own';
  }

  /** Ends a worker that was not told to end, and where workers are threads all of them: that counts against what they run. */
  lose(lodger: Lodger, reason: string): void {
    if (hasProcesses(this.#options.name)) this.killWorker(lodger);
    else this.#fail(reason);
  }

  /** Ends the host and all its workers at once. Idempotent. */
  kill(): void {
    if (this.#state === 'ended' || this.#state === 'killed') return;
    this.#state = 'killed';
    if (this.#cutOff) this.#reason ??= CUT_OFF;
    if (this.#process === null) this.#ended({ code: null, signal: null });
    else this.#process.kill();
  }

  /** Ends a host without workers in order; resolves when it is gone. Idempotent. */
  async stop(): Promise<void> {
    if (this.#state === 'up') {
      this.#state = 'stopping';
      this.#process?.leaving();
      this.#send({ type: 'stop' });
      this.#timer = setTimeout(() => {
        this.kill();
      }, STOP_LIMIT_MS).unref();
    } else if (this.#state === 'starting') this.kill();
    await this.#gone;
  }

  #spawn(address: Address): void {
    if (this.#state !== 'starting') return;
    const { folder } = this;
    const { name, startMethod, tasks, module } = this.#options;
    const settings = {
      executor: name,
      each: executorFacts(name).each,
      startMethod,
      tasks,
      module,
      address,
      token: this.#door.token,
      marks: folder.marksPath,
      crash: folder.crashPath,
      folder: folder.path,
    };
    this.#process = new HostProcess(this.#options, settings, {
      line: (text, lost) => {
        // Before it is up it says why it cannot be.
        if (this.#state !== 'starting') this.#events.line(text, nowMs(), lost);
        else if (text.trim() !== '') this.#reason = text;
      },
      exited: (exit) => {
        this.#exited(exit);
      },
      suspended: (reason) => {
        this.#fail(reason);
      },
    });
  }

  #enter(worker: number, connection: Connection): boolean {
    if (worker !== 0) {
      this.#lodgers.get(worker)?.lodger.connected(connection);
      return this.#lodgers.has(worker);
    }
    if (this.#control !== null) return false;
    this.#control = connection;
    connection.events = {
      message: (message) => {
        this.#receive(message as unknown as FromHost);
      },
      closed: () => {
        // Without it nothing can be told: some task closed what is not its own, or wrote there.
        if (this.#state !== 'up') return;
        // Closed by us: it is alive, and would end by itself for that, without a word.
        if (connection.unreadable) {
          this.#fail(CUT_OFF);
          return;
        }
        this.#cutOff = true;
        this.#timer = setTimeout(() => {
          this.#fail(CUT_OFF);
        }, CLOSED_LIMIT_MS).unref();
      },
    };
    return true;
  }

  #receive(message: FromHost): void {
    switch (message.type) {
      case 'host':
        if (this.#options.oneClock ?? ONE_CLOCK) this.#up(message);
        else
          this.clock.find(
            () => {
              this.#send({ type: 'clock' });
            },
            () => {
              this.#up(message);
            },
          );
        break;
      case 'clock':
        this.clock.told(message.atMs);
        break;
      case 'ended':
        this.#workerEnded(message);
        break;
      case 'line':
        this.#events.line(message.text, this.clock.here(message.atMs), message.lost);
        break;
      case 'lock':
        this.#turns?.heard(nowMs());
        this.#events.lock({ ...message, atMs: this.clock.here(message.atMs) });
        break;
    }
  }

  /** What a worker with a process of its own left behind where it crashed is looked for. */
  #workerEnded({ worker, code, signal, reason }: Extract<FromHost, { type: 'ended' }>): void {
    const found = this.#lodgers.get(worker);
    if (!hasProcesses(this.#options.name) && found?.lodger.stopping === false) this.#damaged = true;
    const crash = code === 0 ? null : this.folder.crash(this.#options.module?.path, worker);
    found?.lodger.gone({ code, signal, ...(reason === null ? whyCrashed(crash) : { reason }) });
  }

  #up({ lockOn, cpuMs, atMs }: { lockOn: boolean; cpuMs: number; atMs: number }): void {
    if (this.#state !== 'starting') return;
    clearTimeout(this.#timer);
    this.#state = 'up';
    this.#reason = null;
    if (lockOn && executorFacts(this.#options.name).lock === 'shared') this.#turns = new LockTurns(this.pid, nowMs());
    this.#events.up({ lockOn, cpuMs, atMs: this.clock.here(atMs), skew: this.clock.skew });
    for (const [worker, { place }] of this.#lodgers) this.#send({ type: 'start', worker, place });
  }

  #send(message: ToHost): void {
    this.#control?.send(message);
  }

  /** Ends it for a reason that its workers' ends will give. */
  #fail(reason: string): void {
    this.#reason = reason;
    this.#damaged = true;
    if (this.#process === null) this.#ended({ code: null, signal: null });
    else this.#process.kill();
  }

  #exited(exit: HostExit): void {
    const limitMs = nowMs() + LAST_MESSAGES_MS;
    const look = (): void => {
      if (this.#door.empty || nowMs() >= limitMs) this.#ended(exit);
      else setTimeout(look, 2);
    };
    // What was sent before the end is read before it is told.
    setImmediate(look);
  }

  #ended({ code, signal, reason = null }: HostExit): void {
    if (this.#state === 'ended') return;
    const killed = this.#state === 'killed';
    this.#state = 'ended';
    clearTimeout(this.#timer);
    this.#door.close();
    const lodgers = [...this.#lodgers.values()].map(({ lodger }) => lodger);
    const { crash, culprit } = this.folder.blame(lodgers, this.#options.module?.path);
    const exit: WorkerExit = {
      code,
      signal,
      ...(crash === null ? { reason: this.#reason ?? reason } : whyCrashed(crash)),
    };
    const several = lodgers.filter(({ running }) => running).length > 1;
    const collateralOf = ({ number }: Lodger): WorkerExit['collateral'] => {
      if (killed) return 'kill';
      if (this.#unclear) return 'unclear';
      if (culprit === null) return several ? 'suspect' : undefined;
      return culprit === number ? undefined : 'crash';
    };
    for (const lodger of lodgers) {
      const collateral = collateralOf(lodger);
      lodger.gone(collateral === undefined ? exit : { ...exit, collateral }, true);
    }
    this.folder.remove();
    this.#settleGone();
    this.#events.ended();
  }
}
