import { describe, expect, it } from 'vitest';
import { sumOfParts } from '../../src/engine/kinds/compare/parts';
import { parseReport } from '../../src/engine/reports/any-kind';
import { engines, reportOf } from '../support/engine';
import { experimentState } from '../support/experiment-state';

const open = engines();

describe('a comparison on real executors', () => {
  it('shows that waiting tasks gain with workers, with parts that add up to the whole', async () => {
    const { client, engine } = await open();
    const ended = experimentState(client, 'compare', 'experiment-ended');
    await client.call('startExperiment', {
      kind: 'compare',
      workload: 'sleep',
      executors: ['sequential', 'threads', 'processes'],
      workers: 4,
      size: 4,
      tasks: 32,
      rounds: 8,
      seed: 3,
    });
    expect(engine.busy()).toBe(true);
    await expect(
      client.call('startExperiment', { kind: 'live', workload: 'sleep', workers: { threads: 1 } }),
    ).rejects.toMatchObject({
      code: 'run-active',
    });
    const state = await ended;
    expect(state).toMatchObject({ phase: 'ended', outcome: 'completed', failure: null, rounds: 8 });
    const report = await reportOf(client, state, 'compare');
    expect(parseReport(report)).toEqual(report);
    const [sequential, threads, processes] = report.contenders;
    expect(sequential?.speedUp).toBeNull();
    for (const one of [threads, processes]) {
      expect(one?.speedUp?.value).toBeGreaterThan(1.5);
      expect(one?.counts).toMatchObject({ done: 256, failed: 0 });
    }
    for (const { parts, startUpMs } of report.contenders) {
      expect(startUpMs).toBeGreaterThan(0);
      expect(parts === null ? 0 : sumOfParts(parts) / parts.wholeMs).toBeGreaterThan(0.98);
      expect(parts === null ? 2 : sumOfParts(parts) / parts.wholeMs).toBeLessThan(1.02);
    }
    expect(report.differences.map(({ contender, against, rounds }) => [contender, against, rounds])).toEqual([
      ['threads', 'sequential', 8],
      ['processes', 'sequential', 8],
      ['processes', 'threads', 8],
    ]);
    expect((await client.call('listReports', null)).reports).toMatchObject([{ id: report.id, kind: 'compare' }]);
    expect(await client.call('getState', null)).toMatchObject({
      experiments: [{ kind: 'compare', reportId: report.id }],
    });
  });

  it('keeps what was measured when it is stopped, and leaves no worker behind', async () => {
    const { client } = await open();
    const measured = experimentState(client, 'compare', 'experiment-changed', ({ rounds }) => rounds >= 2);
    await client.call('startExperiment', {
      kind: 'compare',
      workload: 'sleep',
      executors: ['sequential', 'threads'],
      workers: 2,
      size: 2,
      tasks: 8,
      rounds: 10_000,
    });
    await measured;
    const startMs = performance.now();
    const state = await client.call('stopExperiment', null);
    if (state.kind !== 'compare') throw new Error('A comparison was expected.');
    expect(performance.now() - startMs).toBeLessThan(3_000);
    expect(state).toMatchObject({ outcome: 'cancelled' });
    const report = await reportOf(client, state, 'compare');
    expect(report).toMatchObject({ ended: 'stopped', outcome: 'cancelled' });
    expect(report.contenders[0]?.rounds.round.length).toBeGreaterThanOrEqual(2);
    await expect(client.call('stopExperiment', null)).rejects.toMatchObject({ code: 'no-run' });
  });

  it('refuses what it cannot compare, in one sentence', async () => {
    const { client, engine } = await open();
    await expect(
      client.call('startExperiment', { kind: 'compare', workload: 'sleep', executors: ['threads'] }),
    ).rejects.toMatchObject({ code: 'bad-input', message: /needs two executors/ });
    await expect(
      client.call('startExperiment', { kind: 'compare', workload: 'slep', executors: ['threads', 'processes'] }),
    ).rejects.toMatchObject({ code: 'unknown-workload' });
    await expect(
      client.call('startExperiment', { kind: 'compare', workload: 'sleep', rounds: 0 }),
    ).rejects.toMatchObject({ code: 'bad-input', message: /rounds must be a whole number from 1/ });
    expect(engine.busy()).toBe(false);
  });
});
