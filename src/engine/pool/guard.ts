import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { forkNode } from '../fork-node';
import { childrenOf, endOffspring, tagOf, withTag, type Child } from '../system/offspring';
import { toldOfDeath } from '../system/parent-death';
import { assertRoom, startedWith, type Need } from '../system/room';
import { workerEnvironment } from '../system/environment';

/** A guard that is told to end does within milliseconds; one that does not, such as one that is suspended, is killed. */
const CLOSE_LIMIT_MS = 1_000;
/** It has one thread of each kind: it does nothing that more would make faster. */
const GUARD: Need = { what: 'the guard of its workers', threads: 5, files: 4, addresses: 0 };

/**
 * Parent half of the guard: a process that ends workers should this one be killed, and, where it knows their run, what
 * the code of workers that have ended started and left behind.
 */
export class Guard {
  readonly #entry: string;
  readonly #run: string | null;
  readonly #pids = new Set<number>();
  /** What workers that are being ended have started, by worker. */
  readonly #children = new Map<number, Child[]>();
  #child: ChildProcess | null = null;
  #hosts = 0;
  #used = false;
  #closed = false;

  /** `run`: a name that no other has, of workers that run the user's code. */
  constructor(entry: string, run: string | null = null) {
    this.#entry = entry;
    this.#run = run;
  }

  /** Starts the guard where there is none: before the first worker, which would take its room. Throws `NoRoom`. */
  stand(): void {
    if (this.#child !== null) return;
    assertRoom(GUARD);
    this.#start();
  }

  add(pid: number): void {
    this.#used = true;
    this.#pids.add(pid);
    if (this.#child === null) this.#start();
    else this.#tell(`+${pid}`);
  }

  remove(pid: number): void {
    this.#pids.delete(pid);
    this.#tell(`-${pid}`);
  }

  /** The number of one more process that holds workers: no worker has it, nor another such process. */
  hostNumber(): number {
    this.#hosts += 1;
    return -this.#hosts;
  }

  /** The environment of a worker, by which what its code starts is known. */
  environment(environment: Record<string, string>, worker: number): Record<string, string> {
    return this.#run === null ? environment : withTag(environment, this.#run, worker);
  }

  /** A worker is about to be ended: what it started itself is known by that as long as it lives. */
  leaving(worker: number, pid: number, tid: number | null = null): void {
    if (this.#run !== null && !this.#children.has(worker)) this.#children.set(worker, childrenOf(pid, tid));
  }

  /** A worker has ended: what its code started and left behind is ended too. */
  left(worker: number): void {
    if (this.#run === null) return;
    const children = this.#children.get(worker) ?? [];
    this.#children.delete(worker);
    const tag = tagOf(this.#run, worker);
    if (this.#child === null) endOffspring(tag, children);
    else this.#tell([`!${tag}`, ...children.map(({ pid, start }) => `${String(pid)}@${start}`)].join(' '));
  }

  /** Ends the guard, with all that was left behind; resolves when they are gone. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    this.#child = null;
    if (child !== null) await ended(child, this.#run !== null);
    // A guard that was killed had no time for it.
    if (this.#used && this.#run !== null && child?.exitCode !== 0) endOffspring(tagOf(this.#run));
  }

  #start(): void {
    // `fork` wants a channel; the guard hears by its standard input (see its entry). It has a
    // session of its own: what kills the whole group of this process must not keep it from its work.
    const child = forkNode(this.#entry, this.#run === null ? [] : [tagOf(this.#run)], {
      ...toldOfDeath('CONT', ['--v8-pool-size=1']),
      env: { ...workerEnvironment(), UV_THREADPOOL_SIZE: '1' },
      detached: process.platform !== 'win32',
      stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
    });
    this.#child = child;
    startedWith(child.pid, GUARD);
    child.unref();
    child.channel?.unref();
    if (child.stdin instanceof Socket) child.stdin.unref();
    // A pipe whose reader is gone: `exit` follows.
    child.stdin?.on('error', () => undefined);
    child.once('error', () => {
      this.#lost(child);
    });
    child.once('exit', () => {
      this.#lost(child);
    });
    for (const pid of this.#pids) this.#tell(`+${pid}`);
  }

  /** A guard that was killed is started again with the next worker; without workers there is nothing to guard. */
  #lost(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.#child = null;
    if (!this.#closed && this.#pids.size > 0)
      setTimeout(() => {
        if (!this.#closed) this.#standAgain();
      }, 1000).unref();
  }

  #standAgain(): void {
    try {
      this.stand();
    } catch {
      // No room for it now: the next worker tries again.
    }
  }

  #tell(line: string): void {
    this.#child?.stdin?.write(`${line}\n`);
  }
}

/** Ends a guard: in order where it has something to do before, else at once. */
async function ended(child: ChildProcess, inOrder: boolean): Promise<void> {
  const kill = (): void => void child.kill('SIGKILL');
  const timer = setTimeout(kill, CLOSE_LIMIT_MS);
  await new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) resolve();
    else if (inOrder) child.stdin?.end();
    else kill();
  });
  clearTimeout(timer);
}
