import { createHash } from 'node:crypto';
import { blocksOf } from './block';
import { fetchBody } from './http-client';
import { LARGEST_BODY_BYTES, LONGEST_DELAY_MS } from './http-path';
import { preparedOf } from './settings';
import type { Workload } from './workload';

/** How often the body is hashed: so often that copying it from the network is little beside it. */
const ROUNDS = 8;
const MIB = 2 ** 20;
/** The fastest of this many is how long hashing takes undisturbed. */
const TRIES = 9;

/**
 * Asks the run's server (entry/http-server.ts) for `size` bytes with the task's seed, then hashes the body 8 times over
 * with SHA-256 (one hash of the body 8 times in a row). The checksum is the digest's first 4 bytes as a number, highest
 * first. The server waits before it answers: `cpuShare` is hashing divided by hashing plus that wait, and how fast this
 * machine hashes is measured before the run, so the wait is the same for every task and on every executor.
 */
export const fetchAndHash: Workload = {
  info: {
    name: 'fetch-and-hash',
    title: 'Fetch and hash',
    kind: 'mixed',
    tag: 'Mixed · network, crypto',
    summary: 'Fetches data from a server, then hashes it.',
    exercises:
      'Waits for a server on loopback, then uses one core’s integer or SHA units through the native crypto library. The CPU share determines how many workers fill a core: about four at 25 %. Copying the data from the network adds a few per cent of CPU time. The server is one process of one thread: its CPU use shows as everything else.',
    size: { meaning: 'bytes to fetch and to hash 8 times over', min: 64, max: LARGEST_BODY_BYTES, default: MIB },
    settings: [
      {
        name: 'cpuShare',
        title: 'Share of CPU',
        meaning: 'hashing ÷ (hashing + waiting for the server), where a task has a core to itself',
        min: 0.02,
        max: 1,
        default: 0.25,
        whole: false,
      },
    ],
    releasesLock: true,
    prints: false,
  },
  async prepare(request) {
    const { port, stop } = await (await import('./http-server')).startHttpServer(request);
    const share = request.settings['cpuShare'] ?? 1;
    return { values: { port, delayMsPerMiB: (hashingMsPerMiB() * (1 - share)) / share }, stop };
  },
  async run(input) {
    const { size: bytes, seed } = input;
    const delayMs = Math.min(LONGEST_DELAY_MS, (Number(preparedOf('delayMsPerMiB', input)) * bytes) / MIB);
    const asked = { delayMs, bytes, seed: seed >>> 0 };
    const parts = await fetchBody(
      Number(preparedOf('port', input)),
      asked,
      (): Uint8Array[] => [],
      (part, all) => (all.push(part), all),
    );
    const hash = createHash('sha256');
    for (let round = 0; round < ROUNDS; round += 1) for (const part of parts) hash.update(part);
    return hash.digest().readUInt32BE(0);
  },
};

/** How long this machine takes to hash 1 MiB as often as a task does, in ms. */
function hashingMsPerMiB(): number {
  let fastestMs = Infinity;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const hash = createHash('sha256');
    const startedMs = performance.now();
    for (const part of blocksOf(MIB)) hash.update(part);
    fastestMs = Math.min(fastestMs, performance.now() - startedMs);
  }
  return ROUNDS * fastestMs;
}
