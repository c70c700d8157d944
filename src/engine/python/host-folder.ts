import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { makeOwnedFolder } from '../system/owned-folder';
import { removeQuietly } from '../system/remove-quietly';
import { Marks } from './marks';

/**
 * A folder of one host alone: its socket, its marks (written all the time, and never in need of a disk), and what it leaves
 * behind when it crashes.
 */
export class HostFolder {
  readonly path: string;
  readonly marks: Marks;

  /** Throws where the system has no room for it. */
  constructor() {
    ({ path: this.path, marks: this.marks } = makeOwnedFolder('memory', 'host', (path) => ({
      path,
      marks: new Marks(marksIn(path)),
    })));
  }

  get marksPath(): string {
    return marksIn(this.path);
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

  /** Why the host ended and whose task it was, as far as it, or one of its processes, left word of that. */
  blame(
    workers: readonly { number: number; ident: number | null }[],
    file?: string,
  ): { words: string | null; culprit: number | null } {
    const crash = this.crash(file);
    if (crash !== null) {
      const culprit =
        this.marks.culprit() ?? workers.find(({ ident }) => ident !== null && ident === crash.ident)?.number ?? null;
      return { words: crash.reason, culprit };
    }
    for (const { number } of workers) {
      const words = this.crash(file, number)?.reason;
      if (words !== undefined) return { words, culprit: number };
    }
    return { words: null, culprit: this.marks.culprit() };
  }

  /** Idempotent. */
  remove(): void {
    this.marks.close();
    removeQuietly(this.path);
  }
}

const marksIn = (folder: string): string => join(folder, 'marks');

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
