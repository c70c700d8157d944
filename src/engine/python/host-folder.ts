import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { makeOwnedFolder } from '../system/owned-folder';
import { removeQuietly } from '../system/remove-quietly';
import type { WorkerExit } from '../worker';
import { Marks } from './marks';

/** Why an interpreter ended (where in the user's file, and by which call, if it says so), and which thread was at fault. */
interface Crash extends Pick<WorkerExit, 'reason' | 'place' | 'called'> {
  ident: number | null;
}

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
   * What the interpreter wrote when it crashed; null if it did not. A worker with an interpreter of its own writes to a
   * file of its own.
   */
  crash(file?: string, worker?: number): Crash | null {
    const text = readable(worker === undefined ? this.crashPath : `${this.crashPath}-${String(worker)}`);
    const reason = /^(?:Fatal Python error|Windows fatal exception): (.*)$/m.exec(text)?.[1];
    if (reason === undefined) return null;
    const ident = /^Current thread (0x[0-9a-f]+)/m.exec(text)?.[1];
    return {
      reason,
      place: file === undefined ? undefined : placeIn(text, file),
      called: /^Called: (\S+)$/m.exec(text)?.[1],
      ident: ident === undefined ? null : Number(ident),
    };
  }

  /** Why the host ended and whose task it was, as far as it, or one of its processes, left word of that. */
  blame(
    workers: readonly { number: number; ident: number | null }[],
    file?: string,
  ): { crash: Crash | null; culprit: number | null } {
    const crash = this.crash(file);
    if (crash !== null) {
      const culprit =
        this.marks.culprit() ?? workers.find(({ ident }) => ident !== null && ident === crash.ident)?.number ?? null;
      return { crash, culprit };
    }
    for (const { number } of workers) {
      const own = this.crash(file, number);
      if (own !== null) return { crash: own, culprit: number };
    }
    return { crash: null, culprit: this.marks.culprit() };
  }

  /** Idempotent. */
  remove(): void {
    this.marks.close();
    removeQuietly(this.path);
  }
}

const marksIn = (folder: string): string => join(folder, 'marks');

/** The innermost place of a file among a crash's frames, as `file:line`. */
function placeIn(text: string, file: string): string | undefined {
  const line = [...text.matchAll(/^ {2}File "(.*)", line (\d+)/gm)].find(([, path]) => path === file)?.[2];
  return line === undefined ? undefined : `${basename(file)}:${line}`;
}

function readable(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** What a crash adds to a worker's exit. */
export const whyCrashed = (crash: Crash | null): Pick<WorkerExit, 'reason' | 'place' | 'called'> =>
  crash === null ? { reason: null } : { reason: crash.reason, place: crash.place, called: crash.called };
