import { asCsv } from '../../contract';
import type { Cell } from './reads';
import type { TextRenderer } from './types';

/** RFC 4180: CRLF after every row, quotes doubled; an empty cell is a value that is not available. */
function table(rows: Iterable<Cell[]>): string {
  let text = '';
  for (const row of rows) text += `${row.map(cell).join(',')}\r\n`;
  return text;
}

function cell(value: Cell): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'number' ? String(value) : asCsv(value);
}

export const csvTasks: TextRenderer = {
  format: 'csv-tasks',
  title: 'CSV (tasks, rounds)',
  extensions: ['.csv'],
  mediaType: 'text/csv',
  render: ({ report, reads }) => table(reads.finest(report)),
};

export const csvSamples: TextRenderer = {
  format: 'csv-samples',
  title: 'CSV (samples, contenders or worker counts)',
  extensions: ['.samples.csv'],
  mediaType: 'text/csv',
  render: ({ report, reads }) => table(reads.summed(report)),
};
