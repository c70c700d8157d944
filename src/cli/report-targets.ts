import { errorInfo, type Report, type ReportFormat, type ExperimentKind } from '../contract';
import { reportsDoor } from './doors';
import { checkPrinter, printPage } from './print-page';

/** A file that the report shall be written to, found writable before the run. */
export interface ReportTarget {
  path: string;
  format: ReportFormat;
}

/**
 * Refuses, before anything is measured, wrong endings, formats that such a report or this machine cannot be had in, and
 * unwritable places. Throws `report-format`, `not-available`, `not-writable`, `disk-full`.
 */
export async function checkTargets(paths: readonly string[], kind: ExperimentKind): Promise<ReportTarget[]> {
  const { checkFormat, checkWritable, formatForPath } = await reportsDoor();
  const targets = paths.map((path) => ({ path, format: formatForPath(path) }));
  for (const { format } of targets) checkFormat(format, kind);
  if (targets.some(({ format }) => format === 'pdf')) checkPrinter();
  for (const { path } of targets) await checkWritable(path);
  return targets;
}

/** Writes every target that can be written; answers which were, and a sentence for each that was not. */
export async function writeTargets(
  report: Report,
  targets: readonly ReportTarget[],
): Promise<{ written: string[]; problems: string[] }> {
  const { renderReport, writeFileAtomic } = await reportsDoor();
  const written: string[] = [];
  const problems: string[] = [];
  for (const { path, format } of targets) {
    try {
      const { content } = await renderReport(report, format, { printPdf: printPage });
      await writeFileAtomic(path, content);
      written.push(path);
    } catch (error) {
      problems.push(errorInfo(error).message);
    }
  }
  return { written, problems };
}
