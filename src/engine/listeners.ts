/** Who listens to events of one kind. */
export class Listeners<Event> {
  readonly #all = new Set<(event: Event) => void>();

  /** Returns the unsubscriber. */
  add(listener: (event: Event) => void): () => void {
    this.#all.add(listener);
    return () => {
      this.#all.delete(listener);
    };
  }

  tell(event: Event): void {
    for (const listener of this.#all) listener(event);
  }

  /** Nobody listens any more. */
  clear(): void {
    this.#all.clear();
  }
}

/** Promises for states: looked at again whenever something changed that could bring them about. */
export class Conditions {
  #waiting: { met: () => boolean; resolve: () => void }[] = [];

  /** Resolves once `met` answers true, at a `check`. */
  async until(met: () => boolean): Promise<void> {
    if (met()) return;
    await new Promise<void>((resolve) => this.#waiting.push({ met, resolve }));
  }

  /** Wakes those who wait for a state that is reached now. */
  check(): void {
    if (this.#waiting.length === 0) return;
    this.#waiting = this.#waiting.filter(({ met, resolve }) => {
      if (!met()) return true;
      resolve();
      return false;
    });
  }
}

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
