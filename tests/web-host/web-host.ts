import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { SOCKET_PATH, SOCKET_PROTOCOL } from '../../src/contract';
import { startWebHost, type WebHost, type WebHostOptions } from '../../src/web-host';
import { OUT } from '../support/paths';
import { fakeEngine } from '../support/fake-engine';
import { join } from 'node:path';

export const RENDERER = join(OUT, 'renderer');

/** A web host that ends with the test. */
export async function hosted(options: Partial<WebHostOptions> = {}): Promise<WebHost> {
  const host = await startWebHost({ engine: fakeEngine(), port: 0, folder: RENDERER, ...options });
  onTestFinished(() => host.close());
  return host;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A request sent exactly as written: `fetch` would tidy the path and refuse to set Host. */
export function ask(
  host: WebHost,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: host.port, path, method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => (body += text));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Sends bytes that no HTTP client would send; answers the status line. */
export async function askRaw(host: WebHost, path: string): Promise<string> {
  const stream = connect(host.port, '127.0.0.1');
  stream.setEncoding('utf8');
  let text = '';
  stream.on('data', (chunk: string) => (text += chunk));
  stream.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${String(host.port)}\r\nConnection: close\r\n\r\n`);
  await once(stream, 'close');
  return text.split('\r\n')[0] ?? '';
}

/** The secret in an address of the host: the printed one where none is given. */
export const secretIn = (host: WebHost, url = host.url): string => new URL(url).searchParams.get('token') ?? '';

export const originOf = (host: WebHost): string => `http://127.0.0.1:${String(host.port)}`;

export interface Connecting {
  headers?: Record<string, string>;
  secrets?: string[];
  path?: string;
  protocol?: string;
}

/** A socket as the page opens one with the printed token; what is given differs from that. */
export function socketTo(
  host: WebHost,
  { headers = {}, secrets = [secretIn(host)], path = SOCKET_PATH, protocol = SOCKET_PROTOCOL }: Connecting = {},
): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${String(host.port)}${path}`, [protocol, ...secrets], {
    headers: { Origin: originOf(host), ...headers },
  });
  onTestFinished(() => {
    socket.terminate();
  });
  return socket;
}

/** A socket that was let in, and the secret of its session. */
export async function enter(host: WebHost, secrets?: string[]): Promise<{ socket: WebSocket; session: string }> {
  const socket = socketTo(host, { ...(secrets && { secrets }) });
  const { type, session } = (await nextFrame(socket)) as { type: string; session: string };
  if (type !== 'welcome') throw new Error(`The first frame is ${type}.`);
  return { socket, session };
}

export const openSocket = async (host: WebHost): Promise<WebSocket> => (await enter(host)).socket;

/** The code and the reason of the close frame with which a connection ends. */
export async function closing(socket: WebSocket): Promise<[number, string]> {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  return [code, reason.toString()];
}

/** The status with which a connection was refused. */
export async function refusal(socket: WebSocket): Promise<number> {
  socket.on('error', () => {});
  const [, response] = (await once(socket, 'unexpected-response')) as [
    unknown,
    { statusCode: number; destroy(): void },
  ];
  response.destroy();
  return response.statusCode;
}

/** The next frame, as an object. */
export async function nextFrame(socket: WebSocket): Promise<unknown> {
  const [data] = (await once(socket, 'message')) as [Buffer];
  return JSON.parse(data.toString('utf8'));
}
