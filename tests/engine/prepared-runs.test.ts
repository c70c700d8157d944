import { access, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineClient, LiveReport, LiveSettings, LiveState } from '../../src/contract';
import { inProcessClient, openEngine, type Engine } from '../../src/engine';
import { parseReport } from '../../src/engine/reports/any-kind';
import { asLive } from '../support/live-report';
import { asLiveState } from '../support/experiment-state';
import { workloads } from '../../src/engine/workload/registry';
import type { Workload } from '../../src/engine/workload/workload';
import { OUT } from '../support/paths';

let engine: Engine;
let client: EngineClient;
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coreloom-engine-'));
  const versions = { coreloom: '0.0.0-test', node: process.versions.node, electron: null };
  engine = await openEngine({
    folder: join(OUT, 'main'),
    home: folder,
    host: 'terminal',
    versions,
    saveReport: async () => ({ state: 'cancelled' }),
  });
  client = inProcessClient(engine);
});
afterEach(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

/** Resolves with the state of a run that fits. */
function state(fits: (run: LiveState) => boolean): Promise<LiveState> {
  return new Promise((resolve) => {
    const off = client.on((event) => {
      if (event.type !== 'experiment-changed' && event.type !== 'experiment-ended') return;
      const run = asLiveState(event.experiment);
      if (!fits(run)) return;
      off();
      resolve(run);
    });
  });
}
const ended = (): Promise<LiveState> => state((run) => run.reportId !== null);

async function reportOf(settings: LiveSettings): Promise<LiveReport> {
  const end = ended();
  await client.call('startExperiment', { kind: 'live', ...settings });
  const run = await end;
  expect(run.failure).toBeNull();
  // It is saved once the run has ended.
  await client.call('stopExperiment', null).catch(() => {});
  return asLive(await client.call('getReport', { id: run.reportId! }));
}

async function refused(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${String(port)}/0/1/1`).then(
    () => false,
    () => true,
  );
}

const BOTH = { threads: 1, processes: 1 };

describe('a run of a workload that prepares something', () => {
  it('has one server for threads and processes, names it in the report, and ends it', async () => {
    const report = await reportOf({
      workload: 'http',
      workers: BOTH,
      tasks: 150,
      seed: 1,
      workloadSettings: { delayMs: 1, bodyBytes: 100 },
    });
    expect(parseReport(report)).toEqual(report);
    for (const { counts } of report.executors) expect(counts.done).toBeGreaterThan(10);
    expect(report.settings).toMatchObject({
      workloadSettings: { delayMs: 1, bodyBytes: 100 },
      prepared: { port: expect.any(Number) },
    });
    expect(await refused(Number(report.settings.prepared['port']))).toBe(true);
  });

  it('calibrates its size against the server, too', async () => {
    const report = await reportOf({
      workload: 'http',
      workers: { threads: 1 },
      tasks: 5,
      taskMs: 50,
      workloadSettings: { delayMs: 5 },
    });
    expect(report.settings.size).toBeGreaterThan(1);
    expect(report.settings.calibratedMs).toBeGreaterThan(10);
  });

  it('fetches and hashes on threads and processes alike', async () => {
    const report = await reportOf({
      workload: 'fetch-and-hash',
      workers: BOTH,
      tasks: 64,
      size: 10_000,
      workloadSettings: { cpuShare: 0.5 },
    });
    expect(report.checksums).toHaveLength(64);
    expect(report.settings.prepared['delayMsPerMiB']).toBeGreaterThan(0);
  });

  it('ends its server where the run is stopped in the middle of a request', async () => {
    await client.call('startExperiment', {
      kind: 'live',
      workload: 'http',
      workers: BOTH,
      workloadSettings: { delayMs: 60_000 },
    });
    const { settings } = await state((run) => run.phase === 'running');
    await client.call('stopExperiment', null);
    expect(await refused(Number(settings.prepared['port']))).toBe(true);
  });

  it('ends with a report where the run is stopped while it prepares', async () => {
    await client.call('startExperiment', { kind: 'live', workload: 'http', workers: BOTH });
    expect(await client.call('stopExperiment', { interrupted: true })).toMatchObject({
      phase: 'ended',
      outcome: 'cancelled',
      failure: null,
    });
  });
});

describe('a run of sql', () => {
  it('has a database file for each worker, and removes them all, also where it is stopped in the middle of a task', async () => {
    await client.call('startExperiment', {
      kind: 'live',
      workload: 'sql',
      workers: BOTH,
      size: 1_000,
      workloadSettings: { rowsPerTransaction: 1 },
    });
    const { settings } = await state((run) => run.settings.prepared['folder'] !== undefined);
    const made = async () =>
      (await readdir(String(settings.prepared['folder']), { recursive: true }).catch(() => [])).filter((file) =>
        file.endsWith('rows.db'),
      );
    while ((await made()).length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await client.call('stopExperiment', null)).toMatchObject({
      outcome: 'cancelled',
      failure: null,
      counts: { done: 0 },
    });
    // Forked workers may need a moment to end, and remove their own folders.
    await expect.poll(made, { timeout: 5_000 }).toEqual([]);
  });

  it('answers the same on threads and processes', async () => {
    const report = await reportOf({ workload: 'sql', workers: BOTH, size: 20, tasks: 128 });
    expect(report.checksums).toHaveLength(64);
    expect(report.settings.workloadSettings).toEqual({ rowsPerTransaction: 64 });
  });
});

describe('a run of scan', () => {
  it('reads one array on threads and processes alike, also on workers that come later, and removes its file', async () => {
    const end = ended();
    await client.call('startExperiment', {
      kind: 'live',
      workload: 'scan',
      workers: { threads: 1 },
      size: 100_000,
      tasks: 3_000,
      workloadSettings: { arrayMiB: 2 },
    });
    await state((run) => run.counts.done > 10);
    await client.call('updateExperiment', { workers: { threads: 2, processes: 1 } });
    const run = await end;
    expect(run).toMatchObject({ outcome: 'completed', failure: null, counts: { done: 3_000, failed: 0 } });
    expect(run.settings.prepared).toMatchObject({ count: 2 ** 19 });
    await expect(access(String(run.settings.prepared['path']))).rejects.toThrow();
  });
});

describe('a workload that cannot be prepared', () => {
  const http = workloads.find(({ info }) => info.name === 'http') as Workload;
  const { prepare } = http;
  afterEach(() => {
    http.prepare = prepare;
  });

  it('fails the run with the reason, and starts no worker', async () => {
    http.prepare = () => Promise.reject(new Error('There is no network here.'));
    const end = ended();
    await client.call('startExperiment', { kind: 'live', workload: 'http', workers: BOTH });
    const run = await end;
    expect(run).toMatchObject({
      outcome: 'failed',
      failure: { message: 'There is no network here.' },
      finding: 'There is no network here.',
    });
    expect(run.executors.every(({ workers }) => workers.length === 0)).toBe(true);
  });

  it('tells in the report what could not be ended', async () => {
    http.prepare = async (request) => {
      const made = await prepare!(request);
      return {
        ...made,
        stop: async () => {
          await made.stop();
          throw new Error('The server is not gone.');
        },
      };
    };
    expect(
      (await reportOf({ workload: 'http', workers: { threads: 1 }, tasks: 3, workloadSettings: { delayMs: 0 } }))
        .warnings,
    ).toContain('The server is not gone.');
  });
});
