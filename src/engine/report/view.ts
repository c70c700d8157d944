import {
  LAB_TITLES,
  OUTCOME_TITLES,
  type CompareReport,
  type LabReport,
  type LiveReport,
  type Report,
  type ScaleReport,
  type ScorecardReport,
} from '../../contract';
import {
  compareEventTables,
  compareKeys,
  compareSetupTables,
  contenderTable,
  pairTable,
  timeTable,
} from '../kinds/compare/report/tables';
import { lawTable, pointTables, scaleEventTables, scaleKeys, scaleSetupTables } from '../kinds/scale/report/tables';
import { labKeys, labSetupTables, labTables, reasonTable } from '../kinds/lab/report/tables';
import {
  claimsTable,
  evidenceTable,
  reasonsTable,
  scorecardKeys,
  scorecardSetupTables,
} from '../kinds/scorecard/report/tables';
import {
  coreTable,
  eventTables,
  executorTable,
  keyNumbers,
  setupTables,
  workerTable,
  type KeyNumber,
  type ReportTable,
} from './tables';
import { capital, contenderTitle, executorTitle, workersThroughout } from './words';

/** What a report says, in words and in order: every readable format draws this, whatever was measured. */
export interface ReportView {
  /** Who did the work: `6 threads · 4 processes`. */
  who: string;
  keys: KeyNumber[];
  /** Tables that are always open, those without a row left out. */
  main: ReportTable[];
  /** How it was made and on what. */
  setup: ReportTable[];
  /** Long lists, those without a row left out. */
  lists: ReportTable[];
}

/** What a report is about: a name for files, and a title. */
export function subjectOf(report: Report): { name: string; title: string } {
  if (report.kind === 'lab') return { name: `lab-${report.lab}`, title: `Lab: ${LAB_TITLES[report.lab]}` };
  if (report.kind === 'scorecard') return { name: 'scorecard', title: 'Scorecard' };
  return report.workload;
}

/** How it ended, as the first word of a line. */
export function outcomeTitle({ outcome }: Report): string {
  return capital(OUTCOME_TITLES[outcome]);
}

/** Why it failed, where the finding is not that sentence already; else null. */
export function unsaidFailure({ finding, failure }: Report): string | null {
  return failure === null || failure.message === finding ? null : failure.message;
}

/** The view of a report of any kind. */
export function reportView(report: Report): ReportView {
  const view = viewOf(report);
  const filled = ({ rows }: ReportTable): boolean => rows.length > 0;
  return { ...view, main: view.main.filter(filled), lists: view.lists.filter(filled) };
}

/** A further kind is one function and one line here. */
function viewOf(report: Report): ReportView {
  switch (report.kind) {
    case 'live':
      return liveView(report);
    case 'compare':
      return compareView(report);
    case 'scale':
      return scaleView(report);
    case 'lab':
      return labView(report);
    case 'scorecard':
      return scorecardView(report);
  }
}

function liveView(report: LiveReport): ReportView {
  return {
    who: workersThroughout(report),
    keys: keyNumbers(report),
    main: [executorTable(report)],
    setup: setupTables(report),
    lists: [coreTable(report), workerTable(report), ...eventTables(report)],
  };
}

function labView(report: LabReport): ReportView {
  const { python, quick } = report.settings;
  return {
    who: `Node and ${python === null ? 'no Python' : `Python ${python.version}`}${quick ? ', quick' : ''}`,
    keys: labKeys(report),
    main: labTables(report),
    setup: labSetupTables(report),
    lists: [reasonTable(report)],
  };
}

function scorecardView(report: ScorecardReport): ReportView {
  const { python, quick } = report.settings;
  return {
    who: `threads against processes, Node and ${python === null ? 'no Python' : `Python ${python.version}`}${quick ? ', quick' : ''}`,
    keys: scorecardKeys(report),
    main: [claimsTable(report), reasonsTable(report), evidenceTable(report)],
    setup: scorecardSetupTables(report),
    lists: [],
  };
}

function compareView(report: CompareReport): ReportView {
  return {
    who: report.contenders.map(({ contender }) => contenderTitle(contender)).join(', ') || 'nobody',
    keys: compareKeys(report),
    main: [contenderTable(report), pairTable(report), timeTable(report)],
    setup: compareSetupTables(report),
    lists: compareEventTables(report),
  };
}

function scaleView(report: ScaleReport): ReportView {
  const most = report.settings.workers.at(-1) ?? 1;
  return {
    who: `1 to ${String(most)} ${report.settings.executors.map((name) => executorTitle(name)).join(', ')}`,
    keys: scaleKeys(report),
    main: [...pointTables(report), lawTable(report)],
    setup: scaleSetupTables(report),
    lists: scaleEventTables(report),
  };
}
