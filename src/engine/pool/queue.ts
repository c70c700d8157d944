/** A first-in-first-out queue on a ring, whose front can be put back; `Array.shift` costs microseconds when it is long. */
export class Queue<T> {
  #items: (T | undefined)[] = new Array<T | undefined>(64);
  #head = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(item: T): void {
    this.#grow();
    this.#items[(this.#head + this.#length) & (this.#items.length - 1)] = item;
    this.#length += 1;
  }

  /** Puts an item before all others. */
  unshift(item: T): void {
    this.#grow();
    this.#head = (this.#head - 1) & (this.#items.length - 1);
    this.#items[this.#head] = item;
    this.#length += 1;
  }

  peek(): T | undefined {
    return this.#length === 0 ? undefined : this.#items[this.#head];
  }

  shift(): T | undefined {
    if (this.#length === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#items.length - 1);
    this.#length -= 1;
    return item;
  }

  #grow(): void {
    const size = this.#items.length;
    if (this.#length < size) return;
    // The length is a power of two, so that places wrap by a mask.
    const wider = new Array<T | undefined>(size * 2);
    for (let i = 0; i < size; i += 1) wider[i] = this.#items[(this.#head + i) & (size - 1)];
    this.#items = wider;
    this.#head = 0;
  }
}
