import type { ScorecardReport } from '../../../../contract';
import { scorecardReportSchema } from '../../../../contract/schemas';
import { each } from '../../../report/fields';
import type { ReportReads } from '../../../report/reads';
import { upgraded } from '../../../report/upgrade';
import type { EvidenceKinds } from '../evidence-kinds';
import { claimRows, figureRows } from './rows';
import { scorecardSummary } from './summary';
import { claimsTable, evidenceTable, reasonsTable, scorecardKeys, scorecardSetupTables } from './tables';

/** How the report of a scorecard reads, given the kinds that its evidence is of. */
export function scorecardReads({ kinds, kindOf }: EvidenceKinds): ReportReads<ScorecardReport> {
  const evidenceReads = Object.fromEntries(Object.values(kinds).map(({ name, reads }) => [name, reads as ReportReads]));
  return {
    schema: scorecardReportSchema,
    subject: () => ({ name: 'scorecard', title: 'Scorecard' }),
    view(report) {
      const { python, quick } = report.settings;
      return {
        who: `threads against processes, Node and ${python === null ? 'no Python' : `Python ${python.version}`}${quick ? ', quick' : ''}`,
        keys: scorecardKeys(report),
        main: [claimsTable(report), reasonsTable(report), evidenceTable(report)],
        setup: scorecardSetupTables(report),
        lists: [],
      };
    },
    // Its table is its picture.
    pictures: () => [],
    finest: figureRows,
    summed: claimRows,
    summary: scorecardSummary,
    line: () => ({ workers: {}, throughputPerSecond: null }),
    impossible: ({ evidence }) =>
      evidence.flatMap((one, at) =>
        kindOf(one)
          .reads.impossible(one)
          .map((found) => ({ ...found, path: ['evidence', at, ...found.path] })),
      ),
    upgrade: (card) => ({ ...card, evidence: each(card['evidence'], (one) => upgraded(one, evidenceReads)) }),
  };
}
