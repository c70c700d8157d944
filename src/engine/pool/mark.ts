import { closeSync, constants, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';

/** Descriptor under which a child finds its mark. */
export const MARK_FD = 4;

const BYTES = 16;

/**
 * A few bytes of a nameless file that a child process shares with its parent: the number and start of the task it
 * started last. Written before each task for about 1 µs, it outlives the child, so that a crash has a culprit; it
 * costs the parent nothing until it looks. (Node cannot share memory between processes.)
 */
export class Mark {
  readonly #fd: number;
  readonly #words = new Float64Array(2);
  readonly #bytes = new Uint8Array(this.#words.buffer);

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** Parent: makes the file; it has no name any longer once it is open. Null where there is no place to write. */
  static create(): { mark: Mark; fd: number } | null {
    for (const folder of process.platform === 'linux' ? ['/dev/shm', tmpdir()] : [tmpdir()]) {
      const path = join(folder, `coreloom-${randomUUID()}`);
      try {
        const fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
        unlinkSync(path);
        return { mark: new Mark(fd), fd };
      } catch {
        // Not writable: the next folder.
      }
    }
    return null;
  }

  /** Child: marks the start of a task. */
  write(seq: number, startedMs: number): void {
    // A file that was never written reads as zeros: numbers are shifted by one.
    this.#words[0] = seq + 1;
    this.#words[1] = startedMs;
    writeSync(this.#fd, this.#bytes, 0, BYTES, 0);
  }

  read(): { seq: number; startedMs: number } | null {
    this.#words.fill(0);
    readSync(this.#fd, this.#bytes, 0, BYTES, 0);
    const [seq = 0, startedMs = 0] = this.#words;
    return seq === 0 ? null : { seq: seq - 1, startedMs };
  }

  close(): void {
    closeSync(this.#fd);
  }
}
