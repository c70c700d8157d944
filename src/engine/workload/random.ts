/**
 * A pseudo-random unsigned 32-bit number for each number x modulo 2^32, one to one: the mixer of the splitmix32 generator
 * as it is widely used in JavaScript. In Python, where integers do not wrap:
 *
 *     def mix32(x):
 *         x &= 0xffffffff
 *         x ^= x >> 16; x = x * 0x21f0aaad & 0xffffffff
 *         x ^= x >> 15; x = x * 0x735a2d97 & 0xffffffff
 *         return x ^ x >> 15
 */
export function mix32(x: number): number {
  let mixed = x >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** The generator's step: 2^32 divided by the golden ratio; odd, so that all 2^32 states come up. */
const GAMMA = 0x9e3779b9;

/**
 * The i-th number (from 0) of the splitmix32 generator that starts at `seed`, unsigned 32-bit: `mix32(seed + (i + 1) *
 * GAMMA)`. Any number can be computed without those before it.
 */
export function randomAt(seed: number, i: number): number {
  return mix32(seed + Math.imul(i + 1, GAMMA));
}

/** One step of the checksum that workloads fold numbers into: `checksum * 31 + value` modulo 2^32, unsigned. */
export function fold(checksum: number, value: number): number {
  return (Math.imul(checksum, 31) + value) >>> 0;
}
