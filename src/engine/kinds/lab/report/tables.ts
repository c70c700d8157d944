import {
  IPC_WAYS,
  IPC_WAY_TITLES,
  NONE,
  RACE_METHOD_TITLES,
  binarySize,
  byteRate,
  bytes,
  duration,
  durationOfUs,
  executorTitle,
  intervalBeside,
  number,
  percent,
  withInterval,
  type IpcPoint,
  type IpcReport,
  type LabReport,
  type Measured,
  type MemoryReport,
  type RaceReport,
  type RaceRow,
  type StartupReport,
  type Unit,
} from '../../../../contract';
import { pythonRow } from '../../../report/lock-rows';
import { costTable, machineTable, settingsTable, type KeyNumber, type ReportTable } from '../../../report/tables';

const NOTE = 'Medians of the rounds with their 95 % intervals.';

/** The tables of a lab, those that are read first. */
export function labTables(report: LabReport): ReportTable[] {
  switch (report.lab) {
    case 'ipc':
      return ipcTables(report);
    case 'race':
      return [raceTable(report)];
    case 'memory':
      return memoryTables(report);
    case 'startup':
      return [startupTable(report)];
  }
}

function ipcTables({ points, sizes, breakEvens }: IpcReport): ReportTable[] {
  const cell = (way: IpcPoint['way'], size: number, words: (point: IpcPoint) => string): string => {
    const point = points.find((one) => one.way === way && one.bytes === size);
    return point === undefined ? NONE : words(point);
  };
  const table = (title: string, note: string, words: (point: IpcPoint) => string): ReportTable => ({
    title,
    note,
    head: ['', ...sizes.map(binarySize)],
    numbers: sizes.map((_, at) => at + 1),
    rows: IPC_WAYS.map((way) => [IPC_WAY_TITLES[way], ...sizes.map((size) => cell(way, size, words))]),
  });
  return [
    table(
      'Round trip, new bytes each time',
      `${NOTE} For each message, the sender creates new bytes, as for a task’s argument; the same bytes come back.`,
      (point) => withInterval(point.ownRoundTripUs, durationOfUs),
    ),
    table(
      'Round trip, same bytes sent again',
      `${NOTE} Each message reuses the bytes that came back last time, so nothing new is created or touched first. With shared memory, only a signal is sent and returned; the bytes stay in place. Python’s queue.Queue hands an object from thread to thread without copying it.`,
      (point) => withInterval(point.roundTripUs, durationOfUs),
    ),
    table('Throughput', `${NOTE} One direction, several messages in flight. No value if nothing is moved.`, (point) =>
      withInterval(point.bytesPerSecond, byteRate),
    ),
    {
      title: 'Tasks worth handing over',
      note: 'Task length from which handing tasks to W workers is faster, for a round trip of that many bytes: hand-over × W / (W − 1). Start-up, which is paid once, is not included. 0 means any length.',
      head: ['', 'compared with', 'bytes', 'workers', 'tasks longer than', 'calculation'],
      numbers: [2, 3, 4],
      sentences: 5,
      rows: breakEvens.map((one) => [
        `${executorTitle(one.executor)}, by ${IPC_WAY_TITLES[one.way]}`,
        one.against === 'inline' ? 'one worker that does the work itself' : 'Python threads',
        binarySize(one.bytes),
        number(one.workers),
        withInterval(one.taskUs, durationOfUs),
        one.because,
      ]),
    },
  ];
}

const RACE_VERDICTS: Record<RaceRow['verdict'], string> = {
  lost: 'lost updates',
  'not-observed': 'not observed',
  'cannot-race': 'no race possible: nothing is shared',
  'not-measured': 'not measured',
};

function raceTable({ rows }: RaceReport): ReportTable {
  return {
    title: 'Lost updates',
    note: `${NOTE} “Not observed” is not “safe”: the share of rounds that may still lose updates (95 %) is shown next to it.`,
    sentences: 1,
    head: ['', 'statement', 'workers', 'increments', 'lost', 'rounds with a loss', 'verdict', 'time'],
    numbers: [2, 3, 4, 5, 7],
    rows: rows.map((row) => [
      `${executorTitle(row.executor)}, ${RACE_METHOD_TITLES[row.method]}`,
      row.statement,
      number(row.workers),
      number(row.increments || null),
      row.losing === 0 && row.lostShare !== null ? 'none observed' : withInterval(row.lostShare, percent),
      row.rounds === 0 ? NONE : `${row.losing} of ${row.rounds}`,
      `${RACE_VERDICTS[row.verdict]}${row.couldLose === null ? '' : `, up to ${percent(row.couldLose)} of rounds may lose some`}`,
      withInterval(row.wallMs, duration),
    ]),
  };
}

function memoryTables({ rows, visibility }: MemoryReport): ReportTable[] {
  return [
    {
      title: 'Memory per additional worker',
      note: `${NOTE} Proportional: shared pages divided among the processes that share them (PSS). Private: pages that no other process has. The first worker is not included, because it also adds what all of them share.`,
      head: ['', 'workers', 'processes', 'resident', 'proportional', 'private'],
      numbers: [1, 2, 3, 4, 5],
      rows: rows.map((row) => [
        executorTitle(row.executor),
        number(row.workers),
        number(row.processes),
        withInterval(row.eachResidentBytes, bytes),
        withInterval(row.eachProportionalBytes, bytes),
        withInterval(row.eachPrivateBytes, bytes),
      ]),
    },
    {
      title: 'Whose writes are seen',
      note: `${NOTE} Time from a write by one worker until another sees it; “no” means not within the time in the last column.`,
      head: ['', 'what is written', 'seen by another', 'after', 'watched for'],
      numbers: [3, 4],
      rows: visibility.map((row) => [
        executorTitle(row.executor),
        row.what,
        row.seen === null ? 'not measured' : row.seen ? 'yes' : 'no',
        withInterval(row.delayUs, durationOfUs),
        duration(row.lookedMs),
      ]),
    },
  ];
}

function startupTable({ rows }: StartupReport): ReportTable {
  return {
    title: 'Start-up to the first result',
    note: `${NOTE} Cold: the first worker of its kind in a fresh process, for Python with the start of its interpreter. Warm: one more next to it.`,
    head: ['', '', 'ready after', 'first result after that', 'total'],
    numbers: [2, 3, 4],
    rows: rows.map((row) => [
      executorTitle(row.executor),
      row.start,
      withInterval(row.readyMs, duration),
      withInterval(row.firstResultMs, duration),
      withInterval(row.totalMs, duration),
    ]),
  };
}

/** What was not measured, or not to the end, with the reason; each reason once. */
export function reasonTable(report: LabReport): ReportTable {
  const reasons = new Map<string, string[]>();
  for (const { title, reason } of reasonsOf(report)) reasons.set(reason, [...(reasons.get(reason) ?? []), title]);
  return {
    title: 'Not measured, or not completed',
    head: ['Why', 'what'],
    rows: [...reasons].map(([reason, titles]) => [reason, [...new Set(titles)].join('; ')]),
  };
}

function reasonsOf(report: LabReport): { title: string; reason: string }[] {
  const because = (title: string, reason: string | null): { title: string; reason: string }[] =>
    reason === null ? [] : [{ title, reason }];
  switch (report.lab) {
    case 'ipc':
      return report.points.flatMap(({ way, bytes: size, reason }) =>
        because(`${IPC_WAY_TITLES[way]}, ${binarySize(size)}`, reason),
      );
    case 'race':
      return report.rows.flatMap(({ executor, method, reason }) =>
        because(`${executorTitle(executor)}, ${RACE_METHOD_TITLES[method]}`, reason),
      );
    case 'memory':
      return [
        ...report.rows.flatMap(({ executor, reason }) => because(executorTitle(executor), reason)),
        ...report.visibility.flatMap(({ executor, what, reason }) =>
          because(`${executorTitle(executor)}, ${what}`, reason),
        ),
      ];
    case 'startup':
      return report.rows.flatMap(({ executor, start, reason }) =>
        because(`${executorTitle(executor)}, ${start}`, reason),
      );
  }
}

/** The numbers that a reader looks for first. */
export function labKeys(report: LabReport): KeyNumber[] {
  const key = (label: string, value: Measured | null, unit: Unit, note: string): KeyNumber[] =>
    value === null
      ? []
      : [{ label, value: unit(value.value), note: `95 % interval ${intervalBeside(value, unit)}${note}` }];
  switch (report.lab) {
    case 'ipc':
      return (['clone', 'transfer', 'shared', 'fork-advanced', 'python-queue', 'python-pipe'] as const).flatMap((way) =>
        key(
          `1 KiB, ${IPC_WAY_TITLES[way]}`,
          report.points.find((point) => point.way === way && point.bytes === 1024)?.roundTripUs ?? null,
          durationOfUs,
          ', round trip',
        ),
      );
    case 'race':
      return report.rows.filter(({ method }) => method === 'unlocked').flatMap(raceKey);
    case 'memory':
      return report.rows.flatMap(({ executor, eachProportionalBytes, eachResidentBytes }) =>
        key(
          `Additional worker, ${executorTitle(executor)}`,
          eachProportionalBytes ?? eachResidentBytes,
          bytes,
          eachProportionalBytes === null ? ', resident' : ', proportional',
        ),
      );
    case 'startup':
      return report.rows
        .filter(({ start }) => start === 'warm')
        .flatMap(({ executor, totalMs }) =>
          key(`Start-up, ${executorTitle(executor)}`, totalMs, duration, ', one more'),
        );
  }
}

/** Where most rounds lost none, their median would say that none was lost. */
function raceKey({ executor, lostShare, losing, rounds, increments }: RaceRow): KeyNumber[] {
  const label = `Lost, ${executorTitle(executor)} unlocked`;
  if (lostShare === null) return [];
  if (losing === 0)
    return [
      {
        label,
        value: 'none observed',
        note: `in ${number(rounds)} rounds of ${number(increments)} increments, but that does not prove it safe`,
      },
    ];
  if (lostShare.value === 0)
    return [
      {
        label,
        value: `up to ${percent(Math.max(...lostShare.values))}`,
        note: `of ${number(increments)} increments, in ${number(losing)} of ${number(rounds)} rounds; none in the others`,
      },
    ];
  return [
    {
      label,
      value: percent(lostShare.value),
      note: `95 % interval ${intervalBeside(lostShare, percent)}, of ${number(increments)} increments`,
    },
  ];
}

/** How it was made and on what. */
export function labSetupTables(report: LabReport): ReportTable[] {
  const { settings } = report;
  return [
    settingsTable(report, [
      ['Pace', settings.quick ? 'quick: fewer cases and rounds, wider intervals' : 'thorough'],
      ['Workers in the race and hand-over labs', number(settings.workers)],
      ['Order of the cases', 'shuffled each round'],
      ['Seed', String(settings.seed)],
      ...(settings.python === null ? [['Python', 'none']] : pythonRow({ python: settings.python })),
    ]),
    costTable(report.observer),
    machineTable(report.machine),
  ];
}
