import { asCsv } from '../../contract';
import type { Cell, ReadableReport } from './reads';

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

/** The finest rows that a report keeps: tasks or rounds. */
export function csvTasks({ report, reads }: ReadableReport): string {
  return table(reads.finest(report));
}

/** Its rows summed up: samples, contenders or worker counts. */
export function csvSamples({ report, reads }: ReadableReport): string {
  return table(reads.summed(report));
}
