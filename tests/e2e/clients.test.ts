import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asLive } from '../support/live-report';
import { asLiveState, liveChanged, liveEnded } from '../support/experiment-state';
import { WebSocket } from 'ws';
import { SOCKET_PATH, SOCKET_PROTOCOL, type Bridge, type EngineClient, type EngineEvent } from '../../src/contract';
import { inProcessClient, openEngine } from '../../src/engine';
import { contentOf } from '../../src/engine/reports';
import { bridgeClient } from '../../src/renderer/src/client/bridge';
import { socketClient, type Socket } from '../../src/renderer/src/client/socket';
import { startWebHost } from '../../src/web-host';
import { OUT } from '../support/paths';
import { originOf, secretIn } from '../web-host/web-host';
import { launchDesktop } from './support/desktop';
import { electronHostName } from './support/host';
import { reply, type BridgedWindow } from './support/call';

interface Connected {
  client: EngineClient;
  close(): Promise<void>;
}

function engineIn(home: string) {
  return openEngine({
    folder: join(OUT, 'main'),
    home,
    host: 'browser',
    versions: { coreloom: '0.0.0-test', node: process.versions.node, electron: null },
    saveReport: (rendered) => Promise.resolve(contentOf(rendered)),
  });
}

async function inProcess(home: string): Promise<Connected> {
  const engine = await engineIn(home);
  return { client: inProcessClient(engine), close: () => engine.close() };
}

/** The page's own client, over a real socket to a real web host. */
async function overSocket(home: string): Promise<Connected> {
  const engine = await engineIn(home);
  const host = await startWebHost({ engine, port: 0, folder: join(OUT, 'renderer') });
  const origin = originOf(host);
  const socket = new WebSocket(origin.replace('http', 'ws') + SOCKET_PATH, [SOCKET_PROTOCOL, secretIn(host)], {
    headers: { origin },
  });
  let opened = false;
  const client = socketClient({
    open: () => {
      // The test speaks over one socket; a second one would be a lost connection.
      if (opened) throw new Error('The socket was lost.');
      opened = true;
      return socket as unknown as Socket;
    },
    welcomed: () => {},
    wait: () => {},
    refusal: () => Promise.resolve(null),
  });
  await new Promise<void>((resolve) => client.onConnection(({ state }) => state === 'open' && resolve()));
  return {
    client,
    close: async () => {
      await host.close();
      await engine.close();
    },
  };
}

/** What the preload script exposes in the desktop's page, called from there. */
async function overBridge(home: string): Promise<Connected> {
  const app = await launchDesktop({ home });
  const listeners = new Set<(event: EngineEvent) => void>();
  await app.page.exposeFunction('heard', (event: EngineEvent) => {
    for (const listener of listeners) listener(event);
  });
  await app.page.evaluate(() => {
    const page = window as unknown as BridgedWindow & { heard(event: EngineEvent): void };
    page.coreloom.on((event) => page.heard(event));
  });
  const bridge: Bridge = {
    call: (name, argument) => reply(app.page, name, argument),
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { client: bridgeClient(bridge), close: () => app.close() };
}

const CLIENTS: [string, (home: string) => Promise<Connected>][] = [
  ['in process', inProcess],
  ['over a WebSocket', overSocket],
  [`over the desktop’s bridge (${electronHostName()})`, overBridge],
];

describe.each(CLIENTS)('a client %s', (_, connect) => {
  let home = '';
  let connected: Connected;
  const client = () => connected.client;

  /** Resolves with the first event from now on that fits. */
  function event<T extends EngineEvent['type']>(
    type: T,
    fits: (event: Extract<EngineEvent, { type: T }>) => boolean = () => true,
  ) {
    return new Promise<Extract<EngineEvent, { type: T }>>((resolve) => {
      const off = client().on((seen) => {
        if (seen.type !== type || !fits(seen as Extract<EngineEvent, { type: T }>)) return;
        off();
        resolve(seen as Extract<EngineEvent, { type: T }>);
      });
    });
  }

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'coreloom-client-'));
    connected = await connect(home);
  });
  afterAll(async () => {
    await connected?.close();
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  });

  it('learns the state of the engine', async () => {
    const state = await client().call('getState', null);
    expect(state.workloads.map((workload) => workload.name)).toContain('sha256');
    expect(state.executors.available).toEqual(expect.arrayContaining(['threads', 'processes']));
    expect(state.machine.hardwareThreads).toBeGreaterThan(0);
    expect(state.experiments).toEqual([]);
  });

  it('hears samples unasked, each with a utilization from 0 to 1 for every core', async () => {
    const { sample } = await event('sample');
    expect(sample.utilization).toHaveLength(sample.cores.length);
    for (const share of sample.utilization) expect(share >= 0 && share <= 1.001).toBe(true);
  });

  it('is refused with a code and a sentence, whatever it sends', async () => {
    await expect(
      client().call('startExperiment', { kind: 'live', workload: 'sha256', workers: { threads: 1.5 } }),
    ).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('whole number'),
    });
    await expect(
      client().call('startExperiment', { kind: 'live', workload: 'nothing', workers: { threads: 1 } }),
    ).rejects.toMatchObject({
      code: 'unknown-workload',
    });
    await expect(client().call('getReport', { id: '../../etc/passwd' })).rejects.toMatchObject({
      code: 'report-not-found',
    });
    await expect(client().call('nothing' as 'getState', null)).rejects.toMatchObject({ code: 'unknown-command' });
  });

  it('starts a run, changes it, hears its tasks, stops it, and reads its report', async () => {
    const blocks = event('blocks');
    await client().call('startExperiment', {
      kind: 'live',
      workload: 'primes',
      workers: { threads: 1, processes: 1 },
      taskMs: 2,
    });
    expect((await blocks).blocks.worker.length).toBeGreaterThan(0);
    const grown = liveChanged(client(), ({ executors }) =>
      executors.some(({ executor, live }) => executor === 'threads' && live === 2),
    );
    await client().call('updateExperiment', { workers: { threads: 2 } });
    await grown;
    const ended = liveEnded(client());
    const run = asLiveState(await client().call('stopExperiment', null));
    expect(await ended).toEqual(run);
    expect(run).toMatchObject({ phase: 'ended', outcome: 'completed', failure: null });
    const report = asLive(await client().call('getReport', { id: run.reportId ?? '' }));
    expect(report.totals.counts).toEqual(run.counts);
    expect((await client().call('listReports', null)).reports.map(({ id }) => id)).toEqual([report.id]);
  });

  it('hears nothing more once it has unsubscribed', async () => {
    let heard = 0;
    const off = client().on(() => heard++);
    off();
    await event('sample');
    expect(heard).toBe(0);
  });
});
