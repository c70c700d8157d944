import { LAB_TITLES, NONE_MEANS, duration, type LabReport } from '../../../../contract';
import { labTables, reasonTable } from './tables';
import { OUTCOME_WORDS } from '../../../report/words';
import { textTable } from '../../../report/text-table';

/** A lab in a screenful: what it shows first, then its tables, and what could not be measured. */
export function labSummary(report: LabReport): string {
  const { settings, lab, outcome, elapsedMs, warnings, finding } = report;
  return [
    `${finding}\n\n`,
    `${LAB_TITLES[lab]}${settings.quick ? ', quick' : ''}, ${duration(elapsedMs)}, ${OUTCOME_WORDS[outcome]}, seed ${String(settings.seed)}\n`,
    // The report has the sentences too; there is no room for them here.
    ...labTables(report)
      .filter(({ rows }) => rows.length > 0)
      .map(
        ({ title, head, rows, sentences }) =>
          `\n${title}:\n${textTable([head, ...rows].map((row) => row.filter((_, column) => column !== sentences)))}`,
      ),
    `Medians with their 95 % intervals. ${NONE_MEANS}\n`,
    ...reasonTable(report).rows.map(
      ([reason = '', what = '']) => `Not measured, or not completed: ${what}. ${reason}\n`,
    ),
    ...warnings.map((warning) => `Warning: ${warning}\n`),
  ].join('');
}
