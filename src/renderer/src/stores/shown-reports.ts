import type { ExperimentKind, LiveReport, Report, ReportOf } from '../../../contract';

/** Of a live report what a page shows of the whole run; its samples and tasks are many. */
export type WholeRun = Pick<LiveReport, 'kind' | 'id' | 'settings' | 'elapsedMs' | 'totals' | 'executors' | 'resizes'>;

interface Reduced {
  live: WholeRun;
}
/** A report as far as a page shows it. */
export type ShownOf<K extends ExperimentKind> = K extends keyof Reduced ? Reduced[K] : ReportOf<K>;

/** Kinds whose reports hold more than is shown. */
const REDUCE: { [K in keyof Reduced]: (report: ReportOf<K>) => Reduced[K] } = {
  live: ({ kind, id, settings, elapsedMs, totals, executors, resizes }) => ({
    kind,
    id,
    settings,
    elapsedMs,
    totals,
    executors,
    resizes,
  }),
};

export function shownOf(report: Report): ShownOf<ExperimentKind> {
  const reduce = (REDUCE as Partial<Record<ExperimentKind, (report: Report) => ShownOf<ExperimentKind>>>)[report.kind];
  return reduce === undefined ? (report as ShownOf<ExperimentKind>) : reduce(report);
}
