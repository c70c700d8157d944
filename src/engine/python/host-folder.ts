import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { makeOwnedFolder } from '../owned-folder';
import { Marks } from './marks';

/** A folder of one host alone: its socket, its marks, and what it leaves behind when it crashes. */
export class HostFolder {
  readonly path: string;
  readonly marks: Marks;

  constructor() {
    this.path = makeFolder();
    try {
      this.marks = new Marks(this.marksPath);
    } catch (error) {
      this.remove();
      throw error;
    }
  }

  get marksPath(): string {
    return join(this.path, 'marks');
  }

  get crashPath(): string {
    return join(this.path, 'crash');
  }

  /** Where Python connects: a socket in this folder, or on Windows a port. */
  get socketPath(): string | null {
    return process.platform === 'win32' ? null : join(this.path, 'socket');
  }

  /**
   * What the interpreter wrote when it crashed: why (and where in `file`, if it was there), and the thread that was at
   * fault; null where it did not. A worker with an interpreter of its own has a place of its own for that.
   */
  crash(file?: string, worker?: number): { reason: string; ident: number | null } | null {
    const text = readable(worker === undefined ? this.crashPath : `${this.crashPath}-${String(worker)}`);
    const reason = /^(?:Fatal Python error|Windows fatal exception): (.*)$/m.exec(text)?.[1];
    if (reason === undefined) return null;
    const ident = /^Current thread (0x[0-9a-f]+)/m.exec(text)?.[1];
    const line = file === undefined ? undefined : lineIn(text, file);
    const where = line === undefined ? '' : ` at ${basename(file ?? '')}:${line}`;
    return { reason: `${reason}${where}`, ident: ident === undefined ? null : Number(ident) };
  }

  /** Idempotent. */
  remove(): void {
    // Undefined where the constructor failed.
    (this.marks as Marks | undefined)?.close();
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** In memory where the system has a place for that: marks are written all the time and never need to reach a disk. */
function makeFolder(): string {
  for (const parent of process.platform === 'linux' ? ['/dev/shm'] : []) {
    try {
      return makeOwnedFolder(parent, 'coreloom-host');
    } catch {
      // Not writable: the usual place.
    }
  }
  return makeOwnedFolder(tmpdir(), 'coreloom-host');
}

/** The innermost line of a file among a crash's frames. */
function lineIn(text: string, file: string): string | undefined {
  return [...text.matchAll(/^ {2}File "(.*)", line (\d+)/gm)].find(([, path]) => path === file)?.[2];
}

function readable(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
