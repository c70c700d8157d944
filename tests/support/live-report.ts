import type { LiveReport, Report } from '../../src/contract';

/** The report of a live run; throws for one of another kind. */
export function asLive(report: Report): LiveReport {
  if (report.kind === 'live') return report;
  throw new Error(`A live run's report was expected, not one of the kind ${report.kind}.`);
}

/** A report's warnings but for what a crowded machine does to any run: the process that measures had no core for a second. */
export const warningsOf = ({ warnings }: Pick<Report, 'warnings'>): string[] =>
  warnings.filter((warning) => !warning.startsWith('Coreloom did not run for '));
