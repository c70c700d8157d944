import { fold, mix32 } from './random';
import type { Workload } from './workload';

const FIRST = 1_000_001;
/** So close together that one division sequence is at most 2 % longer than another; few numbers differ more by chance. */
const STARTS = 16_384;

/**
 * Finds the primes among `size` odd numbers in a row, from 1000001 + 2 × (mix32(seed) modulo 16384), by trial division
 * with 3, 5, 7, … as long as divisor × divisor ≤ number. The checksum starts as the seed and folds in each prime in
 * rising order.
 */
export const primes: Workload = {
  info: {
    name: 'primes',
    title: 'Primes',
    kind: 'cpu',
    tag: 'CPU · number theory',
    summary: 'Finds primes by trial division.',
    exercises:
      'One core’s integer divider and branches in compiled JavaScript; no memory, no allocation, nothing shared.',
    size: { meaning: 'odd numbers to test', min: 1, max: 50_000_000, default: 8_192 },
    settings: [],
    releasesLock: false,
    prints: false,
  },
  run({ size, seed }) {
    const start = FIRST + 2 * (mix32(seed) % STARTS);
    let checksum = seed >>> 0;
    for (let i = 0; i < size; i += 1) {
      const number = start + 2 * i;
      if (isOddPrime(number)) checksum = fold(checksum, number);
    }
    return checksum;
  },
};

function isOddPrime(number: number): boolean {
  for (let divisor = 3; divisor * divisor <= number; divisor += 2) {
    if (number % divisor === 0) return false;
  }
  return true;
}
