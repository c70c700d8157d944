import { tmpdir } from 'node:os';
import { spelledOut, type Report } from '../../contract';
import { EXIT } from '../command';
import { reportsDoor } from '../doors';
import { writeTargets, type ReportTarget } from '../report-targets';
import type { Terminal } from '../terminal';

export interface Conclusion {
  report: Report;
  targets: readonly ReportTarget[];
  json: boolean;
  terminal: Terminal;
  /** Whether what came of it is a success; default: only what was completed. */
  accepted?: boolean;
}

/** Writes what was asked for, prints the summary or the report, and answers the exit code. */
export async function concludeRun({
  report,
  targets,
  json,
  terminal,
  accepted = report.outcome === 'completed',
}: Conclusion): Promise<number> {
  const { reportJson, summaryText } = await reportsDoor();
  const { written, problems } = await writeTargets(report, targets);
  const saved = await savedCopy(report, written);
  if (json) terminal.out(reportJson(report));
  else
    terminal.out(
      [
        `${summaryText(report)}`,
        ...written.map((path) => `Wrote ${spelledOut(path)}\n`),
        saved === null ? '' : `Saved ${spelledOut(saved)}\n`,
      ].join(''),
    );
  const trouble = report.failure?.message ?? (report.outcome === 'tasks-failed' ? report.finding : null);
  if (json && trouble !== null) terminal.err(`coreloom: ${trouble}\n`);
  for (const problem of problems)
    terminal.err(`coreloom: ${problem}${saved === null ? '' : ` The report is saved in ${saved}.`}\n`);
  if (saved === null)
    terminal.err(
      `coreloom: The report was not saved: neither the data folder nor ${tmpdir()} is writable. ${json ? 'Only what was printed is left.' : 'Only what was printed is left; --json would have printed the whole report.'}\n`,
    );
  if (report.outcome === 'cancelled') return EXIT.interrupted;
  return !accepted || problems.length > 0 || saved === null ? EXIT.failed : EXIT.done;
}

/** What becomes of a report that the data folder does not take. */
export async function unsavedAdvice(): Promise<string> {
  const { canRescue } = await reportsDoor();
  return (await canRescue())
    ? 'The report will be written to the file given with --report, or else as JSON to the temporary folder.'
    : `The temporary folder ${tmpdir()} is not writable either: give a file with --report FILE.json, or set CORELOOM_HOME or TMPDIR to a folder that you can write to.`;
}

/** Where all of the report is: in the data folder, where that failed in a JSON file that was written, or else in a folder of the temporary one. */
async function savedCopy(report: Report, written: readonly string[]): Promise<string | null> {
  const { rescueReport, savedFile } = await reportsDoor();
  const whole = savedFile(report.id) ?? written.find((path) => path.toLowerCase().endsWith('.json'));
  return whole ?? rescueReport(report);
}
