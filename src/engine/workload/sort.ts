import { crc32 } from 'node:zlib';
import { mix32, randomAt } from './random';
import type { Workload } from './workload';

/** Nothing can end a thread in the middle of a sort: this many numbers take some 100 ms. */
const MOST_NUMBERS = 2 ** 20;

let all = new Uint32Array(0);
let numbers = new Uint32Array(0);

/**
 * Sorts `size` numbers in rising order, with what the language itself sorts numbers with. They are taken from the first
 * 2 × size numbers of the generator seeded with 0, from number mix32(seed) modulo size on. The checksum is zlib's CRC-32
 * of the sorted numbers (4 bytes each, lowest first), started at the seed.
 */
export const sort: Workload = {
  info: {
    name: 'sort',
    title: 'Sort',
    kind: 'cpu',
    tag: 'CPU · data',
    summary: 'Sorts random numbers with the language’s own sort.',
    exercises:
      'One core’s comparisons and mispredicted branches on 4 bytes per number, size × log size steps; from about 250,000 numbers, the array no longer fits in a core’s own cache. Nothing is shared. Python sorts objects by reference, which takes several times the memory and misses the caches more often.',
    size: { meaning: 'numbers to sort', min: 1, max: MOST_NUMBERS, default: 65_536 },
    settings: [],
    releasesLock: false,
    prints: false,
  },
  run({ size, seed }) {
    if (numbers.length !== size) generate(size);
    const first = mix32(seed) % size;
    numbers.set(all.subarray(first, first + size));
    numbers.sort();
    return crc32(new Uint8Array(numbers.buffer), seed >>> 0);
  },
};

/** Made once for each worker and size: in Python it takes as long as sorting does. */
function generate(size: number): void {
  all = new Uint32Array(2 * size);
  for (let i = 0; i < all.length; i += 1) all[i] = randomAt(0, i);
  numbers = new Uint32Array(size);
}
