import { closeSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { LIMITS } from '../../contract';

const BYTES = 32;
/** One for each worker there may be, and as many for those that are ending; place 0 is for all: the culprit, and whether they are cancelled. */
const PLACES = 2 * LIMITS.workers.max + 1;

/**
 * A file that Python's workers write in memory (mmap) and Node reads when it looks: which task each of them started
 * last, and whose task ended them all. It outlives the host, so that a crash has a culprit.
 */
export class Marks {
  readonly #fd: number;
  readonly #words = new Float64Array(BYTES / 8);
  readonly #bytes = new Uint8Array(this.#words.buffer);
  readonly #taken = new Set<number>();
  #open = true;

  /** Makes the file. Throws if there is no room for all of it: a process that writes memory without room is killed (SIGBUS). */
  constructor(path: string) {
    this.#fd = openSync(path, 'wx+', 0o600);
    try {
      writeFileSync(this.#fd, new Uint8Array(PLACES * BYTES));
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** A free place, with nothing in it. Throws where there is none. */
  take(): number {
    let place = 1;
    while (this.#taken.has(place)) place += 1;
    if (place >= PLACES) throw new Error('too many workers are ending');
    this.#taken.add(place);
    writeSync(this.#fd, new Uint8Array(BYTES), 0, BYTES, place * BYTES);
    return place;
  }

  giveBack(place: number): void {
    this.#taken.delete(place);
  }

  /** The task started last at this place, and what its thread had used of a core until then; null before the first. */
  started(place: number): { seq: number; startedMs: number; cpuMs: number } | null {
    const [seq = 0, startedMs = 0, cpuMs = 0] = this.#read(place);
    return seq === 0 ? null : { seq: seq - 1, startedMs, cpuMs };
  }

  /** The worker whose task ended the process of all; null where none said so. */
  culprit(): number | null {
    const [worker = 0] = this.#read(0);
    return worker === 0 ? null : worker;
  }

  /** Tells readers that the run is being ended. */
  cancel(): void {
    if (this.#open) writeSync(this.#fd, new Uint8Array(new Float64Array([1]).buffer), 0, 8, 8);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.#fd);
  }

  #read(place: number): Float64Array {
    this.#words.fill(0);
    if (this.#open) readSync(this.#fd, this.#bytes, 0, BYTES, place * BYTES);
    return this.#words;
  }
}
