import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BLOCK_BYTES, blocksOf, seedBytes } from '../block';
import { waitAtLeast } from '../wait';
import { LARGEST_BODY_BYTES, LONGEST_DELAY_MS, readPath } from '../http-path';

/**
 * The server of the workloads that speak HTTP: a process of its own, so that answering takes no time from any worker.
 * It answers `/<delay in ms>/<bytes>/<seed>`, after the delay, with the seed (4 bytes, lowest first) and that many bytes
 * of the shared block, repeated and cut. It ends with its parent, however that ends: the channel between them closes.
 */
process.on('disconnect', () => process.exit(0));
// A terminal's interrupt goes to the whole group, and tasks that are still running need their answers.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const ALIVE_EVERY_MS = 1_000;

const server = createServer((request, response) => {
  void answer(request.url ?? '', response);
});
// Connections are kept for the whole run: closing one just when a request comes would fail that task.
server.keepAliveTimeout = 0;
// The port that tasks know, where this one takes the place of another; else any.
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  tell();
  setInterval(tell, ALIVE_EVERY_MS);
});
/** Where it is, and that it is there: one that is suspended says nothing. */
function tell(): void {
  process.send?.({ port: (server.address() as AddressInfo).port }, () => undefined);
}
if (!process.connected) process.exit(0);

async function answer(path: string, response: ServerResponse): Promise<void> {
  const asked = readPath(path);
  if (asked === null) {
    response
      .writeHead(400)
      .end(`Ask for /<delay up to ${LONGEST_DELAY_MS} ms>/<up to ${LARGEST_BODY_BYTES} bytes>/<seed>.\n`);
    return;
  }
  if (asked.delayMs > 0) await waitAtLeast(asked.delayMs);
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': asked.bytes + 4 });
  await sendBody(response, asked);
}

async function sendBody(response: ServerResponse, { bytes, seed }: { bytes: number; seed: number }): Promise<void> {
  // What is small goes in one piece.
  if (bytes <= BLOCK_BYTES) {
    response.end(Buffer.concat([seedBytes(seed), ...blocksOf(bytes)]));
    return;
  }
  response.write(seedBytes(seed));
  for (const part of blocksOf(bytes)) {
    if (response.destroyed) return;
    if (!response.write(part)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  response.end();
}
