import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { makeExpendable } from '../system/expendable';
import { readPrinted } from '../system/printed';
import { signalGroup } from '../system/process-group';
import { moduleEnvironment, pythonEnvironment } from './environment';
import type { PythonExecutorOptions } from './types';

export interface HostExit {
  code: number | null;
  signal: string | null;
  /** Why it could not be started. */
  reason?: string | null;
}

export interface HostProcessEvents {
  /** A line on its standard output or error; `lost` is how many lines it stands for that are left out. */
  line(text: string, lost?: number): void;
  /** Comes once. */
  exited(exit: HostExit): void;
  suspended(reason: string): void;
}

/** The Python process itself, in a process group of its own, so that whatever its tasks start ends with it. */
export class HostProcess {
  readonly #child: ChildProcess;
  readonly #options: PythonExecutorOptions;
  readonly #number: number;

  constructor(options: PythonExecutorOptions, settings: Record<string, unknown>, events: HostProcessEvents) {
    this.#options = options;
    this.#number = options.guard?.hostNumber() ?? 0;
    const [program = '', ...first] = options.interpreter.command;
    const child = spawn(program, [...first, join(options.hostFolder, 'host.py')], {
      env:
        options.module === undefined
          ? pythonEnvironment()
          : (options.guard?.environment(moduleEnvironment(), this.#number) ?? moduleEnvironment()),
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    this.#child = child;
    this.#listen(events);
    // A program that is not there closes it at once; `error` says so.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(`${JSON.stringify(settings)}\n`);
    if (child.pid === undefined) return;
    makeExpendable(child.pid);
    options.guard?.add(child.pid);
    options.watch?.add(child.pid, (reason) => {
      events.suspended(reason);
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** It is about to be ended: what it started is to end with it. */
  leaving(): void {
    this.#options.guard?.leaving(this.#number, this.pid);
  }

  /** Ends it and all of its group at once. Idempotent. */
  kill(): void {
    this.leaving();
    signalGroup(this.#child.pid, 'SIGKILL');
    this.#child.kill('SIGKILL');
  }

  #listen(events: HostProcessEvents): void {
    const child = this.#child;
    readPrinted([child.stdout, child.stderr], (text, lost) => {
      events.line(text, lost);
    });
    child.once('error', (error) => {
      if (child.pid === undefined) events.exited({ code: null, signal: null, reason: error.message });
    });
    child.once('exit', (code, signal) => {
      if (child.pid !== undefined) {
        this.#options.watch?.remove(child.pid);
      }
      // Its workers, and what tasks started and left behind.
      signalGroup(child.pid, 'SIGKILL');
      this.#options.guard?.remove(this.pid);
      this.#options.guard?.left(this.#number);
      events.exited({ code, signal });
    });
    child.unref();
    for (const stream of child.stdio) (stream as { unref?(): void } | null | undefined)?.unref?.();
  }
}
