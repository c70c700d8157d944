import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** Reads the text of small files of the kernel; null where a file is not there (any more). */
export interface ProcFiles {
  read(path: string): string | null;
  /** Forgets a file that will not be read again. */
  release(path: string): void;
  close(): void;
}

/**
 * Keeps the files open: reading again from position 0 makes the kernel write them again, at a third of the price of
 * opening them each time, and an open file of `/proc/<pid>` never speaks of a later process of the same number.
 * Beyond `limit` files, and where no more can be opened, files are opened for each read.
 */
export function createProcFiles(limit = 600): ProcFiles {
  const open = new Map<string, number>();
  let buffer = Buffer.allocUnsafe(1 << 16);

  function descriptor(path: string): number | null {
    const known = open.get(path);
    if (known !== undefined || open.size >= limit) return known ?? null;
    const opened = openSync(path, 'r');
    open.set(path, opened);
    return opened;
  }

  function release(path: string): void {
    const known = open.get(path);
    if (known === undefined) return;
    open.delete(path);
    closeSync(known);
  }

  function readAgain(file: number): string {
    for (;;) {
      const length = readSync(file, buffer, 0, buffer.length, 0);
      if (length < buffer.length) return buffer.toString('latin1', 0, length);
      // A full buffer may have cut the text: `/proc/stat` grows with interrupts and cores.
      buffer = Buffer.allocUnsafe(buffer.length * 2);
    }
  }

  return {
    read(path) {
      try {
        const file = descriptor(path);
        return file === null ? readFileSync(path, 'latin1') : readAgain(file);
      } catch {
        // ENOENT, ESRCH: the process is gone; EMFILE: no room; EACCES: not ours to read. All mean "not known".
        release(path);
        return null;
      }
    },
    release,
    close() {
      for (const path of [...open.keys()]) release(path);
    },
  };
}
