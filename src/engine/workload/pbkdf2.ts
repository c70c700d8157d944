import { pbkdf2Sync } from 'node:crypto';
import { seedBytes, sharedBlock } from './block';
import type { Workload } from './workload';

const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** Nothing can end a thread in the middle of one call of the library: this many take 10 to 50 ms. */
const ITERATIONS_A_CALL = 65_536;

/**
 * Derives a key of 32 bytes with PBKDF2-HMAC-SHA-256 in `size` iterations from the seed (4 bytes, lowest first) as
 * password and the first 16 bytes of the shared block (block.ts) as salt. The checksum is the key's first 4 bytes as a
 * number, highest first. More than 65,536 iterations are several derivations, each of at most that many, with the key of
 * the last one as password: a worker can be stopped between them. PBKDF2 and not scrypt: Python's `hashlib` has it in every build, where `scrypt` is missing
 * from those that were built without OpenSSL (Apple's, with LibreSSL), and scrypt's memory would be a second resource.
 */
export const pbkdf2: Workload = {
  info: {
    name: 'pbkdf2',
    title: 'PBKDF2',
    kind: 'cpu',
    tag: 'CPU · crypto',
    summary: 'Derives a key from a password, slowly on purpose.',
    exercises:
      'One core’s integer or SHA units, through the native crypto library, on a few hundred bytes that stay in registers and the first cache; nothing allocated, nothing shared. Of all workloads the one that depends least on memory.',
    size: { meaning: 'iterations', min: 1, max: 100_000_000, default: 8_192 },
    settings: [],
    releasesLock: true,
    prints: false,
  },
  run({ size, seed }) {
    const salt = sharedBlock().subarray(0, SALT_BYTES);
    let key = Buffer.from(seedBytes(seed));
    for (let left = size; left > 0; left -= ITERATIONS_A_CALL) {
      key = pbkdf2Sync(key, salt, Math.min(left, ITERATIONS_A_CALL), KEY_BYTES, 'sha256');
    }
    return key.readUInt32BE(0);
  },
};
