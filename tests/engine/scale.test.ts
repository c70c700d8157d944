import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CompareReport, EngineClient, ExperimentSettings, ExperimentState, ScaleReport } from '../../src/contract';
import { parseReport } from '../../src/engine/reports/any-kind';
import { engines, reportOf } from '../support/engine';
import { experimentState } from '../support/experiment-state';

const open = engines({
  modules: { authorizeModule: () => Promise.resolve(true), offer: () => ({ by: 'none', modules: [] }) },
});

async function whole(client: EngineClient, settings: ExperimentSettings): Promise<ExperimentState> {
  const ended = experimentState(client, settings.kind, 'experiment-ended');
  await client.call('startExperiment', settings);
  return ended;
}

describe('scaling on real executors', () => {
  it('finds that waiting tasks gain with every worker, on a pool that is resized', async () => {
    const { client } = await open();
    const state = await whole(client, {
      kind: 'scale',
      workload: 'sleep',
      executors: ['threads', 'processes'],
      max: 3,
      size: 10,
      rounds: 2,
      seed: 3,
    });
    expect(state).toMatchObject({ kind: 'scale', phase: 'ended', outcome: 'completed', failure: null, rounds: 2 });
    const report: ScaleReport = await reportOf(client, state, 'scale');
    expect(parseReport(report)).toEqual(report);
    for (const { points, lock } of report.curves) {
      expect(points.map(({ workers }) => workers)).toEqual([1, 2, 3]);
      // Three tasks that wait at the same time: even a crowded machine does more than one after the other.
      expect(points[2]?.speedUp?.value).toBeGreaterThan(1.3);
      expect(lock).toBeNull();
    }
    expect(report.ceiling).toMatchObject({ cpus: null });
    expect((await client.call('listReports', null)).reports).toMatchObject([{ id: report.id, kind: 'scale' }]);
  });

  it('keeps what was measured when it is stopped, and leaves no worker behind', async () => {
    const { client, engine } = await open();
    const measured = experimentState(client, 'scale', 'experiment-changed', ({ rounds }) => rounds >= 1);
    await client.call('startExperiment', {
      kind: 'scale',
      workload: 'sleep',
      executors: ['threads'],
      max: 2,
      size: 5,
      rounds: 1000,
    });
    await measured;
    const startMs = performance.now();
    const state = await client.call('stopExperiment', null);
    // 250 ms on a quiet machine; this one may be crowded.
    expect(performance.now() - startMs).toBeLessThan(3_000);
    const report = await reportOf(client, state, 'scale');
    expect(report).toMatchObject({ ended: 'stopped', outcome: 'cancelled' });
    expect(report.curves[0]?.points.length).toBe(2);
    expect(engine.busy()).toBe(false);
  });

  it('runs a file of the user, and loses no executor to one that ends its process there', async () => {
    const { client, engine, folder } = await open();
    const module = join(folder, 'crash.mjs');
    // Alone in its process, it ends that: elsewhere it does its work.
    await writeFile(
      module,
      'import { isMainThread } from "node:worker_threads";\nexport async function task() { if (isMainThread) process.exit(3); await new Promise((done) => setTimeout(done, 5)); return 1; }\n',
    );
    const scaled = await reportOf(
      client,
      await whole(client, {
        kind: 'scale',
        workload: 'custom',
        module,
        executors: ['threads', 'processes'],
        max: 2,
        rounds: 1,
      }),
      'scale',
    );
    const [threads, processes] = scaled.curves;
    expect(threads).toMatchObject({ executor: 'threads', failure: null });
    expect(threads?.points).toHaveLength(2);
    expect(processes?.failure?.message).toMatch(/exit/);
    const compared: CompareReport = await reportOf(
      client,
      await whole(client, {
        kind: 'compare',
        workload: 'custom',
        module,
        executors: ['sequential', 'threads', 'processes'],
        workers: 2,
        rounds: 2,
        tasks: 8,
      }),
      'compare',
    );
    expect(compared).toMatchObject({ outcome: 'tasks-failed', failure: null, roundCount: 2 });
    expect(
      compared.contenders.map(({ contender, failure, rounds }) => [contender, failure === null, rounds.round.length]),
    ).toEqual([
      ['sequential', true, 2],
      ['threads', true, 2],
      ['processes', false, 0],
    ]);
    expect(engine.busy()).toBe(false);
  });

  it('refuses what cannot be measured, in one sentence', async () => {
    const { client, engine } = await open();
    const refused: [object, string | RegExp][] = [
      [{ executors: ['sequential'] }, /sequential always has one worker/],
      [{ max: 1 }, /max must be a whole number from 2/],
      [{ max: 1e9 }, /max must be a whole number from 2 to 1024/],
      [{ rounds: 0 }, /rounds must be a whole number from 1/],
      [{ executors: [] }, /needs an executor/],
      [{ executors: 'threads' }, /executors/],
      [{ size: 1, taskMs: 2 }, /exclude each other/],
      [{ module: '/nowhere.mjs' }, /a module is run with the workload custom/],
      [{ repetitions: 3 }, /there is no setting named repetitions/],
    ];
    for (const [settings, message] of refused) {
      await expect(
        client.call('startExperiment', { kind: 'scale', workload: 'sleep', ...settings } as ExperimentSettings),
        JSON.stringify(settings),
      ).rejects.toMatchObject({ code: 'bad-input', message });
    }
    await expect(client.call('startExperiment', { kind: 'scale', workload: 'slep' })).rejects.toMatchObject({
      code: 'unknown-workload',
    });
    expect(engine.busy()).toBe(false);
  });
});
