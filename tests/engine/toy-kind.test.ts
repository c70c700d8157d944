import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { ExperimentSettings, ReportFormat } from '../../src/contract';
import { runExperiment } from '../../src/cli/commands/run-experiment';
import { createInterrupt } from '../../src/cli/interrupt';
import { parseLine } from '../../src/cli/parse';
import { nowMs } from '../../src/engine/system/clock';
import { kindOf } from '../../src/engine/kinds/kind-of';
import { parseReportText, renderText, reportJson, reportReading, summaryText } from '../../src/engine/reports/any-kind';
import { compareReports } from '../../src/engine/reports/compare-reports';
import { terminalDouble } from '../cli/terminal-double';
import { engines } from '../support/engine';
import { temporaryFolder } from '../support/folder';
import type { ToyReport } from './toy-kind';

// A sixth kind takes its folder and one line in the list: this one.
vi.mock('../../src/engine/kinds/index', async (original) => {
  const [{ KINDS }, { toy }] = await Promise.all([original<{ KINDS: object }>(), import('./toy-kind')]);
  return { KINDS: { ...KINDS, toy } };
});

const SETTINGS = { kind: 'toy', throws: 6 } as unknown as ExperimentSettings;
const open = engines();

async function thrown(): Promise<{ client: Awaited<ReturnType<typeof open>>['client']; report: ToyReport }> {
  const { client } = await open();
  const ended = new Promise<string>((resolve) => {
    client.on((event) => {
      if (event.type === 'experiment-ended') resolve(event.experiment.reportId ?? '');
    });
  });
  await client.call('startExperiment', SETTINGS);
  return { client, report: (await client.call('getReport', { id: await ended })) as unknown as ToyReport };
}

describe('a kind that is a folder and a line in the list', () => {
  it('runs in the engine, and its settings are checked', async () => {
    const { client, report } = await thrown();
    expect(report).toMatchObject({ kind: 'toy', outcome: 'completed', eyes: [1, 2, 3, 4, 5, 6] });
    await expect(client.call('startExperiment', { ...SETTINGS, throws: -1 } as never)).rejects.toThrow('throws');
    await expect(client.call('startExperiment', { kind: 'dice' } as never)).rejects.toThrow('scorecard or toy');
  });

  it('is in the history, in words, and beside another', async () => {
    const { client, report } = await thrown();
    const { reports } = await client.call('listReports', { kind: 'toy' as never });
    expect(reports).toMatchObject([{ id: report.id, kind: 'toy', subject: 'toy' }]);
    const read = await client.call('readReport', { id: report.id });
    expect(read).toMatchObject({ subject: 'A die', keys: [{ label: 'Throws', value: '6' }] });
    expect(read.formats).not.toContain('trace');
    const saved = reports[0];
    if (saved === undefined) throw new Error('It is not there.');
    const both = compareReports([0, 1].map(() => ({ saved, report: report as never })));
    expect(both.figures).toMatchObject([{ name: 'Throws', values: [6, 6] }]);
    expect(kindOf(report as never).workers(report as never)).toBe('nobody');
  });

  it('reads in every format, and comes back from JSON', async () => {
    const report = (await thrown()).report as never;
    expect(parseReportText(reportJson(report))).toEqual(report);
    expect(renderText(report, 'markdown').content).toContain('# A die: nobody');
    expect(renderText(report, 'html').content).toContain('<h1>A die');
    expect(renderText(report, 'csv-tasks').content).toBe('throw,eyes\r\n0,1\r\n1,2\r\n2,3\r\n3,4\r\n4,5\r\n5,6\r\n');
    expect(renderText(report, 'csv-samples').content).toBe('throws\r\n6\r\n');
    expect(() => renderText(report, 'trace' satisfies ReportFormat)).toThrow('only live runs keep');
    expect(reportReading(report).tables.map(({ title }) => title)).toEqual(['Throws', 'Machine']);
    expect(summaryText(report)).toBe('6 throws, 21 eyes.\n');
  });

  it('runs from the command line, and is written where it is told to be', async () => {
    const { engine } = await open();
    const file = join(temporaryFolder(), 'die.json');
    const command = {
      name: 'toy',
      summary: '',
      options: {
        report: { value: 'FILE', summary: '', multiple: true },
        json: { summary: '' },
        python: { value: 'P', summary: '' },
      },
      run: async () => 0,
    };
    const terminal = terminalDouble();
    const interrupt = createInterrupt({ signals: { on: () => {} }, endNow: () => {}, nowMs });
    const context = {
      terminal,
      interrupt,
      openEngine: () => Promise.resolve(engine),
      rendererFolder: '',
      templatesFolder: '',
    };
    const code = await runExperiment(SETTINGS, parseLine(command, ['--report', file]), context);
    expect(terminal.errText).toBe('');
    expect(code).toBe(0);
    expect(terminal.outText).toContain(`6 throws, 21 eyes.\nWrote ${file}\n`);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ kind: 'toy', eyes: [1, 2, 3, 4, 5, 6] });
  });
});
