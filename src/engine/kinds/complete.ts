import type { CompareReport, LabReport, Report } from '../../contract';
import { judgedReport } from './compare/build-report';
import { fitReport } from './scale/build-report';
import { cardReport } from './scorecard/rows';

/**
 * Makes of what was kept of an interrupted experiment the report that its end would have made: what takes a while is not
 * computed while it is on.
 */
export async function completeReport(report: Report): Promise<Report> {
  switch (report.kind) {
    case 'compare':
      return judgedReport(report);
    case 'scale':
      return fitReport(report);
    case 'scorecard':
      return cardReport({ ...report, evidence: report.evidence.map(completePart) });
    case 'live':
    case 'lab':
      return report;
  }
}

/** The one that was under way. */
function completePart(part: LabReport | CompareReport): LabReport | CompareReport {
  return part.kind === 'compare' && part.outcome === 'interrupted' ? judgedReport(part) : part;
}
