import { type AnswerReport, languageFacts } from '../../../../contract';
import { answerReportSchema } from '../../../../contract/schemas';
import { each } from '../../../report/fields';
import type { ReportReads } from '../../../report/reads';
import type { ReportTable } from '../../../report/tables';
import { upgraded } from '../../../report/upgrade';
import { listed } from '../../../report/words';
import type { Evidence, EvidenceKinds } from '../evidence-kinds';
import { claimRows, figureRows } from './rows';
import { answerSummary } from './summary';
import { answerKeys, answerSetupTables, answerTable, evidenceTable } from './tables';
import { partTitle } from './words';

/** How the report of an answer reads, given the kinds that its evidence is of. */
export function answerReads({ kinds, kindOf }: EvidenceKinds): ReportReads<AnswerReport> {
  const evidenceReads = Object.fromEntries(Object.values(kinds).map(({ name, reads }) => [name, reads as ReportReads]));
  const tables = (one: Evidence): ReportTable[] =>
    kindOf(one)
      .reads.view(one)
      .main.map((table) => ({ ...table, title: `${partTitle(one)}: ${table.title}` }));
  return {
    schema: answerReportSchema,
    subject: ({ workload }) => ({ name: workload.name, title: workload.title }),
    view: (report) => ({
      who: `threads or processes, and how many, for ${listed(report.answers.map(({ language }) => languageFacts(language).title))}`,
      keys: answerKeys(report),
      main: [answerTable(report), evidenceTable(report), ...report.evidence.flatMap(tables)],
      setup: answerSetupTables(report),
      lists: [],
    }),
    pictures: ({ evidence }) => evidence.flatMap((one) => kindOf(one).reads.pictures(one)),
    finest: figureRows,
    summed: claimRows,
    summary: answerSummary,
    line: ({ answers }) => ({
      workers: Object.fromEntries(
        answers.flatMap(({ claim }) =>
          claim.claim === 'use' ? [[claim.executor, { fewest: claim.workers, most: claim.workers }]] : [],
        ),
      ),
      throughputPerSecond: null,
    }),
    impossible: ({ evidence }) =>
      evidence.flatMap((one, at) =>
        kindOf(one)
          .reads.impossible(one)
          .map((found) => ({ ...found, path: ['evidence', at, ...found.path] })),
      ),
    upgrade: (report) => ({ ...report, evidence: each(report['evidence'], (one) => upgraded(one, evidenceReads)) }),
  };
}
