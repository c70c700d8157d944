import { compareExchange, store } from '../system/intrinsics';

/** Entries of one thread's ring: more than can ever be in flight, so that no entry is in use twice. */
export const RING_ENTRIES = 1024;

const OFFERED = 1;
const STARTED = 2;
const TAKEN_BACK = 3;

/**
 * What parent and thread share: who owns each task that is in flight, and when it started and finished. A task is
 * started by the thread or taken back by the parent, and one compare-and-exchange decides which.
 */
export class Stamps {
  readonly memory: SharedArrayBuffer;
  readonly #owner: Int32Array;
  /** [0]: first number that the thread has not passed; [1]: number started last, -1 before the first. */
  readonly #marks: Float64Array;
  readonly #started: Float64Array;
  readonly #finished: Float64Array;

  constructor(memory?: SharedArrayBuffer) {
    this.memory = memory ?? new SharedArrayBuffer(16 + RING_ENTRIES * 20);
    this.#marks = new Float64Array(this.memory, 0, 2);
    this.#started = new Float64Array(this.memory, 16, RING_ENTRIES);
    this.#finished = new Float64Array(this.memory, 16 + RING_ENTRIES * 8, RING_ENTRIES);
    this.#owner = new Int32Array(this.memory, 16 + RING_ENTRIES * 16, RING_ENTRIES);
    if (memory === undefined) this.#marks[1] = -1;
  }

  /** Parent: makes tasks claimable, before their message is sent. */
  offer(first: number, count: number): void {
    for (let seq = first; seq < first + count; seq += 1) store(this.#owner, seq % RING_ENTRIES, OFFERED);
  }

  /** Parent: takes back what is not started, newest first; answers the lowest number taken. */
  takeBack(from: number, end: number): number {
    let seq = end;
    while (seq > from && compareExchange(this.#owner, (seq - 1) % RING_ENTRIES, OFFERED, TAKEN_BACK) === OFFERED)
      seq -= 1;
    return seq;
  }

  /** Thread: true where the task is its own now. */
  claim(seq: number): boolean {
    const mine = compareExchange(this.#owner, seq % RING_ENTRIES, OFFERED, STARTED) === OFFERED;
    this.#marks[0] = seq + 1;
    if (mine) this.#marks[1] = seq;
    return mine;
  }

  started(seq: number, atMs: number): void {
    this.#started[seq % RING_ENTRIES] = atMs;
  }

  finished(seq: number, atMs: number): void {
    this.#finished[seq % RING_ENTRIES] = atMs;
  }

  /** First number that the thread has not come to. */
  passed(): number {
    return this.#marks[0] ?? 0;
  }

  lastStarted(): { seq: number; startedMs: number } | null {
    const seq = this.#marks[1] ?? -1;
    return seq < 0 ? null : { seq, startedMs: this.#started[seq % RING_ENTRIES] ?? 0 };
  }

  /** Started and finished of `count` tasks, in turn. */
  read(first: number, count: number): number[] {
    const stamps: number[] = [];
    for (let seq = first; seq < first + count; seq += 1) {
      stamps.push(this.#started[seq % RING_ENTRIES] ?? 0, this.#finished[seq % RING_ENTRIES] ?? 0);
    }
    return stamps;
  }
}
