import {
  HOLDS_TITLES,
  holdsIn,
  NONE,
  duration,
  number,
  plural,
  type Holds,
  type ScorecardReport,
  type ScorecardRow,
} from '../../../../contract';
import { pythonRow } from '../../../report/lock-rows';
import { costTable, machineTable, settingsTable, type KeyNumber, type ReportTable } from '../../../report/tables';

const LANGUAGES = { node: 'Node', python: 'Python' } as const;

const listed = (rows: readonly ScorecardRow[], holds: Holds): string =>
  rows
    .filter((row) => row.holds === holds)
    .map(({ title }) => title)
    .join(', ') || 'none';

/** How many claims hold, which do not, and which were not shown. */
export function scorecardKeys({ rows, evidence, elapsedMs }: ScorecardReport): KeyNumber[] {
  const count = (holds: Holds): string => number(rows.filter((row) => row.holds === holds).length);
  return [
    { label: 'Claims that hold', value: count('yes'), note: `of ${number(rows.length)}, on this machine` },
    { label: 'That do not hold', value: count('no'), note: listed(rows, 'no') },
    { label: 'Not shown', value: count('not-shown'), note: listed(rows, 'not-shown') },
    { label: 'Consists of', value: number(evidence.length), note: `experiments in ${duration(elapsedMs)}` },
  ];
}

/** The card: every claim with what was measured, and whether it holds. */
export function claimsTable({ rows }: ScorecardReport): ReportTable {
  return {
    title: 'Claim by claim',
    note: 'Every figure was measured here. The intervals decide whether a claim holds; if they allow no decision, it is “not shown”.',
    head: ['', 'Claim', 'Threads', 'Processes', 'Measured by', 'Holds?'],
    rows: rows.map(({ title, said, threads, processes, measuredBy, holds, of }) => [
      title,
      said,
      threads.map(({ text }) => text).join(' · ') || NONE,
      processes.map(({ text }) => text).join(' · ') || NONE,
      measuredBy,
      `${HOLDS_TITLES[holds]}${of === 'python' ? ' (for Python)' : ''}`,
    ]),
  };
}

/** Why each claim holds or not, in each language. */
export function reasonsTable({ rows }: ScorecardReport): ReportTable {
  return {
    title: 'Why, language by language',
    head: ['', 'Language', 'Holds?', 'Why'],
    rows: rows.flatMap((row) =>
      row.judged.map((one) => [row.title, LANGUAGES[one.language], holdsIn(row, one), one.why]),
    ),
  };
}

/** The experiments that the card was made of. */
export function evidenceTable({ evidence }: ScorecardReport): ReportTable {
  return {
    title: 'Evidence',
    note: 'The JSON of this report contains each of them in full, with its raw values.',
    head: ['', 'Took', 'What it found'],
    numbers: [1],
    rows: evidence.map((one) => [
      one.kind === 'lab' ? `Lab: ${one.lab}` : `Compare: ${one.workload.title}`,
      duration(one.elapsedMs),
      one.finding,
    ]),
  };
}

/** How the card was made and on what. */
export function scorecardSetupTables(report: ScorecardReport): ReportTable[] {
  const { settings, observer, machine } = report;
  return [
    settingsTable(report, [
      ['Pace', settings.quick ? 'quick: fewer cases and rounds, wider intervals' : 'thorough'],
      ['Workers of each comparison', plural(settings.workers, 'worker')],
      ...pythonRow({ python: settings.python ?? undefined }),
      ['Seed', String(settings.seed)],
    ]),
    costTable(observer),
    machineTable(machine),
  ];
}
