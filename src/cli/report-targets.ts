import { errorInfo, type Report, type ReportFormat } from '../contract';
import { formatForPath, renderReport } from '../engine/report';
import { checkWritable, writeFileAtomic } from '../engine/store';

/** A file that the report shall be written to, found writable before the run. */
export interface ReportTarget {
  path: string;
  format: ReportFormat;
}

/** Refuses wrong endings and unwritable places before anything is measured. Throws `report-format`, `not-writable`, `disk-full`. */
export async function checkTargets(paths: readonly string[]): Promise<ReportTarget[]> {
  const targets = paths.map((path) => ({ path, format: formatForPath(path) }));
  for (const { path } of targets) await checkWritable(path);
  return targets;
}

/** Writes every target that can be written; answers which were, and a sentence for each that was not. */
export async function writeTargets(report: Report, targets: readonly ReportTarget[]): Promise<{ written: string[]; problems: string[] }> {
  const written: string[] = [];
  const problems: string[] = [];
  for (const { path, format } of targets) {
    try {
      await writeFileAtomic(path, renderReport(report, format).text);
      written.push(path);
    } catch (error) {
      problems.push(errorInfo(error).message);
    }
  }
  return { written, problems };
}
