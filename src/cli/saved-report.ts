import { readFile, stat } from 'node:fs/promises';
import {
  binarySize,
  CoreloomError,
  errorInfo,
  MAX_IMPORT_BYTES,
  recoveredWords,
  type Report,
  type ReportSummary,
} from '../contract';
import type { History } from '../engine/reports';
import { reportsDoor } from './doors';
import type { Terminal } from './terminal';

/** The saved reports of this user; no engine is opened for them. Tells of those that were recovered. */
export async function openHistory(terminal: Pick<Terminal, 'err'>): Promise<History> {
  const { history, recovered } = await (await reportsDoor()).openHistory();
  tellRecovered(recovered, terminal);
  return history;
}

/** Says that experiments were killed, and where what they measured is: one line each. */
export function tellRecovered(reports: readonly ReportSummary[], terminal: Pick<Terminal, 'err'>): void {
  for (const report of reports) terminal.err(`coreloom: ${recoveredWords(report)}\n`);
}

/** The id that is meant: `latest` is that of the newest report. Throws `report-not-found`. */
export async function savedId(history: History, typed: string): Promise<string> {
  if (typed !== 'latest') return typed;
  const [newest] = (await history.listReports({ limit: 1 })).reports;
  if (newest === undefined)
    throw new CoreloomError(
      'report-not-found',
      'There are no saved reports yet: use coreloom run or coreloom compare first.',
    );
  return newest.id;
}

/** The report that a command line names: by its id, as `latest`, or as a JSON file. Throws `report-not-found`, `report-broken`. */
export async function readReport(history: History, typed: string): Promise<Report> {
  if (/[\\/]|\.json$/i.test(typed)) {
    const { parseUntrustedReport } = await reportsDoor();
    return parseUntrustedReport(await readReportFile(typed));
  }
  return history.getReport({ id: await savedId(history, typed) });
}

/** The text of a file that may be a report. Throws `report-not-found`, `report-broken`. */
export async function readReportFile(path: string): Promise<string> {
  const stats = await stat(path).catch((error: unknown) => {
    throw new CoreloomError(
      'report-not-found',
      `"${path}" does not exist or cannot be read: give the path of a JSON report.`,
      error,
    );
  });
  if (!stats.isFile())
    throw new CoreloomError('report-broken', `"${path}" is not a regular file: give the path of a JSON report.`);
  if (stats.size > MAX_IMPORT_BYTES)
    throw new CoreloomError(
      'report-broken',
      `"${path}" is larger than the limit for reports (${binarySize(MAX_IMPORT_BYTES)}).`,
    );
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new CoreloomError(
      'report-not-found',
      `"${path}" cannot be read (${errorInfo(error).message}): give the path of a JSON report that you can read.`,
      error,
    );
  });
}
