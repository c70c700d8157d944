import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { EngineClient, EngineEvent, LiveState, Sample, StopCause } from '../../src/contract';
import { inProcessClient, openEngine, type Engine } from '../../src/engine';
import { contentOf, parseReport } from '../../src/engine/reports/any-kind';
import { temporaryFolder } from '../support/folder';
import { asLive } from '../support/live-report';
import { asLiveState, liveChanged, liveEnded, liveIn } from '../support/experiment-state';
import { OUT } from '../support/paths';

const VERSIONS = { coreloom: '0.0.0-test', node: process.versions.node, electron: null };

let engine: Engine | null = null;
let folder = '';

async function open(home?: string): Promise<EngineClient> {
  folder = await mkdtemp(join(tmpdir(), 'coreloom-engine-'));
  engine = await openEngine({
    folder: join(OUT, 'main'),
    home: home ?? folder,
    host: 'terminal',
    versions: VERSIONS,
    saveReport: (rendered) => Promise.resolve(contentOf(rendered)),
  });
  return inProcessClient(engine);
}

afterEach(async () => {
  await engine?.close();
  engine = null;
  await rm(folder, { recursive: true, force: true });
});

/** Resolves with the first event that fits. */
function event<T extends EngineEvent['type']>(
  client: EngineClient,
  type: T,
  fits: (event: Extract<EngineEvent, { type: T }>) => boolean = () => true,
) {
  return new Promise<Extract<EngineEvent, { type: T }>>((resolve) => {
    const off = client.on((seen) => {
      if (seen.type !== type || !fits(seen as Extract<EngineEvent, { type: T }>)) return;
      off();
      resolve(seen as Extract<EngineEvent, { type: T }>);
    });
  });
}

const ended = liveEnded;
const changed = liveChanged;
const stopped = async (client: EngineClient, cause: StopCause | null = null): Promise<LiveState> =>
  asLiveState(await client.call('stopExperiment', cause));
const executorOf = (run: LiveState, name: string) => run.executors.find((executor) => executor.executor === name)!;

describe('the engine', () => {
  it('keeps the settings of the app for the next engine on the same folder, and tells its clients', async () => {
    const home = temporaryFolder();
    const client = await open(home);
    const told = event(client, 'app-settings-changed');
    await client.call('changeAppSettings', { sampleHz: 5, workers: { threads: 2 } });
    expect((await told).settings).toMatchObject({ sampleHz: 5, workers: { threads: 2 } });
    await expect(client.call('changeAppSettings', { sampleHz: 7 as 5 })).rejects.toMatchObject({ code: 'bad-input' });
    await engine?.close();
    const again = await open(home);
    const state = await again.call('getState', null);
    expect(state.sliders.defaults.node).toMatchObject({ threads: 2 });
    expect(state.sampler.hz).toBe(5);
  });

  it('warns of settings that cannot be read, and goes on', async () => {
    const home = temporaryFolder();
    await writeFile(join(home, 'settings.json'), '{');
    const client = await open(home);
    const { warning } = await event(client, 'warning');
    expect(warning.message).toContain('default settings are used');
    expect((await client.call('getAppSettings', null)).fault).toBe(warning.message);
  });

  it('runs a number of tasks on threads and processes, and every one has a checksum', async () => {
    const client = await open();
    const end = ended(client);
    await client.call('startExperiment', {
      kind: 'live',
      workload: 'primes',
      workers: { threads: 1, processes: 1 },
      tasks: 300,
      taskMs: 1,
      seed: 5,
    });
    const run = await end;
    expect(run).toMatchObject({
      phase: 'ended',
      outcome: 'completed',
      failure: null,
      counts: { done: 300, failed: 0 },
    });
    const report = asLive(await client.call('getReport', { id: run.reportId! }));
    expect(parseReport(report)).toEqual(report);
    expect(report.tasks.checksum.every((checksum) => checksum !== null)).toBe(true);
    expect(report.checksums.reduce((sum, entry) => sum + entry.tasks, 0)).toBe(300);
    expect(report.executors.map((executor) => executor.executor)).toEqual(['threads', 'processes']);
    for (const executor of report.executors) expect(executor.counts.done).toBeGreaterThan(0);
    expect(report.settings).toMatchObject({ seed: 5, taskMs: 1 });
    expect(report.settings.calibratedMs).toBeGreaterThan(0);
  });

  it('looks twice a second while nothing runs, and ten times from the beginning of a run, of which it misses nothing', async () => {
    const client = await open();
    const long = (ms: number) => event(client, 'sample', ({ sample }) => sample.intervalMs >= ms);
    await long(400);
    const before = await long(400);
    const end = ended(client);
    const samples: Sample[] = [];
    client.on((seen) => {
      if (seen.type === 'sample') samples.push(seen.sample);
    });
    await client.call('startExperiment', {
      kind: 'live',
      workload: 'primes',
      workers: { threads: 1 },
      tasks: 60,
      size: 20_000,
    });
    const run = await end;
    const report = asLive(await client.call('getReport', { id: run.reportId! }));
    await long(400);
    samples.forEach(({ atMs, intervalMs }, index) =>
      expect(atMs - intervalMs).toBeCloseTo((samples[index - 1] ?? before.sample).atMs, 3),
    );
    const inside = samples.filter(
      ({ atMs, intervalMs }) => atMs - intervalMs > run.startedMs && atMs <= run.startedMs + run.elapsedMs,
    );
    expect(inside.filter(({ intervalMs }) => intervalMs < 300).length).toBeGreaterThan(inside.length / 2);
    expect(report.warnings.join()).not.toMatch(/sample/);
  });

  it('stamps each task queued, started and finished in that order', async () => {
    const client = await open();
    const end = ended(client);
    await client.call('startExperiment', {
      kind: 'live',
      workload: 'sha256',
      workers: { threads: 1, processes: 1 },
      tasks: 200,
    });
    const { tasks, elapsedMs } = asLive(await client.call('getReport', { id: (await end).reportId! }));
    tasks.id.forEach((_, i) => {
      expect(tasks.startedMs[i]).toBeGreaterThanOrEqual(tasks.queuedMs[i]!);
      expect(tasks.finishedMs[i]).toBeGreaterThanOrEqual(tasks.startedMs[i]!);
      expect(tasks.finishedMs[i]).toBeLessThanOrEqual(elapsedMs + 0.01);
    });
  });

  it('repeats a run exactly from its seed', async () => {
    const client = await open();
    const settings = { workload: 'matmul', workers: { threads: 2 }, tasks: 64, size: 8, seed: 11 };
    const checksums = async () => {
      const end = ended(client);
      await client.call('startExperiment', { kind: 'live', ...settings });
      const report = await client.call('getReport', { id: (await end).reportId! });
      return report.kind === 'live' ? report.checksums : null;
    };
    expect(await checksums()).toEqual(await checksums());
  });

  it('changes worker counts while the run is on, down to none and up again', async () => {
    const client = await open();
    await client.call('startExperiment', {
      kind: 'live',
      workload: 'primes',
      workers: { threads: 1, processes: 0 },
      taskMs: 2,
    });
    await changed(client, (run) => run.counts.done > 10);
    await client.call('updateExperiment', { workers: { threads: 3, processes: 2 } });
    await changed(client, (run) => executorOf(run, 'threads').live === 3 && executorOf(run, 'processes').live === 2);
    await changed(client, (run) => executorOf(run, 'processes').counts.done > 0);
    await client.call('updateExperiment', { workers: { threads: 0, processes: 0 } });
    await changed(client, (run) => executorOf(run, 'threads').live + executorOf(run, 'processes').live === 0);
    await client.call('updateExperiment', { workers: { threads: 1 } });
    const before = await changed(client, (run) => executorOf(run, 'threads').live === 1);
    await changed(client, (run) => run.counts.done > before.counts.done);
    const run = await stopped(client);
    expect(run).toMatchObject({ outcome: 'completed', counts: { failed: 0 } });
    const report = asLive(await client.call('getReport', { id: run.reportId! }));
    expect(report.resizes.map(({ executor, from, to }) => [executor, from, to])).toEqual([
      ['threads', 1, 3],
      ['processes', 0, 2],
      ['threads', 3, 0],
      ['processes', 2, 0],
      ['threads', 0, 1],
    ]);
  });

  it('starts with the newest counts where they change before the first task, and says so in the report', async () => {
    const client = await open();
    await client.call('startExperiment', { kind: 'live', workload: 'primes', workers: { threads: 1 }, taskMs: 2 });
    await client.call('updateExperiment', { workers: { threads: 2, processes: 1 } });
    await changed(client, (run) => run.phase === 'running' && run.counts.done > 0);
    const run = await stopped(client);
    const report = asLive(await client.call('getReport', { id: run.reportId! }));
    expect(report.settings.workers).toEqual({ threads: 2, processes: 1 });
    expect(report.resizes).toEqual([]);
  });

  it('loses no task of a limit when the executor that holds some is emptied', async () => {
    const client = await open();
    const end = ended(client);
    await client.call('startExperiment', {
      kind: 'live',
      workload: 'primes',
      workers: { threads: 1, processes: 1 },
      tasks: 400,
      taskMs: 2,
    });
    await changed(client, (run) => executorOf(run, 'processes').counts.done > 10);
    await client.call('updateExperiment', { workers: { processes: 0 } });
    expect(await end).toMatchObject({ outcome: 'completed', counts: { done: 400, failed: 0, cancelled: 0 } });
  });

  it('ends after a time', async () => {
    const client = await open();
    const end = ended(client);
    await client.call('startExperiment', {
      kind: 'live',
      workload: 'sleep',
      workers: { threads: 2 },
      size: 5,
      durationMs: 400,
    });
    const run = await end;
    expect(run.outcome).toBe('completed');
    expect(run.elapsedMs).toBeGreaterThan(300);
    expect(run.elapsedMs).toBeLessThan(5_000);
  });

  it('marks a run with a limit that was stopped early as cancelled, and keeps its report', async () => {
    const client = await open();
    await client.call('startExperiment', {
      kind: 'live',
      workload: 'sleep',
      workers: { processes: 1 },
      size: 10_000,
      tasks: 5,
    });
    await changed(client, (run) => run.phase === 'running');
    const run = await stopped(client);
    expect(run).toMatchObject({ outcome: 'cancelled', counts: { done: 0 } });
    expect((await client.call('getReport', { id: run.reportId! })).outcome).toBe('cancelled');
    expect((await client.call('listReports', null)).reports.map((report) => report.id)).toEqual([run.reportId]);
  });

  it('can be stopped while it calibrates', async () => {
    const client = await open();
    await client.call('startExperiment', { kind: 'live', workload: 'matmul', workers: { threads: 1 }, taskMs: 1_000 });
    const run = await stopped(client, { interrupted: true });
    expect(run).toMatchObject({ phase: 'ended', outcome: 'cancelled', elapsedMs: 0 });
  });

  it('shows a client that comes in the middle of a run all of it', async () => {
    const client = await open();
    await client.call('startExperiment', { kind: 'live', workload: 'primes', workers: { threads: 1 }, taskMs: 2 });
    const now = await changed(client, (run) => run.counts.done > 50);
    await event(client, 'sample', ({ sample }) => sample.atMs - sample.intervalMs > now.startedMs);
    const state = await client.call('getState', null);
    expect(liveIn(state)?.phase).toBe('running');
    const { blocks, rates } = state.recent!;
    expect(blocks.worker.length).toBeGreaterThan(0);
    expect(Object.keys(rates.byExecutor)).toEqual(['threads']);
    expect(rates.byExecutor.threads?.live).toContain(1);
    expect(rates.byExecutor.threads?.perSecond).toHaveLength(rates.atMs.length);
    expect(state.samples.length).toBeGreaterThan(0);
    expect(state.machine.versions).toEqual(VERSIONS);
    expect(state.sliders.max).toBeGreaterThanOrEqual(4 * state.machine.limits.effectiveCpus);
  });

  it('shows the lines of the seed’s example with the worker that printed them', async () => {
    const client = await open();
    const end = ended(client);
    await client.call('startExperiment', {
      kind: 'live',
      workload: 'count',
      workers: { threads: 1, processes: 1 },
      size: 5,
      tasks: 2,
    });
    const report = asLive(await client.call('getReport', { id: (await end).reportId! }));
    for (const [executor, closing] of [
      ['threads', 'The thread has finished execution!'],
      ['processes', 'The process has finished execution!'],
    ]) {
      const lines = report.lines.filter((line) => line.executor === executor).map((line) => line.text);
      expect(lines).toEqual(['Number: 1', 'Number: 2', 'Number: 3', 'Number: 4', 'Number: 5', closing]);
    }
  });

  it('refuses a second run, an unknown workload, no worker, and a change without a run', async () => {
    const client = await open();
    await expect(client.call('updateExperiment', { workers: { threads: 1 } })).rejects.toMatchObject({
      code: 'no-run',
    });
    await expect(client.call('stopExperiment', null)).rejects.toMatchObject({ code: 'no-run' });
    await expect(
      client.call('startExperiment', { kind: 'live', workload: 'sha265', workers: { threads: 1 } }),
    ).rejects.toMatchObject({
      code: 'unknown-workload',
    });
    await expect(
      client.call('startExperiment', { kind: 'live', workload: 'sha256', workers: { threads: 0, processes: 0 } }),
    ).rejects.toMatchObject({ code: 'bad-input' });
    await client.call('startExperiment', { kind: 'live', workload: 'sleep', workers: { threads: 1 }, size: 10 });
    await expect(
      client.call('startExperiment', { kind: 'live', workload: 'sleep', workers: { threads: 1 } }),
    ).rejects.toMatchObject({
      code: 'run-active',
    });
  });

  it('stops a run whose start has not been answered yet', async () => {
    const client = await open();
    const started = client.call('startExperiment', { kind: 'live', workload: 'sleep', workers: { threads: 1 } });
    const stopped = client.call('stopExperiment', null);
    await started;
    expect(await stopped).toMatchObject({ phase: 'ended' });
    const again = client.call('startExperiment', { kind: 'live', workload: 'sleep', workers: { threads: 1 } });
    await client.call('updateExperiment', { workers: { threads: 2 } });
    await again;
    expect(await client.call('stopExperiment', null)).toMatchObject({
      phase: 'ended',
      settings: { workers: { threads: 2 } },
    });
  });

  it('is closed also where a run is just being started', async () => {
    const client = await open();
    const refused = expect(
      client.call('startExperiment', { kind: 'live', workload: 'sleep', workers: { threads: 1 } }),
    ).rejects.toMatchObject({ code: 'pool-closed' });
    await engine?.close();
    await refused;
  });

  it('says before a run that its report cannot be saved, and keeps it in memory', async () => {
    const place = temporaryFolder();
    await writeFile(join(place, 'file'), '');
    const client = await open(join(place, 'file', 'home'));
    const warned: [string | undefined, string][] = [];
    client.on((event) => {
      if (event.type === 'warning') warned.push([event.unsaved, event.warning.message]);
    });
    const end = ended(client);
    await client.call('startExperiment', {
      kind: 'live',
      workload: 'sleep',
      workers: { threads: 1 },
      size: 500,
      tasks: 3,
    });
    const before = [...warned];
    const run = await end;
    const sentence = expect.stringMatching(
      /^Cannot save reports in .* The report is only in memory: export it before you close Coreloom\.$/,
    ) as string;
    expect(before).toEqual([[undefined, sentence]]);
    expect(warned).toEqual([
      [undefined, sentence],
      [run.reportId, sentence],
    ]);
    expect(await client.call('exportReport', { id: run.reportId!, format: 'json' })).toMatchObject({
      state: 'content',
    });
  });

  it('ends a run when it is closed, keeps its report, and leaves no process', async () => {
    const client = await open();
    await client.call('startExperiment', {
      kind: 'live',
      workload: 'primes',
      workers: { threads: 1, processes: 2 },
      taskMs: 2,
    });
    const run = await changed(client, (now) => executorOf(now, 'processes').live === 2 && now.counts.done > 0);
    const pids = executorOf(run, 'processes').workers.map((worker) => worker.pid);
    await engine?.close();
    await engine?.close();
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow();
    expect(await readdir(join(folder, 'reports'))).toContain(`${run.id}.json`);
  });
});
