import type { Readable } from 'node:stream';
// As they were before any task's code could change them.
import { clearTimeout, setTimeout } from 'node:timers';
import { lostWords } from '../../contract/foreign-text';
import { nowMs } from './clock';
import { readLines } from './read-lines';

/** How much may be printed at once, and each second from then on. */
export interface Allowance {
  atOnceBytes: number;
  bytesPerSecond: number;
}

const MIB = 1024 * 1024;
/** Of one worker, where it prints. */
export const WORKER_ALLOWANCE: Allowance = { atOnceBytes: 12 * MIB, bytesPerSecond: 3 * MIB };
/** Of all workers of a run together. */
export const RUN_ALLOWANCE: Allowance = { atOnceBytes: 16 * MIB, bytesPerSecond: 4 * MIB };

/** What a line costs beside its text, in bytes: its way through processes and into the lists of clients. */
const LINE_COST = 256;
/** What is left out is told at least so often while it goes on, and this long after it stopped, ms. */
const TOLD_MS = 1_000;
const QUIET_MS = 50;

/** Hands a printed line on; `lost` is how many lines it stands for that were left out. */
export type Print = (text: string, lost?: number) => void;

/**
 * Hands on every line up to an allowance. What comes faster is left out, counted, and told in a line of its own where it
 * would have stood: no task, however loud, costs more memory or time than that, and none is made to wait.
 */
export class Printed {
  readonly #allowance: Allowance;
  readonly #print: Print;
  readonly #now: () => number;
  #leftBytes: number;
  #atMs: number;
  /** Since when lines are left out: until there is room for a second of them again. */
  #over = false;
  #lost = { lines: 0, bytes: 0 };
  /** Since when that is not told. */
  #sinceMs = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(allowance: Allowance, print: Print, now = nowMs) {
    this.#allowance = allowance;
    this.#print = print;
    this.#now = now;
    this.#leftBytes = allowance.atOnceBytes;
    this.#atMs = now();
  }

  /** Takes one line; `lost` where it stands for others that are left out already. */
  readonly add = (text: string, lost = 0): void => {
    const bytes = Buffer.byteLength(text);
    if (this.#allows(bytes + LINE_COST)) {
      this.tell();
      this.#print(text, lost);
      return;
    }
    if (this.#lost.lines === 0) this.#sinceMs = this.#now();
    this.#lost.lines += lost > 0 ? lost : 1;
    this.#lost.bytes += bytes;
    if (this.#now() - this.#sinceMs >= TOLD_MS) this.tell();
    else if (this.#timer === null) this.#timer = setTimeout(this.tell, QUIET_MS).unref();
    else this.#timer.refresh();
  };

  /** Tells what was left out since it was told last, if anything was. */
  readonly tell = (): void => {
    const { lines, bytes } = this.#lost;
    if (lines === 0) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#lost = { lines: 0, bytes: 0 };
    this.#print(lostWords(lines, bytes), lines);
  };

  #allows(bytes: number): boolean {
    const { atOnceBytes, bytesPerSecond } = this.#allowance;
    const now = this.#now();
    this.#leftBytes = Math.min(atOnceBytes, this.#leftBytes + ((now - this.#atMs) / 1e3) * bytesPerSecond);
    this.#atMs = now;
    this.#over = this.#leftBytes < (this.#over ? Math.max(bytesPerSecond, bytes) : bytes);
    if (!this.#over) this.#leftBytes -= bytes;
    return !this.#over;
  }
}

/** Reads what a process prints on its streams, line by line as it comes, up to the allowance of a worker. */
export function readPrinted(streams: readonly (Readable | null)[], print: Print): void {
  const printed = new Printed(WORKER_ALLOWANCE, print);
  for (const stream of streams) {
    readLines(stream, printed.add);
    stream?.once('end', printed.tell);
  }
}
