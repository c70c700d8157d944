import { mix32 } from './random';
import { waitAtLeast } from './wait';
import type { Workload } from './workload';

/** Waits at least `size` ms (wait.ts). The checksum is mix32(seed). */
export const sleep: Workload = {
  info: {
    name: 'sleep',
    title: 'Sleep',
    kind: 'io',
    tag: 'I/O · timer',
    summary: 'Waits for a timer and does nothing else.',
    exercises:
      'A timer, and no core: a stand-in for waiting on a network. Never shorter than its size; timers count whole milliseconds, so it is up to 2 ms longer, and at least about 1 ms.',
    size: { meaning: 'milliseconds to wait', min: 0.01, max: 60_000, default: 10 },
    settings: [],
    releasesLock: true,
    prints: false,
  },
  fractionalSize: true,
  sizeForMs: (ms) => ms,
  async run({ size, seed }) {
    await waitAtLeast(size);
    return mix32(seed);
  },
};
