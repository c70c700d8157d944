import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { boundGuests, mostConnections, type GuestLimits } from '../../src/web-host/guests';
import { fakeEngine } from '../support/fake-engine';
import { ask, closing, enter, hosted, nextFrame, secretIn, socketTo } from './web-host';

interface Guest {
  socket: Socket;
  /** Resolves once the other side has ended the connection, or cut it off. */
  cutOff: Promise<unknown>;
}

/** A connection that says this, and that its own side never ends. */
async function guest(port: number, says = ''): Promise<Guest> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {}).resume();
  const cutOff = Promise.race([once(socket, 'end'), once(socket, 'close')]);
  await once(socket, 'connect');
  if (says !== '') socket.write(says);
  return { socket, cutOff };
}

const connections = (server: Server): Promise<number> =>
  new Promise((resolve) => server.getConnections((_, count) => resolve(count)));

/** A server that answers everything with "yes". */
async function bounded(limits: GuestLimits): Promise<{ server: Server; port: number }> {
  const server = createServer((_, response) => void response.end('yes'));
  boundGuests(server, limits);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, port: (server.address() as AddressInfo).port };
}

const WAYS: [string, string][] = [
  ['say nothing', ''],
  ['never end their headers', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: '],
  ['never end what they post', 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\nx'],
  ['never read their answer', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'.repeat(100)],
];

describe.each(WAYS)('connections that %s', (_, says) => {
  test('give way to newer ones, the oldest first', async () => {
    const { server, port } = await bounded({ most: 3 });
    const guests = [];
    for (let made = 0; made < 5; made++) guests.push(await guest(port, says));
    const [first, second, third] = guests;
    await Promise.all([first?.cutOff, second?.cutOff]);
    await expect.poll(() => connections(server)).toBe(3);
    expect(third?.socket.destroyed).toBe(false);
  });

  test('end with their time', async () => {
    const { server, port } = await bounded({ longestMs: 50 });
    const { cutOff } = await guest(port, says);
    await cutOff;
    await expect.poll(() => connections(server)).toBe(0);
  });
});

test('a full house keeps no page out, and costs no page that is in', async () => {
  const engine = fakeEngine();
  const host = await hosted({ engine });
  const { socket } = await enter(host);
  for (let made = 0; made < 200; made++) await guest(host.port, made % 2 === 0 ? '' : 'GET / HTTP/1.1\r\nX-Slow: ');
  expect((await ask(host, '/')).status).toBe(200);
  const other = await enter(host);
  for (const { send, of } of [
    { send: socket, of: 1 },
    { send: other.socket, of: 2 },
  ]) {
    send.send(JSON.stringify({ id: of, name: 'getState' }));
    expect(await nextFrame(send)).toMatchObject({ type: 'reply', id: of });
  }
});

const upgrade = (port: number, headers: string): string =>
  `GET /socket HTTP/1.1\r\nHost: 127.0.0.1:${String(port)}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n${headers}\r\n`;

test.each([
  ['of another site', () => 'Origin: http://evil.test\r\nSec-WebSocket-Protocol: coreloom\r\n'],
  [
    'without a secret',
    (port: number) => `Origin: http://127.0.0.1:${String(port)}\r\nSec-WebSocket-Protocol: coreloom\r\n`,
  ],
  [
    'with a wrong one',
    (port: number) => `Origin: http://127.0.0.1:${String(port)}\r\nSec-WebSocket-Protocol: coreloom, wrong\r\n`,
  ],
  [
    'without a key',
    (port: number) =>
      `Origin: http://127.0.0.1:${String(port)}\r\nSec-WebSocket-Key: short\r\nSec-WebSocket-Protocol: coreloom\r\n`,
  ],
])('a socket %s is gone at once, though its other end holds on', async (_, headers) => {
  const host = await hosted();
  const guests = [];
  for (let made = 0; made < 10; made++) guests.push(await guest(host.port, upgrade(host.port, headers(host.port))));
  await Promise.all(guests.map(({ cutOff }) => cutOff));
  // Half of the connection is theirs to keep. What they send now finds nobody: it is answered with a reset.
  const heard = (socket: Socket): boolean => {
    socket.write('more');
    return !socket.destroyed;
  };
  for (const { socket } of guests) await expect.poll(() => heard(socket)).toBe(false);
  expect(host.clients()).toBe(0);
});

test('pages are let in up to a number, and the next one as soon as one has left', async () => {
  const host = await hosted();
  const most = mostConnections(null);
  const pages = [];
  for (let made = 0; made < most; made++) pages.push(await enter(host));
  expect(await closing(socketTo(host))).toEqual([
    1013,
    'Too many pages are connected to Coreloom: close one and try again.',
  ]);
  // What was not let in has used up no key.
  const key = secretIn(host, host.urlForOnce());
  expect((await closing(socketTo(host, { secrets: [key] })))[0]).toBe(1013);
  pages[0]?.socket.terminate();
  await expect.poll(() => host.clients()).toBe(most - 1);
  expect((await enter(host, [key])).session).not.toBe('');
});

test('where the system allows few files, connections take a quarter of them at most', () => {
  expect([1_000_000, 1024, 400, 256, 64].map((limit) => mostConnections(limit))).toEqual([64, 64, 50, 32, 8]);
  expect(mostConnections(null)).toBe(64);
});
