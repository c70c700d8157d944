import { nowMs } from '../system/clock';
import { CLOCK_EXCHANGES, clockSkew, type ClockExchange, type ClockSkew } from '../system/clock-bounds';

/** The clock of a host and of all its workers beside Node's: the host is asked for it before it has workers, which would compete with its answers. */
export class HostClock {
  #skew: ClockSkew = { aheadMs: 0, uncertainMs: 0 };
  readonly #exchanges: ClockExchange[] = [];
  #askedMs = 0;
  #ask: () => void = () => undefined;
  #known: () => void = () => undefined;

  get skew(): ClockSkew {
    return this.#skew;
  }

  /** Calls `ask` for each question, and `known` once. */
  find(ask: () => void, known: () => void): void {
    this.#ask = ask;
    this.#known = known;
    this.#next();
  }

  /** The answer to the last question. What comes unasked is not heard. */
  told(stampMs: number): void {
    if (this.#askedMs === 0) return;
    this.#exchanges.push({ askedMs: this.#askedMs, stampMs, heardMs: nowMs() });
    this.#askedMs = 0;
    if (this.#exchanges.length < CLOCK_EXCHANGES) {
      this.#next();
      return;
    }
    this.#skew = clockSkew(this.#exchanges);
    this.#known();
  }

  /** A moment on its clock as one on Node's, ms. */
  here(atMs: number): number {
    return atMs - this.#skew.aheadMs;
  }

  allHere(stamps: number[]): number[] {
    return this.#skew.aheadMs === 0 ? stamps : stamps.map((stamp) => this.here(stamp));
  }

  #next(): void {
    this.#askedMs = nowMs();
    this.#ask();
  }
}
