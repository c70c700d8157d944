import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { EngineClient, EngineEvent, LiveReport, LiveSettings } from '../../src/contract';
import { inProcessClient, openEngine, type Engine, type OpenOptions } from '../../src/engine';
import { pythonFolder } from '../../src/engine/entries';
import { contentOf, parseReport } from '../../src/engine/reports/any-kind';
import { asLive } from '../support/live-report';
import { asLiveState, liveEnded } from '../support/experiment-state';
import { OUT, ROOT } from '../support/paths';
import { anyInterpreter } from './python/support/pythons';

const interpreter = await anyInterpreter();
const VERSIONS = { coreloom: '0.0.0-test', node: process.versions.node, electron: null };

describe('Python executors of the engine', () => {
  let engine: Engine | null = null;
  let folder = '';
  afterEach(async () => {
    await engine?.close();
    engine = null;
    await rm(folder, { recursive: true, force: true });
  });

  async function open(options: Partial<OpenOptions> = {}): Promise<EngineClient> {
    folder = await mkdtemp(join(tmpdir(), 'coreloom-engine-'));
    engine = await openEngine({
      folder: join(OUT, 'main'),
      home: folder,
      host: 'terminal',
      versions: VERSIONS,
      saveReport: (rendered) => Promise.resolve(contentOf(rendered)),
      ...options,
    });
    return inProcessClient(engine);
  }
  const event = <T extends EngineEvent['type']>(
    client: EngineClient,
    type: T,
  ): Promise<Extract<EngineEvent, { type: T }>> =>
    new Promise((resolve) => {
      const off = client.on((seen) => {
        if (seen.type !== type) return;
        off();
        resolve(seen as Extract<EngineEvent, { type: T }>);
      });
    });
  async function report(client: EngineClient, settings: LiveSettings): Promise<LiveReport> {
    const ended = liveEnded(client);
    await client.call('startExperiment', { kind: 'live', ...settings });
    const run = await ended;
    expect(run.failure).toBeNull();
    return asLive(await client.call('getReport', { id: run.reportId ?? '' }));
  }

  it.skipIf(interpreter === null)(
    'do the same work as Node’s in one run, and the report tells which Python did it',
    async () => {
      const client = await open();
      const made = await report(client, {
        workload: 'primes',
        workers: { threads: 1, processes: 1, 'python-threads': 1, 'python-processes': 1 },
        size: 60,
        tasks: 800,
        seed: 3,
      });
      expect(parseReport(JSON.parse(JSON.stringify(made)))).toEqual(made);
      expect(made.executors.map(({ executor, counts }) => [executor, counts.done > 0, counts.failed])).toEqual(
        ['threads', 'processes', 'python-threads', 'python-processes'].map((name) => [name, true, 0]),
      );
      expect(made.checksums).toHaveLength(64);
      expect(made.settings.python).toMatchObject({
        version: interpreter?.version,
        executable: interpreter?.executable,
        lockOn: interpreter?.lockOn,
        startMethod: interpreter?.startMethods[0],
      });
      const [threads, , pythonThreads, pythonProcesses] = made.executors;
      expect(threads).not.toHaveProperty('lock');
      expect([pythonThreads?.lock === undefined, pythonProcesses?.lock === undefined]).toEqual([false, false]);
      expect(pythonThreads?.handOverUs).toBeGreaterThan(1);
    },
  );

  it.skipIf(interpreter === null)('may join a run that is on', async () => {
    const client = await open();
    await client.call('startExperiment', {
      kind: 'live',
      workload: 'sleep',
      workers: { threads: 1, 'python-threads': 1 },
      size: 2,
    });
    await event(client, 'blocks');
    const run = asLiveState(await client.call('updateExperiment', { workers: { 'python-processes': 2 } }));
    expect(run.executors.map(({ executor, desired }) => [executor, desired])).toEqual([
      ['threads', 1],
      ['processes', 0],
      ['python-threads', 1],
      ['python-processes', 2],
    ]);
    const ended = await client.call('stopExperiment', null);
    expect(ended.outcome).toBe('completed');
  });

  it.skipIf(interpreter === null)('are looked for when a window asks, and told when they are found', async () => {
    const client = await open({ host: 'desktop' });
    const found = event(client, 'executors-changed');
    const before = await client.call('getState', null);
    expect(before.executors.available).toEqual(['threads', 'processes']);
    expect(before.executors.unavailable['python-threads']).toBe('Looking for a Python on this machine.');
    const { executors } = await found;
    expect(executors.available).toEqual(
      expect.arrayContaining(['threads', 'processes', 'python-threads', 'python-processes']),
    );
    expect(executors.pythons?.length).toBeGreaterThan(0);
    expect((await client.call('getState', null)).executors).toEqual(executors);
  });

  it.skipIf(interpreter === null)(
    'may join a run that was started while they were looked for: its start waits for that',
    async () => {
      const client = await open({ host: 'desktop' });
      await client.call('getState', null);
      await client.call('startExperiment', { kind: 'live', workload: 'sleep', workers: { threads: 1 }, size: 2 });
      await client.call('updateExperiment', { workers: { 'python-threads': 1 } });
      await event(client, 'blocks');
      expect(await client.call('stopExperiment', null)).toMatchObject({
        outcome: 'completed',
        settings: { workers: { threads: 1, 'python-threads': 1 }, python: { version: expect.any(String) } },
      });
    },
  );

  it('cost a run nothing that does not use them', async () => {
    const client = await open();
    const made = await report(client, { workload: 'sleep', workers: { threads: 1 }, size: 1, tasks: 20 });
    expect(made.settings).not.toHaveProperty('python');
    expect((await client.call('getState', null)).executors.unavailable['python-threads']).toBe(
      'Looking for a Python on this machine.',
    );
  });

  it('are refused with the reason where the Python that was named is none', async () => {
    const client = await open({ python: '/nowhere/python3' });
    const refused = client.call('startExperiment', {
      kind: 'live',
      workload: 'sleep',
      workers: { 'python-threads': 1 },
    });
    await expect(refused).rejects.toMatchObject({
      code: 'not-available',
      message: expect.stringMatching(/^python-threads cannot run here: \/nowhere\/python3 cannot be started/),
    });
    expect((await client.call('getState', null)).executors.unavailable['python-processes']).toMatch(/nowhere/);
  });

  it('run no program that a client names and that was not found', async () => {
    const client = await open();
    const refused = client.call('startExperiment', {
      kind: 'live',
      workload: 'sleep',
      workers: { 'python-threads': 1 },
      python: { executable: process.execPath },
    });
    await expect(refused).rejects.toMatchObject({ code: expect.stringMatching(/bad-input|not-available/) });
    const wrong = client.call('startExperiment', {
      kind: 'live',
      workload: 'sleep',
      workers: { threads: 1 },
      python: { startMethod: 'thread' as 'fork' },
    });
    await expect(wrong).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('startMethod must be one of fork, forkserver, spawn'),
    });
  });

  it.skipIf(interpreter === null || interpreter.interpreters)(
    'say which Python has interpreters where this one has none',
    async () => {
      const client = await open({ python: interpreter?.command[0] });
      const refused = client.call('startExperiment', {
        kind: 'live',
        workload: 'sleep',
        workers: { 'python-interpreters': 1 },
      });
      await expect(refused).rejects.toMatchObject({
        code: 'not-available',
        message: expect.stringContaining('has no concurrent.interpreters; Python 3.14 or newer has.'),
      });
    },
  );
});

describe('the folder of the Python host', () => {
  it('is found from the built files, and from the source tree', () => {
    expect(pythonFolder(join(OUT, 'main'))).toBe(resolve(ROOT, 'resources/python'));
  });

  it('is outside the archive in a packaged app', () => {
    expect(pythonFolder('/opt/Coreloom/resources/app.asar/out/main')).toBe(
      join('/opt/Coreloom/resources/app.asar.unpacked/resources/python'),
    );
  });
});
