/** Workers that may end in a row without a finished task before no more are started. */
export const FRUITLESS = 5;
const FIRST_MS = 20;

/** Decides when a worker that failed is replaced: at once, later, or never. */
export class Backoff {
  #fruitless = 0;

  /** A worker ended without having been of use; answers how long to wait in ms, or null to give up. */
  failed(): number | null {
    this.#fruitless += 1;
    return this.#fruitless >= FRUITLESS ? null : FIRST_MS * 2 ** (this.#fruitless - 1);
  }

  /** Something worked. */
  reset(): void {
    this.#fruitless = 0;
  }
}
