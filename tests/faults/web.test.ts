import { once } from 'node:events';
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { MODULE_WORKLOAD, SOCKET_PATH, SOCKET_PROTOCOL } from '../../src/contract';
import { COMMAND } from '../cli/coreloom';
import type { Running } from '../support/processes';
import { fault, NEEDS_LINUX } from './fault';
import { accounted, ended, scene } from './scene';

const AREA = 'Others on the machine reach for the web host';
const ADDRESS = /Coreloom is at (http:\/\/127\.0\.0\.1:\d+\/\?token=([\w-]+))\n/;

/** The host of a `coreloom serve` that has printed its address, and the token. */
async function served(running: Running): Promise<{ origin: string; token: string }> {
  const [, url = '', token = ''] = await running.said(ADDRESS);
  return { origin: new URL(url).origin, token };
}

/** A socket that names itself a page of the host, as another program can. */
function socketTo(origin: string, secret: string): WebSocket {
  const socket = new WebSocket(origin.replace('http', 'ws') + SOCKET_PATH, [SOCKET_PROTOCOL, secret], {
    headers: { Origin: origin, Cookie: `coreloom=${secret}` },
  });
  socket.on('error', () => {});
  onTestFinished(() => {
    socket.terminate();
  });
  return socket;
}

/** The first frame that fits. */
function heard(socket: WebSocket, fits: (frame: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as Record<string, unknown>;
      if (fits(frame)) resolve(frame);
    });
  });
}

const closeCode = async (socket: WebSocket): Promise<unknown> => (await once(socket, 'close'))[0] as unknown;

/** A connection that asks for a socket without a secret, and never lets go of its half. */
async function holding(origin: string): Promise<Socket> {
  const { host, port } = new URL(origin);
  const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => {}).resume();
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  socket.write(
    `GET ${SOCKET_PATH} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  );
  return socket;
}

fault(
  {
    area: AREA,
    fault: 'a thousand connections hold on, where 400 files may be open',
    promise: 'the run gets its workers, ends, and is saved; pages come in',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const place = scene();
    const running = place.start('bash', ['-c', `ulimit -n 400; exec "${process.execPath}" "${COMMAND}" serve`]);
    const { origin, token } = await served(running);
    for (let batch = 0; batch < 10; batch++) await Promise.all(Array.from({ length: 100 }, () => holding(origin)));
    const page = socketTo(origin, token);
    await heard(page, ({ type }) => type === 'welcome');
    const over = heard(page, ({ event }) => (event as { type?: string } | undefined)?.type === 'experiment-ended');
    page.send(
      JSON.stringify({
        id: 1,
        name: 'startExperiment',
        argument: { kind: 'live', workload: 'sleep', size: 20, workers: { threads: 2, processes: 2 }, tasks: 24 },
      }),
    );
    await over;
    running.child.kill('SIGINT');
    expect(await ended(place, running)).toMatchObject({ code: 0, err: '' });
    expect(accounted(place.reports()[0]).totals.counts).toMatchObject({ done: 24, failed: 0, cancelled: 0 });
    place.noFileLeft();
  },
);

fault(
  {
    area: AREA,
    fault: 'a program guesses, and sends cookies that it saw or set',
    promise: 'it is turned away; the page stays in',
  },
  async () => {
    const place = scene();
    const running = place.coreloom(['serve']);
    const { origin, token } = await served(running);
    const page = socketTo(origin, token);
    const { session } = await heard(page, ({ type }) => type === 'welcome');
    for (const guess of ['A'.repeat(43), token.slice(1), String(session).toLowerCase()])
      expect(await closeCode(socketTo(origin, guess))).toBe(4403);
    const reply = heard(page, ({ id }) => id === 1);
    page.send(JSON.stringify({ id: 1, name: 'getState', argument: null }));
    expect(await reply).toMatchObject({ reply: { ok: true } });
    running.child.kill('SIGINT');
    expect(await ended(place, running)).toMatchObject({ code: 0, err: '' });
  },
);

/** A browser in an installed one's place: writes into `seen` the address that it is led to through the pipe, and stays. */
const browser = (seen: string): string => `#!${process.execPath}
const { createReadStream, writeFileSync, writeSync } = require('node:fs');
const say = (message) => writeSync(4, JSON.stringify(message) + '\\0');
let rest = '';
createReadStream('', { fd: 3 }).on('data', (chunk) => {
  const messages = (rest + chunk).split('\\0');
  rest = messages.pop();
  for (const { id, method, params } of messages.map((text) => JSON.parse(text))) {
    if (method === 'Target.setDiscoverTargets') say({ method: 'Target.targetCreated', params: { targetInfo: { type: 'page', targetId: 'page' } } });
    if (method === 'Page.navigate') writeFileSync(${JSON.stringify(seen)}, params.url);
    say({ id, result: { sessionId: 'session' } });
  }
});
`;

fault(
  {
    area: AREA,
    fault: 'the key of the opened window is used a second time',
    promise: 'all pages that used it are disconnected, and the terminal says so; the printed address keeps working',
    notHere: process.platform === 'win32' ? 'it needs a program made of a script' : null,
  },
  async () => {
    const place = scene();
    const seen = place.file('seen', '');
    rmSync(seen);
    const program = place.file('chromium', browser(seen));
    chmodSync(program, 0o755);
    const running = place.coreloom(['serve', '--open'], { CORELOOM_CHROMIUM: program });
    const { origin, token } = await served(running);
    await place.appeared(seen);
    await vi.waitUntil(() => readFileSync(seen, 'utf8').includes('token='));
    const key = new URL(readFileSync(seen, 'utf8')).searchParams.get('token') ?? '';
    const window = socketTo(origin, key);
    const shutOut = closeCode(window);
    const { session } = await heard(window, ({ type }) => type === 'welcome');
    const thief = socketTo(origin, key);
    expect(await Promise.all([closeCode(thief), shutOut])).toEqual([4403, 4403]);
    await running.said(
      /The one-time key of the opened window was used twice, so another user of this machine may have read it\./,
    );
    for (const secret of [key, String(session)]) expect(await closeCode(socketTo(origin, secret))).toBe(4403);
    await heard(socketTo(origin, token), ({ type }) => type === 'welcome');
    running.child.kill('SIGINT');
    expect(await ended(place, running)).toMatchObject({ code: 0 });
    place.noFileLeft();
  },
);

fault(
  {
    area: AREA,
    fault: 'another user can write to a module that is allowed and listed',
    promise: 'it is not run; one sentence says why',
    notHere: process.platform === 'win32' ? 'Windows has no write bits' : null,
  },
  async () => {
    const place = scene();
    const module = place.file('task.mjs', 'export const task = () => 1;');
    const running = place.coreloom(['serve', '--allow-modules', dirname(module)]);
    const { origin, token } = await served(running);
    const page = socketTo(origin, token);
    await heard(page, ({ type }) => type === 'welcome');
    const call = (id: number, name: string, argument: unknown): Promise<Record<string, unknown>> => {
      page.send(JSON.stringify({ id, name, argument }));
      return heard(page, (frame) => frame['id'] === id);
    };
    expect(await call(1, 'listModules', null)).toMatchObject({ reply: { value: { modules: [{ path: module }] } } });
    chmodSync(module, 0o666);
    expect(
      await call(2, 'startExperiment', {
        kind: 'live',
        workload: MODULE_WORKLOAD,
        module,
        workers: { threads: 1 },
        tasks: 1,
      }),
    ).toMatchObject({
      reply: {
        ok: false,
        error: { code: 'module-not-trusted', message: expect.stringContaining(`others may write to ${module}`) },
      },
    });
    running.child.kill('SIGINT');
    expect(await ended(place, running)).toMatchObject({ code: 0, err: '' });
  },
);
