import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { version } from '../../package.json';
import { SOCKET_PATH, SOCKET_PROTOCOL, type EngineState } from '../../src/contract';
import { liveIn } from '../support/experiment-state';
import { ROOT } from '../support/paths';
import { temporaryFolder } from '../support/folder';
import { descendants, isRunning } from '../support/processes';
import { coreloom, savedReports } from './coreloom';

const ADDRESS = /Coreloom is at (http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+)\n/;

/** A socket that the printed address opens, as its page does. */
async function connect(url: string): Promise<WebSocket> {
  const page = await fetch(url, { redirect: 'error' });
  expect(await page.text()).toContain('<title>Coreloom</title>');
  const { origin, host, searchParams } = new URL(url);
  const socket = new WebSocket(`ws://${host}${SOCKET_PATH}`, [SOCKET_PROTOCOL, searchParams.get('token') ?? ''], {
    headers: { Origin: origin },
  });
  const [welcome] = (await once(socket, 'message')) as [Buffer];
  expect(JSON.parse(welcome.toString())).toMatchObject({ type: 'welcome' });
  return socket;
}

test('it prints an address that serves the page and the engine, and ends with nothing left', async () => {
  const command = coreloom(['serve']);
  const [, url = ''] = await command.said(ADDRESS);
  const socket = await connect(url);
  const run = new Promise<{ reportId: string }>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as { event?: { type: string; experiment: { reportId: string } } };
      if (frame.event?.type === 'experiment-ended') resolve(frame.event.experiment);
    });
  });
  await call(socket, 'startExperiment', {
    kind: 'live',
    workload: 'sleep',
    workers: { threads: 1, processes: 1 },
    tasks: 20,
  });
  expect((await run).reportId).toBe(savedReports(command.home)[0]?.split(/[\\/]/).at(-1)?.replace('.json', ''));
  const children = process.platform === 'linux' ? descendants(command.pid) : [];
  command.child.kill('SIGINT');
  const { code, err } = await command.ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  await expect.poll(() => children.filter(isRunning), { timeout: 10_000 }).toEqual([]);
});

test('ending it in the middle of a run keeps the report; a client that leaves does not end the run', async () => {
  const command = coreloom(['serve']);
  const [, url = ''] = await command.said(ADDRESS);
  const socket = await connect(url);
  await call(socket, 'startExperiment', { kind: 'live', workload: 'sleep', workers: { threads: 1 } });
  socket.terminate();
  const other = await connect(url);
  await expect.poll(() => phaseOf(other), { timeout: 20_000 }).toBe('running');
  command.child.kill('SIGTERM');
  const { code, err } = await command.ended;
  expect({ code, err }).toEqual({ code: 0, err: 'Stopping the measurement in progress and saving its report.\n' });
  expect(savedReports(command.home)).toHaveLength(1);
});

/** Sends a command and answers the value of its reply; events that come between are passed over. */
function call(socket: WebSocket, name: string, argument: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    const id = (calls += 1);
    const listen = (data: Buffer): void => {
      const frame = JSON.parse(data.toString()) as { id?: number; reply?: { value: unknown } };
      if (frame.id !== id) return;
      socket.off('message', listen);
      resolve(frame.reply?.value);
    };
    socket.on('message', listen);
    socket.send(JSON.stringify({ id, name, argument }));
  });
}
let calls = 0;

async function phaseOf(socket: WebSocket): Promise<string | undefined> {
  return liveIn((await call(socket, 'getState', null)) as EngineState)?.phase;
}

test('a port in use ends it with a sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { code, out, err } = await coreloom(['serve', '--port', String(port)]).ended;
  other.close();
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toBe(
    `coreloom: Port ${String(port)} is in use; choose another with --port, or omit --port to use a free one.\n`,
  );
});

test('where the command cannot be loaded, one sentence says so, and its version is told', () => {
  // As it is installed: nothing to build from. How many files Node opens at once to load them depends on its version.
  const root = temporaryFolder();
  for (const part of ['bin', 'scripts', 'package.json'])
    cpSync(join(ROOT, part), join(root, part), { recursive: true });
  mkdirSync(join(root, 'out/main'), { recursive: true });
  writeFileSync(join(root, 'out/main/cli.js'), `throw new Error("EMFILE: too many open files, open 'zod'");`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/coreloom.mjs'), 'machine'], {
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toBe(
    "coreloom: Coreloom could not be loaded: EMFILE: too many open files, open 'zod'; raise the limits on files and memory (ulimit), or reinstall it.\n",
  );
  for (const word of ['--version', '-v']) {
    const asked = spawnSync(process.execPath, [join(root, 'bin/coreloom.mjs'), word], { encoding: 'utf8' });
    expect(asked).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
  }
});

test('in a clone, bin/coreloom.mjs runs the built command', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/coreloom.mjs'), 'run', '--version'], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('the machine is shown as text and as JSON', async () => {
  const { code, out } = await coreloom(['machine']).ended;
  expect(code).toBe(0);
  expect(out).toMatch(/^Cores \(hardware threads\) +\d+$/m);
  const { out: json } = await coreloom(['machine', '--json']).ended;
  expect(JSON.parse(json)).toMatchObject({ versions: { node: process.versions.node, electron: null } });
});
