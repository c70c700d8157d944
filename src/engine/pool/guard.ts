import { fork, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { workerEnvironment } from './environment';

/** Parent half of the guard: a process that kills the forked workers should this one be killed. */
export class Guard {
  readonly #entry: string;
  readonly #pids = new Set<number>();
  #child: ChildProcess | null = null;
  #closed = false;

  constructor(entry: string) {
    this.#entry = entry;
  }

  add(pid: number): void {
    this.#pids.add(pid);
    if (this.#child === null) this.#start();
    else this.#tell(`+${pid}`);
  }

  remove(pid: number): void {
    this.#pids.delete(pid);
    this.#tell(`-${pid}`);
  }

  /** Ends the guard; resolves when it is gone. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    if (child === null) return;
    this.#child = null;
    await new Promise<void>((resolve) => {
      child.once('exit', () => {
        resolve();
      });
      if (child.exitCode !== null || child.signalCode !== null) resolve();
      child.kill('SIGKILL');
    });
  }

  #start(): void {
    // `fork` wants a channel and works in Electron; the guard hears by its standard input (see its entry).
    const child = fork(this.#entry, [], { execArgv: [], env: workerEnvironment(), stdio: ['pipe', 'ignore', 'ignore', 'ipc'] });
    this.#child = child;
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
    if (!this.#closed && this.#pids.size > 0) setTimeout(() => {
      if (this.#child === null && !this.#closed) this.#start();
    }, 1000).unref();
  }

  #tell(line: string): void {
    this.#child?.stdin?.write(`${line}\n`);
  }
}
