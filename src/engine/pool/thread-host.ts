import type { ChildProcess } from 'node:child_process';
import { finished } from 'node:stream/promises';
import { LIMITS, type ExecutorKey } from '../../contract';
import { forkNode } from '../fork-node';
import { EarlyLines } from '../system/early-lines';
import { makeExpendable } from '../system/expendable';
import { outOfMemory } from '../system/memory-kills';
import { OWN_GROUP } from '../system/offspring';
import { readPrinted } from '../system/printed';
import { signalGroup } from '../system/process-group';
import { assertRoom, NODE_PROCESS, startedWith } from '../system/room';
import type { SuspensionWatch } from '../system/suspended';
import { onUnreadable } from '../system/unreadable';
import type { WhyEnded, WorkerExit } from '../worker';
import type { Guard } from './guard';
import { Mark, MARK_BYTES } from './mark';
import { MARKS_GONE, UNREADABLE, type FromThreadHost, type Shared, type ToThreadHost } from './messages';

/** A host without threads ends within milliseconds; one that does not is killed. */
const STOP_LIMIT_MS = 500;
/** After a host has ended its last messages are read; if its streams stay open, for this long at most. */
const LAST_MESSAGES_MS = 500;

export interface ThreadHostOptions {
  /** The built files that host and threads start with, and the module of the tasks. */
  entries: { host: string; thread: string; tasks: string };
  /** What of that module the next thread loads before it is ready. */
  workload(): string | null;
  /** What the threads of a host that starts now share; null for nothing. */
  shared(): Shared | null;
  executor: ExecutorKey;
  /** Memory of each thread's own JavaScript objects, MiB; default: Node's own limit. */
  heapMb?: number | undefined;
  environment: Record<string, string>;
  guard: Guard;
  watch: SuspensionWatch;
  /** Written to the host's output by none of its threads in particular. */
  line(text: string, atMs: number, lost?: number): void;
}

/** A thread as its host sees it. */
export interface Lodger {
  readonly number: number;
  /** Whether it has started a task that it has not answered. */
  readonly running: boolean;
  receive(message: FromThreadHost): void;
  /** It has ended with its host: nothing more can come. */
  gone(exit: WorkerExit): void;
}

/** Parent half of one host: a process of its own that owns threads, so that what ends it ends them and nothing else. */
export class ThreadHostProcess {
  /** What its threads share, as long as it lives. */
  readonly shared: Shared | null;
  readonly #child: ChildProcess;
  readonly #options: ThreadHostOptions;
  readonly #number: number;
  readonly #early: EarlyLines;
  readonly #marks: Marks | null;
  readonly #lodgers = new Map<number, { lodger: Lodger; markIndex: number }>();
  readonly #gone: Promise<void>;
  #settleGone: () => void = () => undefined;
  #state: 'up' | 'stopping' | 'killed' | 'ended' = 'up';
  #exit: Pick<WorkerExit, 'code' | 'signal'> | null = null;
  #why: WhyEnded = { reason: null };
  #timer: NodeJS.Timeout | null = null;
  #last: NodeJS.Timeout | null = null;

  /** Throws where the system refuses the process. */
  constructor(options: ThreadHostOptions) {
    this.#options = options;
    this.shared = options.shared();
    this.#number = options.guard.hostNumber();
    this.#gone = new Promise((resolve) => (this.#settleGone = resolve));
    options.guard.stand();
    assertRoom(NODE_PROCESS);
    this.#marks = createMarks();
    const {
      entries: { host, thread, tasks },
      executor,
      heapMb,
      environment,
    } = options;
    try {
      this.#child = forkNode(host, [executor, thread, tasks, heapMb === undefined ? '' : String(heapMb)], {
        env: options.guard.environment(environment, this.#number),
        detached: OWN_GROUP,
        execArgv: [],
        serialization: 'advanced',
        stdio: ['ignore', 'pipe', 'pipe', 'ipc', this.#marks?.fd ?? 'ignore'],
      });
    } catch (error) {
      this.#marks?.close();
      throw error;
    }
    this.#early = new EarlyLines(options.line);
    startedWith(this.#child.pid, NODE_PROCESS);
    this.#listen();
    this.#observe();
    if (this.shared !== null) this.tell({ type: 'share', worker: 0, ...this.shared });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Whether it takes further threads. */
  get usable(): boolean {
    return this.#state === 'up' && this.#exit === null;
  }

  get empty(): boolean {
    return this.#lodgers.size === 0;
  }

  /** Starts a thread; answers where it marks its tasks, or null where it cannot. */
  add(lodger: Lodger): Mark | null {
    const taken = this.#marks?.take();
    this.#lodgers.set(lodger.number, { lodger, markIndex: taken?.index ?? 0 });
    this.tell({
      type: 'start',
      worker: lodger.number,
      markIndex: taken?.index ?? 0,
      workload: this.#options.workload(),
    });
    return taken?.mark ?? null;
  }

  /** A thread is about to be ended: what it started is to end with it. */
  leaving(lodger: Lodger, tid: number): void {
    this.#options.guard.leaving(lodger.number, this.pid, tid);
  }

  /** Lets a thread go that has ended. */
  remove(lodger: Lodger): void {
    const found = this.#lodgers.get(lodger.number);
    if (found === undefined) return;
    this.#options.guard.left(lodger.number);
    this.#lodgers.delete(lodger.number);
    this.#marks?.giveBack(found.markIndex);
  }

  /** Throws where the message cannot be cloned, and then nothing was sent. */
  tell(message: ToThreadHost): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** Ends it and all its threads at once. Idempotent. */
  kill(): void {
    if (this.#state === 'ended' || this.#state === 'killed') return;
    this.#state = 'killed';
    this.#options.guard.leaving(this.#number, this.pid);
    this.#child.kill('SIGKILL');
  }

  /** Ends a host that has no threads any more; resolves when it is gone. Idempotent. */
  async stop(): Promise<void> {
    if (this.#state === 'up') {
      this.#state = 'stopping';
      if (this.#child.connected) this.#child.disconnect();
      this.#timer = setTimeout(() => {
        this.kill();
      }, STOP_LIMIT_MS).unref();
    }
    await this.#gone;
  }

  #observe(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    makeExpendable(pid);
    this.#options.guard.add(pid);
    this.#options.watch.add(pid, (reason) => {
      this.#why = { reason };
      this.#child.kill('SIGKILL');
    });
  }

  #listen(): void {
    const child = this.#child;
    child.on('message', (message: FromThreadHost) => {
      this.#early.release();
      this.#lodgers.get(message.worker)?.lodger.receive(message);
    });
    onUnreadable(child, () => {
      this.#why = { reason: UNREADABLE };
      child.kill('SIGKILL');
    });
    child.once('error', (error) => {
      this.#why = { reason: error.message, refused: child.pid === undefined };
      // Never started: no `exit` will follow.
      if (child.pid === undefined) this.#end();
    });
    child.once('exit', (code, signal) => {
      this.#exit = { code, signal };
      if (code === MARKS_GONE) this.#why = { reason: 'a task closed descriptors that it had not opened' };
      this.#last = setTimeout(() => {
        this.#end();
      }, LAST_MESSAGES_MS);
      if (this.#state === 'stopping')
        void this.#read().then(() => {
          this.#end();
        });
    });
    // Its channel and its output, which may hold its last words, have been read.
    child.once('close', () => {
      this.#end();
    });
    readPrinted([child.stdout, child.stderr], (text, lost) => {
      if (outOfMemory(text)) this.#why = { reason: 'out of memory', outOfMemory: true };
      this.#early.add(text, lost);
    });
    child.unref();
    child.channel?.unref();
    for (const stream of [child.stdout, child.stderr]) (stream as unknown as { unref?(): void } | null)?.unref?.();
  }

  /** Resolves when its output has been read: `close` does not come where this side closed the channel. */
  async #read(): Promise<void> {
    const { stdout, stderr } = this.#child;
    await Promise.allSettled([stdout, stderr].map((stream) => stream && finished(stream)));
  }

  #end(): void {
    if (this.#state === 'ended') return;
    const killed = this.#state === 'killed';
    this.#state = 'ended';
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#last !== null) clearTimeout(this.#last);
    if (OWN_GROUP) signalGroup(this.#child.pid, 'SIGKILL');
    this.#options.guard.remove(this.pid);
    this.#options.guard.left(this.#number);
    this.#options.watch.remove(this.pid);
    const refusal = this.#early.refusal(this.#exit?.signal ?? null);
    if (refusal !== null) this.#why = { reason: refusal, refused: true };
    const exit: WorkerExit = { code: null, signal: null, ...this.#exit, ...this.#why };
    for (const [lodger, collateral] of this.#blame(killed))
      lodger.gone(collateral === null ? exit : { ...exit, collateral });
    this.#marks?.close();
    this.#settleGone();
  }

  /** Who caused this end: a task that ran alone did; of several it is not known which. The one to blame comes first. */
  #blame(killed: boolean): [Lodger, WorkerExit['collateral'] | null][] {
    const lodgers = [...this.#lodgers.values()].map(({ lodger }) => lodger);
    if (killed) return lodgers.map((lodger) => [lodger, 'kill']);
    const running = lodgers.filter((lodger) => lodger.running);
    const idle = lodgers.filter((lodger) => !lodger.running);
    if (running.length === 0) return idle.map((lodger, at) => [lodger, at === 0 ? null : 'crash']);
    return [
      ...running.map((lodger): [Lodger, 'suspect' | 'culprit'] => [
        lodger,
        running.length === 1 ? 'culprit' : 'suspect',
      ]),
      ...idle.map((lodger): [Lodger, 'crash'] => [lodger, 'crash']),
    ];
  }
}

/** The marks of the threads of one host: a nameless file that it shares with its parent. */
export interface Marks {
  /** The descriptor that the host is to inherit. */
  readonly fd: number;
  /** A free mark, and its index in the file. */
  take(): { index: number; mark: Mark };
  giveBack(index: number): void;
  close(): void;
}

/** Null where there is no place to write. */
function createMarks(): Marks | null {
  // As many again for those that are ending.
  const made = Mark.create(2 * LIMITS.workers.max);
  if (made === null) return null;
  const { mark: file, fd } = made;
  const free: number[] = [];
  let count = 0;
  return {
    fd,
    take() {
      const index = free.pop() ?? count++;
      const mark = new Mark(fd, index * MARK_BYTES);
      // What the thread before left here is not this one's.
      mark.reset();
      return { index, mark };
    },
    giveBack(index) {
      free.push(index);
    },
    close() {
      file.close();
    },
  };
}
