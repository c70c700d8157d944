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
