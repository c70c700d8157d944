import { availableParallelism } from 'node:os';
import { nowMs } from '../clock';

/** An answer that is expected within this time, ms, is awaited awake: to sleep and be woken from another core takes about as long. */
export const AWAKE_MS = 0.06;

/**
 * Keeps the event loop turning, instead of sleeping, for a moment. Everything else in the loop has its turn as always.
 * Only where there is a second core: on the only one it would keep the worker from it.
 */
export class Awake {
  readonly #useful = availableParallelism() > 1;
  #untilMs = 0;
  #turning = false;

  /** From now for `AWAKE_MS`. */
  stay(): void {
    if (!this.#useful) return;
    this.#untilMs = nowMs() + AWAKE_MS;
    if (this.#turning) return;
    this.#turning = true;
    setImmediate(this.#turn);
  }

  readonly #turn = (): void => {
    this.#turning = nowMs() < this.#untilMs;
    if (this.#turning) setImmediate(this.#turn);
  };
}
