import { closeSync, constants, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nowMs } from '../system/clock';

/** Descriptor under which a child finds its mark. */
export const MARK_FD = 4;

/** A child looks whether tasks were taken back where its last one started longer ago than this, ms. */
export const LOOK_AFTER_MS = 1;
/** A parent takes tasks back by itself only behind one that started longer ago than this, ms. */
export const LONG_TASK_MS = 2;

// As they are now: a module of the user may replace them.
const read = readSync;
const write = writeSync;

const BYTES = 16;
/** What one mark takes of its file: the task's number and start, and the limit of what was taken back. */
export const MARK_BYTES = 24;

/**
 * A few bytes of a nameless file that a child process shares with its parent: the number and start of the task it
 * started last. Written before each task for about 1 µs, it outlives the child, so that a crash has a culprit; it
 * costs the parent nothing until it looks. (Node cannot share memory between processes.)
 */
export class Mark {
  readonly #fd: number;
  readonly #offset: number;
  readonly #words = new Float64Array(2);
  readonly #bytes = new Uint8Array(this.#words.buffer);

  /** `offset`: where in the file it is, in bytes, where several share one. */
  constructor(fd: number, offset = 0) {
    this.#fd = fd;
    this.#offset = offset;
  }

  /**
   * Parent: makes the file with room for all marks, so that no later write can fail for lack of it; it has no name
   * any longer once it is open. Null where there is no place to write.
   */
  static create(marks = 1): { mark: Mark; fd: number } | null {
    for (const folder of process.platform === 'linux' ? ['/dev/shm', tmpdir()] : [tmpdir()]) {
      // Never opened if it exists (O_EXCL). A random name would load node:crypto in every worker, 2 ms of its start.
      const path = join(folder, `coreloom-${String(process.pid)}-${String(process.hrtime.bigint())}`);
      try {
        const fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
        unlinkSync(path);
        if (allocated(fd, marks * MARK_BYTES)) return { mark: new Mark(fd), fd };
        closeSync(fd);
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
    write(this.#fd, this.#bytes, 0, BYTES, this.#offset);
  }

  read(): { seq: number; startedMs: number } | null {
    this.#words.fill(0);
    read(this.#fd, this.#bytes, 0, BYTES, this.#offset);
    const [seq = 0, startedMs = 0] = this.#words;
    return seq === 0 ? null : { seq: seq - 1, startedMs };
  }

  /**
   * Parent: takes back all tasks behind one that has run for long, without the help of the child, which in a
   * synchronous task hears nothing. Answers the lowest number taken back, or null where it is not certain.
   *
   * Dekker's algorithm on two words of a file: the parent writes the limit and then reads the mark, the child writes
   * the mark and then reads the limit, so at least one of them sees the other. The child skips the check if its previous
   * task started under LOOK_AFTER_MS ago. Safe: the parent only takes back behind a task at least LONG_TASK_MS old, so the
   * child's next claim does check.
   */
  takeBack(): number | null {
    const before = this.read();
    if (before === null || nowMs() - before.startedMs < LONG_TASK_MS) return null;
    this.#limit(before.seq + 1);
    return this.read()?.seq === before.seq ? before.seq + 1 : null;
  }

  /** Parent: once the child has heard of it, tasks with higher numbers are its own again. */
  clear(): void {
    this.#limit(-1);
  }

  /** Child: whether this task and all after it were taken back. */
  takenBack(seq: number): boolean {
    this.#words[0] = 0;
    read(this.#fd, this.#bytes, 0, 8, this.#offset + BYTES);
    const limit = (this.#words[0] ?? 0) - 1;
    return limit >= 0 && seq >= limit;
  }

  #limit(seq: number): void {
    this.#words[0] = seq + 1;
    write(this.#fd, this.#bytes, 0, 8, this.#offset + BYTES);
  }

  /** As if nothing had ever been started. */
  reset(): void {
    this.#words.fill(0);
    write(this.#fd, this.#bytes, 0, BYTES, this.#offset);
  }

  close(): void {
    closeSync(this.#fd);
  }
}

/** Whether there was room for that many bytes; they are zeros then. */
function allocated(fd: number, bytes: number): boolean {
  try {
    return writeSync(fd, new Uint8Array(bytes)) === bytes;
  } catch {
    return false;
  }
}
