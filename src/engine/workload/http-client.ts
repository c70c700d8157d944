import { Agent, get, type IncomingMessage, type RequestOptions } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { CoreloomError, errorInfo } from '../../contract';
import { nowMs } from '../system/clock';
import { pathFor, type Asked } from './http-path';

/** One connection for each worker, kept from request to request: a task is no handshake. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
/** A server that ended is started again within this time, or its run is ended. */
const AGAIN_MS = 10_000;
const PAUSE_MS = 50;
/** A request that was lost after this time had a server when it began. */
const HELD_MS = 1_000;

/**
 * Asks the run's server on that port and adds up the parts of the body as they come, beginning with what `begin` answers.
 * A request whose server ended is sent again, from its beginning. The worker's own thread waits for the network, no helper
 * thread does. Throws `task-threw` where the server does not answer as it must, `disconnected` where none can be reached.
 */
export async function fetchBody<T>(
  port: number,
  asked: Asked,
  begin: () => T,
  add: (part: Uint8Array, sum: T) => T,
  againMs = AGAIN_MS,
): Promise<T> {
  let lostMs: number | null = null;
  for (;;) {
    const askedMs = nowMs();
    try {
      return await body(port, asked, begin(), add);
    } catch (error) {
      const atMs = nowMs();
      if (lostMs === null || atMs - askedMs > HELD_MS) lostMs = atMs;
      if (errorInfo(error).code !== 'disconnected' || atMs - lostMs > againMs) throw error;
      await wait(PAUSE_MS);
    }
  }
}

async function body<T>(port: number, asked: Asked, begun: T, add: (part: Uint8Array, sum: T) => T): Promise<T> {
  let bytes = 0;
  let sum = begun;
  let response: IncomingMessage;
  try {
    response = await responseTo({ host: '127.0.0.1', port, path: pathFor(asked), agent });
    for await (const part of response as AsyncIterable<Uint8Array>) {
      bytes += part.length;
      sum = add(part, sum);
    }
  } catch (error) {
    throw new CoreloomError(
      'disconnected',
      `The test server on port ${port} cannot be reached (${errorInfo(error).message}): it has ended, or something on this machine blocks loopback connections.`,
      error,
    );
  }
  if (response.statusCode === 200 && bytes === asked.bytes + 4) return sum;
  throw new CoreloomError(
    'task-threw',
    `The test server answered ${response.statusCode} with ${bytes} bytes, but ${asked.bytes + 4} were requested.`,
  );
}

function responseTo(request: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(request, resolve).once('error', reject);
  });
}
