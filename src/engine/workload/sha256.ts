import { createHash } from 'node:crypto';
import { blocksOf, seedBytes } from './block';
import type { Workload } from './workload';

/**
 * SHA-256 over the seed (4 bytes, lowest first) followed by `size` bytes of the shared block (block.ts), repeated and
 * cut. The checksum is the digest's first 4 bytes as a number, highest first. How the data is cut into updates makes
 * no difference to it.
 */
export const sha256: Workload = {
  info: {
    name: 'sha256',
    title: 'SHA-256',
    kind: 'cpu',
    tag: 'CPU · crypto',
    summary: 'Hashes generated data with SHA-256.',
    exercises:
      'One core’s integer or SHA units, through the native crypto library, on 64 KiB that stay in its cache; no allocation to speak of, nothing shared.',
    size: { meaning: 'bytes to hash', min: 64, max: 8 * 2 ** 30, default: 2 ** 22 },
    settings: [],
    releasesLock: true,
    prints: false,
  },
  run({ size, seed }) {
    const hash = createHash('sha256').update(seedBytes(seed));
    for (const part of blocksOf(size)) hash.update(part);
    return hash.digest().readUInt32BE(0);
  },
};
