import { LAB_TITLES, type LabReport } from '../../../../contract';
import { labReportSchema } from '../../../../contract/schemas';
import { each, renamed, type Fields } from '../../../report/fields';
import { impossibleIn } from '../../../report/possible';
import type { ReportReads } from '../../../report/reads';
import { labPictures } from './pictures';
import { labFigureRows, labValueRows } from './rows';
import { labSummary } from './summary';
import { labKeys, labSetupTables, labTables, reasonTable } from './tables';

/** How the report of a lab reads. */
export const labReads: ReportReads<LabReport> = {
  schema: labReportSchema,
  subject: ({ lab }) => ({ name: `lab-${lab}`, title: `Lab: ${LAB_TITLES[lab]}` }),
  view(report) {
    const { python, quick } = report.settings;
    return {
      who: `Node and ${python === null ? 'no Python' : `Python ${python.version}`}${quick ? ', quick' : ''}`,
      keys: labKeys(report),
      main: labTables(report),
      setup: labSetupTables(report),
      lists: [reasonTable(report)],
    };
  },
  pictures: labPictures,
  finest: labValueRows,
  summed: labFigureRows,
  summary: labSummary,
  line: () => ({ workers: {}, throughputPerSecond: null }),
  impossible: (report) => impossibleIn(report),
  upgrade: upgradeLab,
};

/** From 1 to 2: rounds of races, which had been called repetitions (ADR 17). */
function upgradeLab(report: Fields, from: number): Fields {
  if (from !== 1 || report['lab'] !== 'race') return report;
  return { ...report, rows: each(report['rows'], (row) => renamed(row, { repetitions: 'rounds' })) };
}
