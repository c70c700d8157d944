import { duration } from '../../contract';
import { nowMs } from '../system/clock';

/** Empty messages that measure the hand-over, before the first task. */
const PINGS = 5;
/** When one of them is not answered for so long, ms, it will not be. */
const ANSWER_LIMIT_MS = 5000;

interface Identity {
  pid: number;
  tid: number | null;
}

interface StartUpOptions {
  ping(): void;
  /** The worker says that it is ready, and answers nothing. */
  unanswered(reason: string): void;
}

/** From the request for a worker, or for one that was kept, until it can be given tasks. */
export class StartUp {
  readonly #options: StartUpOptions;
  readonly #requestedMs = nowMs();
  readonly #roundTripsUs: number[] = [];
  #pingedMs = 0;
  #timer: NodeJS.Timeout | undefined;
  identity: Identity | null = null;
  /** Until it said that it is ready, ms; null of one that did so for earlier work. */
  tookMs: number | null = null;
  /** Since when it can be given tasks; null before. */
  readyMs: number | null = null;

  constructor(options: StartUpOptions) {
    this.#options = options;
  }

  /** How long a message takes to the worker and back, the median, µs; null until it is measured. */
  get handOverUs(): number | null {
    if (this.#roundTripsUs.length < PINGS) return null;
    return this.#roundTripsUs.toSorted((a, b) => a - b)[(PINGS - 1) / 2] ?? null;
  }

  /** The worker says that it is ready. */
  started(identity: Identity): void {
    this.identity = identity;
    this.tookMs = nowMs() - this.#requestedMs;
    this.#measure();
  }

  /** It has been idle for long: it has to answer again. */
  again(): void {
    this.#roundTripsUs.length = 0;
    this.readyMs = null;
    this.#measure();
  }

  /** Its start was for earlier work. */
  forget(): void {
    this.tookMs = null;
  }

  /** Takes in the answer to a message; true once, when there are enough of them. */
  answered(): boolean {
    if (this.readyMs !== null) return false;
    this.#roundTripsUs.push((nowMs() - this.#pingedMs) * 1e3);
    if (this.#roundTripsUs.length < PINGS) {
      this.#ping();
      return false;
    }
    this.readyMs = nowMs();
    this.end();
    return true;
  }

  /** Waits for no more answers. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #measure(): void {
    this.#timer ??= setTimeout(() => {
      this.#options.unanswered(`it answered no message for ${duration(ANSWER_LIMIT_MS)}`);
    }, ANSWER_LIMIT_MS).unref();
    this.#ping();
  }

  #ping(): void {
    this.#pingedMs = nowMs();
    this.#options.ping();
  }
}
