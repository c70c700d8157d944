import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { crc32 } from 'node:zlib';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { CoreloomError } from '../../../src/contract';
import { fetchBody } from '../../../src/engine/workload/http-client';
import { startHttpServer, type HttpServer, type ServerRequest } from '../../../src/engine/workload/http-server';
import { findWorkload } from '../../../src/engine/workload/registry';
import { run } from '../../../src/engine/workload/tasks';
import { ENTRIES } from '../../support/paths';
import { isRunning } from '../../support/processes';

const context = { executor: 'sequential', worker: 1, print: () => undefined } as const;
const PARENT = resolve(import.meta.dirname, 'server-parent.mjs');

let server: HttpServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

async function start(told: Partial<ServerRequest> = {}): Promise<HttpServer> {
  server = await startHttpServer({ entries: ENTRIES, signal: new AbortController().signal, ...told });
  return server;
}

async function gone(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
}

function ask(port: number, path: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        resolve({ status: response.statusCode, body: Buffer.concat(parts).toString('latin1') });
      });
    }).on('error', reject);
  });
}

describe('the run’s server', () => {
  it('waits as long as it is asked to, and sends the seed and the shared block', async () => {
    const { port } = await start();
    const startedMs = performance.now();
    const { status, body } = await ask(port, '/30/5/258');
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(30);
    expect([status, body.length, body.slice(0, 4)]).toEqual([200, 9, '\x02\x01\x00\x00']);
  });

  it.each([
    '/',
    '/1',
    '/1/2/3/4',
    '/-1/5/1',
    '/NaN/5/1',
    '/60001/5/1',
    '/0/1e9/1',
    '/0/999999999999/1',
    '/0/5/4294967296',
    '/../etc/passwd',
  ])('refuses %s with a sentence', async (path) => {
    const { port } = await start();
    expect(await ask(port, path)).toEqual({ status: 400, body: expect.stringContaining('Ask for /<delay') });
  });

  it('is gone once it was stopped, also twice', async () => {
    const { pid, stop } = await start();
    await stop();
    await stop();
    expect(isRunning(pid)).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('dies with its parent, also where that is killed with SIGKILL', async () => {
    const parent = spawn(process.execPath, [PARENT, ENTRIES.httpServer], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const { pid, port } = JSON.parse(line.toString()) as { pid: number; port: number };
    expect((await ask(port, '/0/1/1')).status).toBe(200);
    parent.kill('SIGKILL');
    await gone(pid);
  });

  it('that cannot be started fails the preparation with a sentence', async () => {
    await expect(
      startHttpServer({ entries: { httpServer: '/nowhere/server.js' }, signal: new AbortController().signal }),
    ).rejects.toMatchObject({
      code: 'not-available',
      message: 'The test server could not be started: it ended with exit code 1.',
    });
  });

  it('is not left behind where the run ends while it starts', async () => {
    await expect(start({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('the run’s server that ends', () => {
  /** Resolves with what was told next. */
  function told(): { warn(sentence: string): void; gone(error: CoreloomError): void; next(): Promise<string> } {
    const said: string[] = [];
    let wake = (): void => {};
    const tell = (sentence: string): void => {
      said.push(sentence);
      wake();
    };
    return {
      warn: tell,
      gone: ({ message }) => {
        tell(`gone: ${message}`);
      },
      async next() {
        while (said.length === 0) await new Promise<void>((resolve) => (wake = resolve));
        return said.shift() ?? '';
      },
    };
  }

  it('is started again on its port, and told, until it has ended six times', async () => {
    const events = told();
    const { port } = await start(events);
    for (let time = 1; time <= 5; time++) {
      const { pid } = server!;
      process.kill(pid, 'SIGKILL');
      expect(await events.next()).toMatch(
        new RegExp(
          `^The test server was ended by signal SIGKILL and was restarted \\(${String(time)} of at most 5 times\\); `,
        ),
      );
      expect(server!.pid).not.toBe(pid);
      expect((await ask(port, '/0/1/1')).status).toBe(200);
    }
    process.kill(server!.pid, 'SIGKILL');
    expect(await events.next()).toBe(
      'gone: The test server was ended by signal SIGKILL after 5 restarts, so the run cannot continue.',
    );
  });

  it.skipIf(process.platform === 'win32')('is ended and started again where it is suspended', async () => {
    const events = told();
    const { pid, port } = await start({ ...events, silenceMs: 3_000 });
    process.kill(pid, 'SIGSTOP');
    expect(await events.next()).toContain('The test server did not respond and was ended and was restarted');
    await gone(pid);
    expect((await ask(port, '/0/1/1')).status).toBe(200);
  });

  it('is gone where it cannot be started again, and stays so once it was stopped', async () => {
    const events = told();
    const entries = { httpServer: ENTRIES.httpServer };
    const { pid } = await start({ ...events, entries });
    entries.httpServer = '/nowhere/server.js';
    process.kill(pid, 'SIGKILL');
    expect(await events.next()).toBe('gone: The test server could not be started: it ended with exit code 1.');
  });

  it('costs the requests under way nothing but time', async () => {
    const { port } = await start(told());
    const task = { workload: 'http', size: 4, seed: 1, settings: { delayMs: 0, bodyBytes: 300_000 } };
    const right = await run({ ...task, prepared: { port } }, context);
    const slow = Promise.resolve(
      run({ ...task, settings: { ...task.settings, delayMs: 100 }, prepared: { port } }, context),
    );
    let ended = false;
    void slow.then(() => (ended = true));
    process.kill(server!.pid, 'SIGKILL');
    expect(ended).toBe(false);
    expect(await slow).toBe(right);
  });
});

describe('http', () => {
  it('takes the server’s delay for each request', async () => {
    const { port } = await start();
    const startedMs = performance.now();
    await run(
      { workload: 'http', size: 3, seed: 1, settings: { delayMs: 10, bodyBytes: 10 }, prepared: { port } },
      context,
    );
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(30);
  });

  it('fetches bodies of many blocks', async () => {
    const { port } = await start();
    const task = {
      workload: 'http',
      size: 2,
      seed: 1,
      settings: { delayMs: 0, bodyBytes: 300_000 },
      prepared: { port },
    };
    expect(await run(task, context)).toBe(await run(task, context));
  });

  it('says so where the server is gone, and where none was prepared', async () => {
    const { port, stop } = await start();
    await stop();
    const task = { workload: 'http', size: 1, seed: 1, settings: { delayMs: 0, bodyBytes: 10 } };
    const asked = fetchBody(port, { delayMs: 0, bytes: 10, seed: 1 }, () => 0, crc32, 200);
    await expect(asked).rejects.toThrow(/The test server on port \d+ cannot be reached .*: it has ended/);
    await expect(run(task, context)).rejects.toThrow(
      'A task of http came without the port that was prepared for its run.',
    );
  });
});

describe('fetch-and-hash', () => {
  it('has the server wait as long as the share of CPU asks for', async () => {
    const { prepare } = findWorkload('fetch-and-hash');
    const delayAt = async (cpuShare: number): Promise<number> => {
      const made = await prepare?.({ settings: { cpuShare }, entries: ENTRIES, signal: new AbortController().signal });
      await made?.stop();
      return Number(made?.values['delayMsPerMiB']);
    };
    expect(await delayAt(1)).toBe(0);
    // Hashing is measured again each time: three times as much wait as hashing, against as much.
    const ratio = (await delayAt(0.25)) / (await delayAt(0.5));
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThan(9);
  });
});
