export type Random = () => number;

/** A seeded generator of numbers from 0 to 1 (Park and Miller's). */
export function createRandom(seed: number): Random {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}
