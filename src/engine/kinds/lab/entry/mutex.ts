const FREE = 0;
const HELD = 1;
const AWAITED = 2;

/**
 * Takes a lock in shared memory, asleep while another holds it: the second mutex of Drepper, "Futexes Are Tricky" (2011),
 * with Atomics.wait as the futex.
 */
export function lock(words: Int32Array, at: number): void {
  let state = Atomics.compareExchange(words, at, FREE, HELD);
  while (state !== FREE) {
    if (state === AWAITED || Atomics.compareExchange(words, at, HELD, AWAITED) !== FREE)
      Atomics.wait(words, at, AWAITED);
    state = Atomics.compareExchange(words, at, FREE, AWAITED);
  }
}

/** Gives it back, and wakes one that waits. */
export function unlock(words: Int32Array, at: number): void {
  if (Atomics.sub(words, at, 1) === HELD) return;
  Atomics.store(words, at, FREE);
  Atomics.notify(words, at, 1);
}
