import { mkdirSync, readFileSync, rmSync, unlinkSync, watch, writeFileSync, type FSWatcher } from 'node:fs';
import { join } from 'node:path';

export interface SecondInstance {
  argv: string[];
  cwd: string;
  data: unknown;
}

const LOCK = 'stand-in-lock';
const CALL = /^stand-in-call-\d+$/;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The single-instance lock of a user-data folder, held by a process and freed by its death. */
export class SingleInstance {
  #watcher: FSWatcher | null = null;
  #folder: string | null = null;

  /** True where this process holds the lock; otherwise the holder is told and false is answered. */
  request(folder: string, data: unknown, second: (instance: SecondInstance) => void): boolean {
    if (this.#folder !== null) return true;
    mkdirSync(folder, { recursive: true });
    if (!this.#take(folder)) {
      const call: SecondInstance = { argv: process.argv, cwd: process.cwd(), data: data ?? null };
      writeFileSync(join(folder, `stand-in-call-${String(process.pid)}`), JSON.stringify(call));
      return false;
    }
    this.#folder = folder;
    this.#watcher = watch(folder, (_event, name) => {
      if (name !== null && CALL.test(name)) this.#hear(join(folder, name), second);
    });
    this.#watcher.unref();
    return true;
  }

  release(): void {
    this.#watcher?.close();
    if (this.#folder !== null) rmSync(join(this.#folder, LOCK), { force: true });
    this.#watcher = this.#folder = null;
  }

  #take(folder: string): boolean {
    const file = join(folder, LOCK);
    for (;;) {
      try {
        writeFileSync(file, String(process.pid), { flag: 'wx' });
        return true;
      } catch {
        if (isAlive(Number(readFileSync(file, 'utf8')))) return false;
        rmSync(file, { force: true });
      }
    }
  }

  #hear(file: string, second: (instance: SecondInstance) => void): void {
    try {
      const call = JSON.parse(readFileSync(file, 'utf8')) as SecondInstance;
      unlinkSync(file);
      second(call);
    } catch {
      // Not wholly written yet, or heard already: another event comes, or came.
    }
  }
}
