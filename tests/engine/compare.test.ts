import { describe, expect, it } from 'vitest';
import { sumOfParts } from '../../src/engine/kinds/compare/parts';
import type { CompareState, ExecutorKey } from '../../src/contract';
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

  it.each([
    { contenders: 2, executors: ['sequential', 'threads'], limitMs: 10_000 },
    {
      contenders: 6,
      executors: ['sequential', 'threads', 'processes', 'python-threads', 'python-processes'],
      limitMs: 24_000,
    },
  ] satisfies { contenders: number; executors: ExecutorKey[]; limitMs: number }[])(
    'ends by itself with $contenders contenders, with as many rounds as there is time for',
    async ({ contenders, executors, limitMs }) => {
      const { client } = await open();
      const measuring: CompareState[] = [];
      client.on((event) => {
        if (event.type === 'experiment-changed' && event.experiment.kind === 'compare')
          measuring.push(event.experiment);
      });
      const ended = experimentState(client, 'compare', 'experiment-ended');
      await client.call('startExperiment', { kind: 'compare', workload: 'sleep', executors, workers: 4, seed: 3 });
      const report = await reportOf(client, await ended, 'compare');
      expect(parseReport(report)).toEqual(report);
      expect(report).toMatchObject({ outcome: 'completed', settings: { size: 10, defaultSize: null, precise: false } });
      expect(report.contenders).toHaveLength(contenders);
      expect(['stable', 'time-limit']).toContain(report.ended);
      const phases = [...new Set(measuring.map(({ phase }) => phase))].filter((phase) => phase !== 'ended');
      const { restarts = [] } = report;
      const again = restarts.length === 0 ? [] : ['restarting'];
      expect(phases).toEqual(['calibrating', 'warming-up', 'measuring', ...again, 'lives', 'stopping']);
      for (const { rounds, parts } of report.contenders) {
        expect(parts).not.toBeNull();
        expect(rounds.round.length).toBeGreaterThanOrEqual(Math.min(8, report.roundCount));
        const since = rounds.round.filter((round) => round >= (restarts.at(-1) ?? 0)).length;
        if (report.ended === 'stable') expect(since).toBeGreaterThanOrEqual(8);
      }
      const measuredMs = report.contenders.reduce(
        (sum, { rounds }) => sum + rounds.makespanMs.slice(0, -1).reduce((all, ms) => all + ms, 0),
        0,
      );
      expect(measuredMs).toBeLessThan(limitMs);
      // Four workers wait at the same time: nothing else makes so much of a difference.
      for (const one of report.differences.filter(({ against }) => against === 'sequential')) {
        if (one.contender.startsWith('python') || one.ratio.low === null) continue;
        expect(one.verdict).not.toBe('slower');
      }
    },
  );

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
