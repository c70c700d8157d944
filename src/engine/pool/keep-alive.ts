/** Far enough away never to come. */
const NEVER_MS = 2 ** 30;

/** Keeps the program alive while there is a reason; workers by themselves never do. */
export class KeepAlive {
  readonly #timer = setInterval(() => undefined, NEVER_MS).unref();
  #reasons = 0;

  hold(): void {
    this.#reasons += 1;
    if (this.#reasons === 1) this.#timer.ref();
  }

  release(): void {
    this.#reasons -= 1;
    if (this.#reasons === 0) this.#timer.unref();
  }

  /** Holds until the promise is settled. */
  async during<T>(promise: Promise<T>): Promise<T> {
    this.hold();
    try {
      return await promise;
    } finally {
      this.release();
    }
  }
}
