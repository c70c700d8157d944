import { crc32 } from 'node:zlib';
import { fetchBody } from './http-client';
import { LARGEST_BODY_BYTES, LONGEST_DELAY_MS } from './http-path';
import { randomAt } from './random';
import { preparedOf, settingOf } from './settings';
import type { Workload } from './workload';

/**
 * Makes `size` requests, one after the other on one kept connection, to the server that was started for the run
 * (entry/http-server.ts). Request r (from 0) asks for the setting `bodyBytes` of bytes with number r of the seed's
 * generator as seed; the server waits `delayMs` before it answers. The checksum is zlib's CRC-32, started at the task's
 * seed, over all bodies in turn.
 */
export const http: Workload = {
  info: {
    name: 'http',
    title: 'HTTP requests',
    kind: 'io',
    tag: 'I/O · network',
    summary: 'Asks a server on loopback and waits for its answers.',
    exercises:
      'Waiting for a server, and the system’s network code on loopback. The server is one process of one thread, started for the run: its CPU use shows as everything else on the machine. Without a delay it soon becomes the bottleneck, whatever the number of workers.',
    size: { meaning: 'requests, one after the other', min: 1, max: 100_000, default: 1 },
    settings: [
      {
        name: 'delayMs',
        title: 'Delay',
        meaning: 'milliseconds that the server waits before it answers, up to 2 more',
        min: 0,
        max: LONGEST_DELAY_MS,
        default: 10,
        whole: false,
      },
      {
        name: 'bodyBytes',
        title: 'Body',
        meaning: 'bytes of each answer',
        min: 0,
        max: LARGEST_BODY_BYTES,
        default: 16_384,
        whole: true,
      },
    ],
    releasesLock: true,
    prints: false,
  },
  async prepare(request) {
    const { port, stop } = await (await import('./http-server')).startHttpServer(request);
    return { values: { port }, stop };
  },
  async run(input) {
    const port = Number(preparedOf('port', input));
    const asked = { delayMs: settingOf(http, 'delayMs', input), bytes: settingOf(http, 'bodyBytes', input) };
    let checksum = input.seed >>> 0;
    for (let request = 0; request < input.size; request += 1) {
      const begun = checksum;
      checksum = await fetchBody(port, { ...asked, seed: randomAt(input.seed, request) }, () => begun, crc32);
    }
    return checksum;
  },
};
