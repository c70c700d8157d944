import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

  /** What the interpreter wrote when it crashed: why, and the thread that was at fault; null where it did not. */
  crash(): { reason: string; ident: number | null } | null {
    const text = readable(this.crashPath);
    const reason = /^(?:Fatal Python error|Windows fatal exception): .*$/m.exec(text)?.[0];
    if (reason === undefined) return null;
    const ident = /^Current thread (0x[0-9a-f]+)/m.exec(text)?.[1];
    return { reason, ident: ident === undefined ? null : Number(ident) };
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
      return mkdtempSync(join(parent, 'coreloom-'));
    } catch {
      // Not writable: the usual place.
    }
  }
  return mkdtempSync(join(tmpdir(), 'coreloom-'));
}

function readable(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
