import { describe, expect, it } from 'vitest';
import type { EngineClient, ExperimentSettings, LiveReport, LiveSettings, Report } from '../../src/contract';
import { createNodePools } from '../../src/engine';
import { parseReport, renderText, summaryText } from '../../src/engine/reports/any-kind';
import { engines, reportOf } from '../support/engine';
import { experimentState } from '../support/experiment-state';
import { ENTRIES } from '../support/paths';
import { isRunning } from '../support/processes';

const open = engines({
  get pools() {
    return createNodePools(ENTRIES, 'own-process');
  },
});

async function run(client: EngineClient, settings: LiveSettings): Promise<LiveReport> {
  return experiment(client, { kind: 'live', ...settings });
}

async function experiment<K extends ExperimentSettings['kind']>(
  client: EngineClient,
  settings: ExperimentSettings & { kind: K },
): Promise<Extract<Report, { kind: K }>> {
  const ended = experimentState(client, settings.kind, 'experiment-ended');
  await client.call('startExperiment', settings);
  return (await reportOf(client, await ended, settings.kind)) as Extract<Report, { kind: K }>;
}

const WHERE = 'in a separate process';

/** Every text that a report can be kept in as a whole, and the one on the terminal, says where its threads were. */
function saysWhere(report: Report, who: string): void {
  expect(parseReport(report)).toEqual(report);
  expect(summaryText(report)).toContain(`Ran ${WHERE}: ${who}`);
  for (const format of ['markdown', 'html'] as const) expect(renderText(report, format).content).toContain(WHERE);
  expect(renderText(report, 'json').content).toContain('"threadHost": "own-process"');
  const tables = (['csv-tasks', 'csv-samples'] as const).map((format) => renderText(report, format).content);
  expect(tables.join('')).toContain('thread_host');
  expect(tables.join('')).toContain('own-process');
}

describe('a host whose threads live in a process of their own', () => {
  it.each<Partial<LiveSettings> & { workload: string }>([
    { workload: 'scan', workloadSettings: { arrayMiB: 1 } },
    { workload: 'files' },
    { workload: 'http', workloadSettings: { delayMs: 1 } },
    { workload: 'count', size: 1 },
  ])('runs $workload there as its processes do, and says so', async (settings) => {
    const { client, engine } = await open();
    const report = await run(client, { workers: { threads: 2, processes: 1 }, tasks: 12, ...settings });
    expect(report).toMatchObject({ outcome: 'completed', failure: null });
    const [threads, processes] = report.executors;
    expect(threads).toMatchObject({ executor: 'threads', threadHost: 'own-process', deaths: [] });
    expect(processes).toMatchObject({ executor: 'processes', threadHost: null });
    const pids = new Set(threads?.workers.map(({ pid }) => pid));
    expect([...pids]).not.toContain(process.pid);
    expect(pids.size).toBe(1);
    saysWhere(report, 'threads');
    await engine.close();
    for (const pid of pids) expect(isRunning(pid)).toBe(false);
  });

  it('compares there, the baseline of one thread as well', async () => {
    const { client } = await open();
    const report = await experiment(client, {
      kind: 'compare',
      workload: 'scan',
      workloadSettings: { arrayMiB: 1 },
      executors: ['sequential', 'threads', 'processes'],
      workers: 2,
      tasks: 8,
      rounds: 2,
    });
    expect(report.outcome).toBe('completed');
    expect(report.contenders.map(({ threadHost }) => threadHost)).toEqual(['own-process', 'own-process', null]);
    saysWhere(report, 'sequential, threads');
  });

  it('measures scaling there', async () => {
    const { client } = await open();
    const report = await experiment(client, {
      kind: 'scale',
      workload: 'sleep',
      executors: ['threads', 'processes'],
      max: 2,
      size: 2,
      rounds: 2,
    });
    expect(report.outcome).toBe('completed');
    expect(report.curves.map(({ threadHost }) => threadHost)).toEqual(['own-process', null]);
    saysWhere(report, 'threads');
  });
});
