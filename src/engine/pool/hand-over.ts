import { nowMs } from '../clock';

/** Empty messages that measure it, before the first task. */
const PINGS = 5;

/** How long a message takes to a new worker and back. */
export class HandOver {
  readonly #ping: () => void;
  #pingedMs = 0;
  readonly #roundTripsUs: number[] = [];

  constructor(ping: () => void) {
    this.#ping = ping;
  }

  /** The median, µs; null until it is measured. */
  get us(): number | null {
    if (this.#roundTripsUs.length < PINGS) return null;
    return this.#roundTripsUs.toSorted((a, b) => a - b)[(PINGS - 1) / 2] ?? null;
  }

  begin(): void {
    this.#pingedMs = nowMs();
    this.#ping();
  }

  /** Takes in an answer; true once there are enough. */
  answered(): boolean {
    if (this.#roundTripsUs.length === PINGS) return true;
    this.#roundTripsUs.push((nowMs() - this.#pingedMs) * 1e3);
    if (this.#roundTripsUs.length === PINGS) return true;
    this.begin();
    return false;
  }
}
