import { Agent, get, type IncomingMessage, type RequestOptions } from 'node:http';
import { CoreloomError, errorInfo } from '../../contract';
import { pathFor, type Asked } from './http-path';

/** One connection for each worker, kept from request to request: a task is no handshake. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/**
 * Asks the run's server on that port and hands over each part of the body as it comes; resolves with its end. The
 * worker's own thread waits for the network, no helper thread does. Throws `task-threw` where the server does not answer
 * as it must.
 */
export async function fetchParts(port: number, asked: Asked, onPart: (part: Uint8Array) => void): Promise<void> {
  let bytes = 0;
  let response: IncomingMessage;
  try {
    response = await responseTo({ host: '127.0.0.1', port, path: pathFor(asked), agent });
    for await (const part of response as AsyncIterable<Uint8Array>) {
      bytes += part.length;
      onPart(part);
    }
  } catch (error) {
    throw new CoreloomError('task-threw', `The run's server on port ${port} cannot be reached (${errorInfo(error).message}): it has ended, or something on this machine keeps programs from their own loopback.`, error);
  }
  if (response.statusCode === 200 && bytes === asked.bytes + 4) return;
  throw new CoreloomError('task-threw', `The run's server answered ${response.statusCode} with ${bytes} bytes, where ${asked.bytes + 4} were asked for.`);
}

function responseTo(request: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(request, resolve).once('error', reject);
  });
}
