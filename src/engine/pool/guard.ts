import { fork, type ChildProcess } from 'node:child_process';
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
    else this.#tell({ add: pid });
  }

  remove(pid: number): void {
    this.#pids.delete(pid);
    this.#tell({ remove: pid });
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
    const child = fork(this.#entry, [], { execArgv: [], env: workerEnvironment(), stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    this.#child = child;
    child.unref();
    child.channel?.unref();
    child.once('error', () => {
      this.#lost(child);
    });
    child.once('exit', () => {
      this.#lost(child);
    });
    for (const pid of this.#pids) this.#tell({ add: pid });
  }

  /** A guard that was killed is started again with the next worker; without workers there is nothing to guard. */
  #lost(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.#child = null;
    if (!this.#closed && this.#pids.size > 0) setTimeout(() => {
      if (this.#child === null && !this.#closed) this.#start();
    }, 1000).unref();
  }

  #tell(message: { add: number } | { remove: number }): void {
    // A closed channel is told to the callback; `exit` follows.
    this.#child?.send(message, () => undefined);
  }
}
