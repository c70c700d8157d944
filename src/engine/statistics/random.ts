import { CoreloomError } from '../../contract';

/** A generator of pseudo-random numbers: the same seed gives the same numbers, on every machine. */
export interface Random {
  /** The next unsigned 32-bit number. */
  next(): number;
  /** A whole number from 0 to below `count` (at most 2^32), each equally likely to 1 in 2^21. */
  below(count: number): number;
}

/**
 * xoshiro128** 1.1 (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM Transactions on
 * Mathematical Software 47, 2021), its four words filled by splitmix32 from an unsigned 32-bit seed: period 2^128 - 1,
 * far beyond what any bootstrap draws.
 */
export function createRandom(seed: number): Random {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff) {
    throw new CoreloomError('internal', `A seed is a whole number from 0 to 4294967295, not ${seed}.`);
  }
  let [a, b, c, d] = [1, 2, 3, 4].map((step) => mixed(seed + Math.imul(step, 0x9e3779b9))) as [
    number,
    number,
    number,
    number,
  ];
  // Plain variables: a bootstrap draws hundreds of thousands of numbers after each round.
  const next = (): number => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result;
  };
  return {
    next,
    // 53 bits, so that even the largest count is hit evenly.
    below: (count) => Math.floor(((next() >>> 5) * 2 ** 26 + (next() >>> 6)) * 2 ** -53 * count),
  };
}

/** The values in an order drawn at random, each equally likely (Durstenfeld, "Random permutation", CACM 7, 1964). */
export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const all = [...values];
  for (let last = all.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [all[last], all[other]] = [all[other] as T, all[last] as T];
  }
  return all;
}

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** The mixer of splitmix32. */
function mixed(x: number): number {
  let word = x >>> 0;
  word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
  return (word ^ (word >>> 15)) >>> 0;
}
