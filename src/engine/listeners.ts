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
