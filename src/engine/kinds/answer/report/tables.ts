import { answerWords, capital, duration, languageFacts, number, plural, type AnswerReport } from '../../../../contract';
import { pythonRow } from '../../../report/lock-rows';
import { costTable, machineTable, settingsTable, type KeyNumber, type ReportTable } from '../../../report/tables';
import { partTitle } from './words';

/** What is claimed of each language, and what it took. */
export function answerKeys({ answers, evidence, roundCount, elapsedMs }: AnswerReport): KeyNumber[] {
  return [
    ...answers.map((answer): KeyNumber => {
      const { lead, rest } = answerWords(answer);
      return { label: languageFacts(answer.language).title, value: lead, note: rest };
    }),
    {
      label: 'Consists of',
      value: plural(evidence.length, 'experiment'),
      note: `${plural(roundCount, 'round')} in ${duration(elapsedMs)}`,
    },
  ];
}

/** The answer of each language, and why. */
export function answerTable({ answers }: AnswerReport): ReportTable {
  return {
    title: 'The answer',
    note: 'The number of workers is the smallest that is not shown to be more than 2 % below the best. Of two that are not told apart, the one that costs less is named. Intervals are 95 %.',
    head: ['', 'Answer', 'Why'],
    rows: answers.map((answer) => {
      const { lead, rest } = answerWords(answer);
      return [languageFacts(answer.language).title, lead, capital(rest)];
    }),
  };
}

/** The experiments that the answer was made of. */
export function evidenceTable({ evidence }: AnswerReport): ReportTable {
  return {
    title: 'Evidence',
    note: 'The JSON of this report contains each of them in full, with its raw values.',
    head: ['', 'Took', 'What it found'],
    numbers: [1],
    rows: evidence.map((one) => [partTitle(one), duration(one.elapsedMs), one.finding]),
  };
}

/** How the answer was made and on what. */
export function answerSetupTables(report: AnswerReport): ReportTable[] {
  const { settings, workload, observer, machine } = report;
  const module = settings.module === undefined ? [] : [['Module', settings.module]];
  return [
    settingsTable(report, [
      ['Workload', `${workload.title} (${settings.workload}, ${workload.kind})`],
      ['What it exercises', workload.exercises],
      ['Size', `${number(settings.size)} (${workload.size.meaning})`],
      ...(settings.taskMs === null ? [] : [['Target task length', duration(settings.taskMs)]]),
      ...module,
      ...pythonRow({ python: settings.python }),
      ['Seed', String(settings.seed)],
    ]),
    costTable(observer),
    machineTable(machine),
  ];
}
