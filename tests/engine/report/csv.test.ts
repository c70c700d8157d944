import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/contract';
import { renderText } from '../../../src/engine/reports/any-kind';
import { makeReport } from '../../fixtures/report';

/** A reader of RFC 4180 as strict as the RFC: rows end in CRLF, quotes are doubled. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/y;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (!match) throw new Error(`not CSV near ${JSON.stringify(text.slice(-80))}`);
    const [, value = '', end] = match;
    row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

const SMALL = { cores: 2, workers: { threads: 1, processes: 1 }, elapsedMs: 2000, taskMs: 100 };
const table = (report: Report, format: 'csv-tasks' | 'csv-samples'): Record<string, string>[] => {
  const [head = [], ...rows] = readCsv(renderText(report, format).content);
  for (const row of rows) expect(row).toHaveLength(head.length);
  return rows.map((row) => Object.fromEntries(row.map((value, at) => [head[at], value])));
};

describe('tasks as CSV', () => {
  it('has one row a task, with units in the head', () => {
    const report = makeReport({}, SMALL);
    const rows = table(report, 'csv-tasks');
    expect(rows).toHaveLength(report.tasks.id.length);
    for (const [at, row] of rows.entries()) {
      expect(row).toMatchObject({
        task: String(report.tasks.id[at]),
        executor: report.tasks.executors[report.tasks.executor[at]!],
        state: 'done',
        checksum_uint32: String(0x9f86d081),
        error: '',
      });
      expect(Number(row['queued_ms']) + Number(row['waiting_ms']) + Number(row['running_ms'])).toBeCloseTo(
        Number(row['finished_ms']),
        6,
      );
    }
  });

  it('leaves the start of a task empty that never started', () => {
    const report = makeReport({}, SMALL);
    report.tasks.attempts[0] = 0;
    report.tasks.state[0] = 2;
    report.tasks.checksum[0] = null;
    expect(table(report, 'csv-tasks')[0]).toMatchObject({
      state: 'cancelled',
      started_ms: '',
      waiting_ms: '',
      running_ms: '',
      checksum_uint32: '',
    });
  });

  it.each([
    '=HYPERLINK("http://x.test","y")',
    '+1',
    '-1+cmd',
    '@SUM(A1)',
    '\tx',
    '  =1',
    'a "quoted", text\r\nin two lines',
    'plain',
  ])('keeps the text %j as text', (message) => {
    const report = makeReport({}, SMALL);
    report.tasks.state[1] = 1;
    report.tasks.checksum[1] = null;
    report.tasks.errors = [{ id: report.tasks.id[1]!, message }];
    const cell = table(report, 'csv-tasks')[1]?.['error'] ?? '';
    expect(cell).toBe(/^\s*[=+\-@\t\r]/.test(message) ? `'${message}` : message);
    expect(cell).not.toMatch(/^\s*[=+\-@]/);
  });
});

describe('samples as CSV', () => {
  it('has an empty cell, and no 0, where a core was not there', () => {
    const report = makeReport({}, SMALL);
    const gone = {
      ...report,
      samples: {
        ...report.samples,
        utilization: report.samples.utilization.map((column, core) =>
          column.map((share, row) => (core === 0 && row === 1 ? null : share)),
        ),
      },
    };
    expect(
      table(gone, 'csv-samples')
        .map((row) => row['core_0_busy_share_of_core'] === '')
        .filter(Boolean),
    ).toHaveLength(1);
  });

  it('has one row a moment and says the unit of every column', () => {
    const report = makeReport({}, SMALL);
    const rows = table(report, 'csv-samples');
    expect(rows).toHaveLength(report.samples.atMs.length);
    expect(Object.keys(rows[0]!)).toEqual([
      'at_ms',
      'interval_ms',
      'core_0_busy_share_of_core',
      'core_1_busy_share_of_core',
      'core_0_threads_share_of_core',
      'core_1_threads_share_of_core',
      'core_0_processes_share_of_core',
      'core_1_processes_share_of_core',
      'threads_tasks_per_s',
      'processes_tasks_per_s',
      'core_0_systeminformation_share_of_core',
      'core_1_systeminformation_share_of_core',
      'mean_frequency_mhz',
      'temperature_celsius',
    ]);
    expect(rows.map((row) => Number(row['core_1_busy_share_of_core']))).toEqual(report.samples.utilization[1]);
  });

  it('leaves empty what did not come with a sample, and keeps what came between', () => {
    const report = makeReport({}, SMALL);
    report.samples.temperatureC = { atMs: [150.5], value: [61] };
    report.samples.frequencyMhz = { atMs: [100, 200], mean: [null, 4200] };
    const rows = table(report, 'csv-samples');
    expect(rows.find((row) => row['at_ms'] === '150.5')).toMatchObject({
      temperature_celsius: '61',
      interval_ms: '',
      core_0_busy_share_of_core: '',
    });
    expect(rows.filter((row) => row['temperature_celsius'] !== '')).toHaveLength(1);
    expect(rows.map((row) => row['mean_frequency_mhz']).filter((value) => value !== '')).toEqual(['4200']);
  });

  it('has no column for a cause where the system cannot tell', () => {
    const report = makeReport({}, SMALL);
    report.samples.byExecutor = null;
    expect(Object.keys(table(report, 'csv-samples')[0]!)).not.toContain('core_0_threads_share_of_core');
  });
});
