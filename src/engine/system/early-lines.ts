import { nowMs } from './clock';
import { memoryIsLimited, threadsAreScarce } from './room';

/** What Node, or CPython, says as it gives up for want of threads, or of memory to begin with. */
const NO_THREADS = /uv_thread_create|Resource temporarily unavailable|can't start new thread/;
const NO_MEMORY = /Cannot allocate|bad_alloc|out of memory|Failed to reserve|MemoryError/i;
/** A notice that it cannot be debugged, which nobody asked for. */
const NOTICE = /^node\[\d+\]: pthread_create: /;
/** Node's own last words are no more than this. */
const KEPT = 200;

/** Lines that a process writes before it is up: kept until then, since those of one that never will be may be Node's own. */
export class EarlyLines {
  readonly #line: (text: string, atMs: number, lost?: number) => void;
  #kept: { text: string; atMs: number; lost: number | undefined }[] | null = [];

  constructor(line: (text: string, atMs: number, lost?: number) => void) {
    this.#line = line;
  }

  add(text: string, lost?: number): void {
    if (NOTICE.test(text)) return;
    if (this.#kept === null) {
      this.#line(text, nowMs(), lost);
      return;
    }
    this.#kept.push({ text, atMs: nowMs(), lost });
    if (this.#kept.length > KEPT) this.release();
  }

  /** It is up, or has ended for reasons of its own: its lines are what its code printed. Idempotent. */
  release(): void {
    const kept = this.#kept ?? [];
    this.#kept = null;
    for (const { text, atMs, lost } of kept) this.#line(text, atMs, lost);
  }

  /** What the system refused a process that ended before it was up; null where it ended for another reason, and its lines are then released. */
  refusal(signal: string | null): 'EAGAIN' | 'ENOMEM' | null {
    const kept = this.#kept;
    const text = kept?.map((line) => line.text).join('\n') ?? '';
    if (kept !== null && NO_THREADS.test(text)) return 'EAGAIN';
    if (kept !== null && NO_MEMORY.test(text) && memoryIsLimited()) return 'ENOMEM';
    // libuv says nothing as it aborts.
    if (kept !== null && text.trim() === '' && signal === 'SIGABRT' && threadsAreScarce()) return 'EAGAIN';
    this.release();
    return null;
  }
}
