import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KEPT_WORDS, MODULE_WORKLOAD, type EngineClient, type LiveReport, type LiveSettings } from '../../src/contract';
import { createNodePools } from '../../src/engine';
import { keptFor } from '../../src/engine/kinds/live/kept-threads';
import type { NodePools } from '../../src/engine/node-pools';
import { parseReport, renderText, summaryText } from '../../src/engine/reports/any-kind';
import { matmul } from '../../src/engine/workload/matmul';
import { workloads } from '../../src/engine/workload/registry';
import { engines, reportOf } from '../support/engine';
import { experimentState, liveEnded } from '../support/experiment-state';
import { ENTRIES } from '../support/paths';
import { isRunning } from '../support/processes';

const WORKERS = 3;

let pools: NodePools;
let started: number[];
const open = engines({
  get pools() {
    pools = createNodePools(ENTRIES, 'own-process');
    started = [];
    pools.threads.on((event) => {
      if (event.type === 'worker-ready' && event.startUpMs !== null) started.push(event.worker);
    });
    return pools;
  },
  modules: { authorizeModule: () => Promise.resolve(true), offer: () => ({ by: 'none', modules: [] }) },
});

async function run(client: EngineClient, settings: Partial<LiveSettings> = {}): Promise<LiveReport> {
  const ended = liveEnded(client);
  await client.call('startExperiment', {
    kind: 'live',
    workload: 'primes',
    size: 100,
    workers: { threads: WORKERS },
    tasks: 60,
    ...settings,
  });
  const report = await reportOf(client, await ended, 'live');
  expect(report).toMatchObject({ outcome: 'completed', failure: null });
  return report;
}

const threadsOf = (report: LiveReport) => report.executors.find(({ executor }) => executor === 'threads')!;
const keptIn = (report: LiveReport) => threadsOf(report).workers.filter(({ reused }) => reused === true);
const SENTENCE = /threads? (was|were) kept from the run before/;

describe('threads that live in a process of their own', () => {
  it('are created once for ten live runs of a workload, and each report but the first says that they were kept', async () => {
    const { client, engine } = await open();
    const first = await run(client);
    expect(keptIn(first)).toEqual([]);
    expect(first.warnings.join()).not.toMatch(SENTENCE);
    expect(threadsOf(first).startUpMs).toBeGreaterThan(0);
    for (let i = 1; i < 10; i += 1) {
      const report = await run(client);
      expect(keptIn(report)).toHaveLength(WORKERS);
      expect(threadsOf(report).workers.map(({ worker }) => worker)).toEqual([1, 2, 3]);
      expect(report.warnings).toContain(
        '3 of 3 threads were kept from the run before: their code was already compiled, and no start-up of them and no memory of any thread was measured.',
      );
    }
    expect(started).toHaveLength(WORKERS);
    const [pid] = threadsOf(first).workers.map((worker) => worker.pid);
    expect(isRunning(pid ?? 0)).toBe(true);
    await engine.close();
    expect(isRunning(pid ?? 0)).toBe(false);
  });

  it('are numbered from 1 in each run, as are processes, whatever ran before', async () => {
    const { client } = await open();
    const numbers = (report: LiveReport): number[][] =>
      report.executors
        .filter(({ workers }) => workers.length > 0)
        .map(({ workers }) => workers.map(({ worker }) => worker));
    const counts = { threads: 2, processes: 2 };
    expect(numbers(await run(client, { workers: counts }))).toEqual([
      [1, 2],
      [1, 2],
    ]);
    // Other work, whose threads are none of those that wait.
    const other = await run(client, { workers: counts, workload: 'sha256' });
    expect(keptIn(other)).toEqual([]);
    expect(numbers(other)).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it('count in a report what they did in its run alone, without a start-up', async () => {
    const { client } = await open();
    const long = await run(client, { tasks: 120, size: 2000 });
    const report = await run(client, { tasks: 1, size: 100 });
    const { workers, startUpMs, handOverUs, memory, counts } = threadsOf(report);
    expect(counts.done).toBe(1);
    expect(workers.map(({ settled }) => settled).toSorted()).toEqual([0, 0, 1]);
    expect(workers.every((worker) => worker.startUpMs === null && worker.reused === true)).toBe(true);
    expect(startUpMs).toBeNull();
    expect(handOverUs).toBeGreaterThan(0);
    expect(memory?.residentBytesPerWorker ?? null).toBeNull();
    expect(memory?.proportionalBytesPerWorker ?? null).toBeNull();
    if (process.platform !== 'linux') return;
    // What they computed before this run is far more than what one short task takes.
    const before = Math.min(...threadsOf(long).workers.map(({ cpuMs }) => cpuMs ?? 0));
    expect(before).toBeGreaterThan(0);
    for (const { cpuMs, settled } of workers) if (settled === 0) expect(cpuMs ?? 0).toBeLessThan(before / 2);
  });

  it('are said to be kept in every format, and the report reads as it was written', async () => {
    const { client } = await open();
    await run(client);
    const report = await run(client);
    expect(parseReport(JSON.parse(renderText(report, 'json').content))).toEqual(report);
    expect(renderText(report, 'json').content).toContain('"reused":true');
    for (const format of ['markdown', 'html'] as const) {
      expect(renderText(report, format).content).toContain(KEPT_WORDS);
      expect(renderText(report, format).content).toMatch(SENTENCE);
    }
    expect(summaryText(report)).toMatch(SENTENCE);
    const [head, ...rows] = renderText(report, 'csv-tasks').content.trimEnd().split(/\r?\n/);
    expect(head?.endsWith('thread_host,thread_reused')).toBe(true);
    expect(rows.every((row) => row.endsWith('own-process,true'))).toBe(true);
  });

  it('are not created as a slider is dragged down and up', async () => {
    const { client } = await open();
    const ended = liveEnded(client);
    await client.call('startExperiment', {
      kind: 'live',
      workload: 'primes',
      size: 100,
      workers: { threads: WORKERS },
    });
    const finished = () => pools.threads.status().workers.filter(({ settled }) => settled > 0).length;
    await expect.poll(finished).toBe(WORKERS);
    for (let i = 0; i < 3; i += 1) {
      await client.call('updateExperiment', { workers: { threads: 1 } });
      await expect.poll(() => pools.threads.status().kept).toBe(WORKERS - 1);
      await client.call('updateExperiment', { workers: { threads: WORKERS } });
      await expect.poll(() => pools.threads.status().live).toBe(WORKERS);
    }
    await client.call('stopExperiment', null);
    const report = await reportOf(client, await ended, 'live');
    expect(started).toHaveLength(WORKERS);
    // They had their start-up in this run.
    expect(keptIn(report)).toEqual([]);
    expect(threadsOf(report).workers.map(({ startUpMs }) => startUpMs === null)).toEqual([false, false, false]);
  });

  it('end as another workload begins, which has threads of its own', async () => {
    const { client } = await open();
    const [pid] = threadsOf(await run(client)).workers.map((worker) => worker.pid);
    const other = await run(client, { workload: 'sort', size: 1000 });
    expect(keptIn(other)).toEqual([]);
    expect(threadsOf(other).workers.every((worker) => worker.pid !== pid)).toBe(true);
    await expect.poll(() => isRunning(pid ?? 0)).toBe(false);
  });

  it('are never given to a comparison nor to scaling', async () => {
    const { client } = await open();
    for (const settings of [
      {
        kind: 'compare',
        workload: 'primes',
        size: 100,
        executors: ['sequential', 'threads'],
        workers: 2,
        tasks: 8,
        rounds: 2,
      },
      { kind: 'scale', workload: 'primes', size: 100, executors: ['threads'], max: 2, rounds: 2 },
    ] as const) {
      const [pid] = threadsOf(await run(client)).workers.map((worker) => worker.pid);
      expect(pools.threads.status().kept).toBe(WORKERS);
      let seen = 0;
      const off = pools.threads.on(() => {
        const { workers, kept } = pools.threads.status();
        seen += workers.filter(({ reused }) => reused === true).length;
        // Once it has a worker that starts or works, none waits beside it.
        if (workers.some(({ state }) => state.state !== 'stopping')) seen += kept ?? 0;
        seen += workers.filter((one) => one.pid === pid && one.state.state !== 'stopping').length;
      });
      const ended = experimentState(client, settings.kind, 'experiment-ended');
      await client.call('startExperiment', { ...settings, executors: [...settings.executors] });
      const report = await reportOf(client, await ended, settings.kind);
      off();
      expect(report.outcome).toBe('completed');
      expect(seen).toBe(0);
      if (report.kind === 'compare') expect(report.contenders.every(({ startUpMs }) => startUpMs !== null)).toBe(true);
      expect(pools.threads.status().kept).toBeUndefined();
    }
  });

  it('are never kept of a module', async () => {
    const { client, folder } = await open();
    const module = join(folder, 'task.mjs');
    await writeFile(module, 'export default () => 1;\n');
    const pids = new Set<number>();
    for (let i = 0; i < 2; i += 1) {
      const report = await run(client, { workload: MODULE_WORKLOAD, module, size: undefined, tasks: 20 });
      expect(keptIn(report)).toEqual([]);
      for (const { pid } of threadsOf(report).workers) {
        expect(isRunning(pid)).toBe(false);
        pids.add(pid);
      }
    }
    expect(pids.size).toBe(2);
  });
});

describe('workloads whose threads may be kept', () => {
  it('are those that make nothing for a run', () => {
    const kept = workloads.filter((workload) => keptFor(workload, { size: workload.info.size.default }) !== null);
    expect(kept.map(({ info }) => info.name)).toEqual([
      'sha256',
      'pbkdf2',
      'primes',
      'mandelbrot',
      'matmul',
      'kmeans',
      'sort',
      'group',
      'sleep',
      'count',
    ]);
  });

  it('hold little memory', () => {
    expect(keptFor(matmul, { size: 100 })).toBe('matmul');
    expect(keptFor(matmul, { size: 5000 })).toBeNull();
  });
});
