import { NONE, NONE_MEANS, OUTCOME_TITLES, capital, type Report } from '../../contract';
import type { ReadableReport, ReportView } from './reads';
import type { ReportTable } from './tables';

/** How it ended, as the first word of a line. */
export function outcomeTitle({ outcome }: Report): string {
  return capital(OUTCOME_TITLES[outcome]);
}

/** Why it failed, where the finding is not that sentence already; else null. */
export function unsaidFailure({ finding, failure }: Report): string | null {
  return failure === null || failure.message === finding ? null : failure.message;
}

/** The view of a report, without tables that have no row. */
export function reportView({ report, reads }: ReadableReport): ReportView {
  const view = reads.view(report);
  const filled = ({ rows }: ReportTable): boolean => rows.length > 0;
  return {
    ...view,
    main: view.main.filter(filled).map(explained),
    setup: view.setup.map(explained),
    lists: view.lists.filter(filled).map(explained),
  };
}

/** A table with a dash in it says what that means. */
function explained(table: ReportTable): ReportTable {
  if (table.rows.every((row) => !row.includes(NONE))) return table;
  return { ...table, note: [...(table.note ? [table.note] : []), `${NONE_MEANS}.`].join(' ') };
}
