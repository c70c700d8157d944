/** Park and Miller's minimal standard generator: numbers from 0 to 1 that are the same at every run of a test. */
export function seededRandom(seed: number): () => number {
  let state = seed % 2147483647;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
