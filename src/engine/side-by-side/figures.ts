import { LAB_TITLES, type Report } from '../../contract';
import { compareFigures } from '../kinds/compare/report/figures';
import type { Figure } from '../kinds/shared/figure';
import { labFigures } from '../kinds/lab/report/figures';
import { liveFigures } from '../kinds/live/report/figures';
import { scaleFigures } from '../kinds/scale/report/figures';

/** What can be set side by side of a report of any kind; a further kind is one file and one line here. */
export function figuresOf(report: Report): Figure[] {
  switch (report.kind) {
    case 'live':
      return liveFigures(report);
    case 'compare':
      return compareFigures(report);
    case 'scale':
      return scaleFigures(report);
    case 'lab':
      return labFigures(report);
    case 'scorecard':
      // Those of what it is made of, each by its name.
      return report.evidence.flatMap((one) =>
        figuresOf(one).map((figure) => ({
          ...figure,
          name: `${one.kind === 'lab' ? LAB_TITLES[one.lab] : one.workload.title}: ${figure.name}`,
        })),
      );
  }
}
