import { plain, type PythonUsed, type Report } from '../contract';
import { compareSummary } from '../engine/kinds/compare/report/summary';
import { labSummary } from '../engine/kinds/lab/report/summary';
import { liveSummary } from '../engine/kinds/live/report/summary';
import { scaleSummary } from '../engine/kinds/scale/report/summary';
import { scorecardSummary } from '../engine/kinds/scorecard/report/summary';

/** An experiment in a screenful: the finding first, then who took part, then what was checked. */
export function summaryText(report: Report): string {
  return `${bodyOf(report)}${pythonLine(report.settings.python)}`;
}

/** The Python that took part: another than the user thinks of measures something else. */
function pythonLine(python: PythonUsed | null | undefined): string {
  return python === null || python === undefined ? '' : `Python ${python.version}: ${plain(python.executable)}\n`;
}

function bodyOf(report: Report): string {
  switch (report.kind) {
    case 'live':
      return liveSummary(report);
    case 'compare':
      return compareSummary(report);
    case 'scale':
      return scaleSummary(report);
    case 'lab':
      return labSummary(report);
    case 'scorecard':
      return scorecardSummary(report);
  }
}
