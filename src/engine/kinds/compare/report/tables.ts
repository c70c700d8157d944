import {
  NONE,
  PAIR_VERDICTS,
  SETTLED_WORDS,
  TIME_PARTS,
  bytes,
  callConfidenceWords,
  capital,
  claimedRatio,
  compareEnd,
  contenderShares,
  coreCount,
  duration,
  durationOfUs,
  exceptSingle,
  factor,
  handOverShare,
  interval,
  intervalBeside,
  isBootstrapped,
  livesWords,
  number,
  partEstimate,
  partWords,
  percent,
  percentOf,
  plural,
  speedUpWords,
  withInterval,
  contenderTitle,
  type CompareReport,
  type ContenderReport,
  type TimeParts,
} from '../../../../contract';
import { stoppedShare } from '../../../system/throttling';
import {
  checksumTable,
  costTable,
  machineTable,
  OFF_THREAD,
  offThreadRow,
  settingsTable,
  shareRows,
  taskRows,
  type KeyNumber,
  type ReportTable,
} from '../../../report/tables';
import { listed, threadHostRow } from '../../../report/words';

/** The numbers that a reader looks for first: who is fastest, and how sure that is. */
export function compareKeys(report: CompareReport): KeyNumber[] {
  const measured = report.contenders
    .filter((one) => one.makespanMs !== null)
    .toSorted((a, b) => (a.makespanMs?.value ?? 0) - (b.makespanMs?.value ?? 0));
  const best = measured[0];
  const tasks =
    report.settings.tasks === null
      ? 'a number of tasks that was not determined'
      : plural(report.settings.tasks, 'task');
  return [
    {
      label: 'Shortest makespan',
      value: best ? contenderTitle(best.contender) : 'none',
      note: best?.makespanMs ? `${withInterval(best.makespanMs, duration)} for ${tasks}` : 'nothing was measured',
    },
    ...report.contenders.flatMap(({ contender, speedUp }): KeyNumber[] =>
      speedUp
        ? [
            {
              label: `Speed-up, ${contenderTitle(contender)}`,
              value: factor(speedUp.value),
              note: `${speedUp.low === null ? 'too few rounds for an interval' : `95 % interval ${intervalBeside(speedUp, factor)}`}, compared with ${contenderTitle(speedUp.against)}`,
            },
          ]
        : [],
    ),
    { label: 'Rounds', value: number(report.roundCount), note: compareEnd(report) },
  ];
}

/** Every contender beside the others. */
export function contenderTable({ contenders }: CompareReport): ReportTable {
  const row = (name: string, value: (contender: ContenderReport) => string): string[] => [
    name,
    ...contenders.map(value),
  ];
  return {
    title: 'Executor by executor',
    note: `Intervals are 95 %. CPU time and memory are of all workers together; cores busy is CPU time ÷ makespan, including helper threads and child processes; efficiency is speed-up as a share of the most that the machine allows for this number of workers. ${OFF_THREAD} Shares of the workers’ time add up to 100 %.`,
    head: ['', ...contenders.map(({ contender }) => contenderTitle(contender))],
    rows: [
      row('Workers', ({ workers }) => number(workers)),
      ...threadHostRow(contenders),
      row('Makespan, median', ({ makespanMs }) => withInterval(makespanMs, duration)),
      row('Speed-up', (one) => speedUpWords(one, contenders)),
      row('Efficiency', ({ efficiency: share, speedUp }) =>
        share === null && speedUp ? 'not defined: tasks may wait' : percent(share),
      ),
      row('CPU time per round, task threads', ({ cpuMs }) => duration(cpuMs)),
      offThreadRow(contenders),
      row('Cores busy', ({ coresBusy }) => coreCount(coresBusy)),
      row('Time waiting for a core', ({ runQueueMs }) => duration(runQueueMs)),
      ...shareRows(contenders.map((one) => ({ shares: contenderShares(one) }))),
      ...quotaRow(contenders),
      row('Start-up of a worker', ({ startUpMs }) => duration(startUpMs)),
      row('Hand-over, round trip', ({ handOverUs }) => durationOfUs(handOverUs)),
      row('Hand-over, as a share of a task', (one) => percent(handOverShare(one))),
      row('Memory added, resident', ({ memory }) => bytes(memory?.residentBytes)),
      row('Memory added, proportional', ({ memory }) => bytes(memory?.proportionalBytes)),
      row('Latency p50', ({ running }) => duration(running?.p50Ms)),
      row('Latency p95', ({ running }) => duration(running?.p95Ms)),
      row('Latency p99', ({ running }) => duration(running?.p99Ms)),
      row('Waiting p50', ({ waiting }) => duration(waiting?.p50Ms)),
      row('Tasks done · retried', ({ counts }) => `${number(counts.done)} · ${number(counts.retried)}`),
      row('Rounds · outliers', ({ rounds, outliers }) => `${number(rounds.round.length)} · ${number(outliers.length)}`),
    ],
  };
}

/** What a quota of CPU time did; no row where there was none. */
function quotaRow(contenders: readonly ContenderReport[]): string[][] {
  if (contenders.every(({ throttled }) => throttled === undefined || throttled === null)) return [];
  return [
    [
      'Stopped by the quota',
      ...contenders.map(({ throttled = null }) => percentOf(throttled && stoppedShare(throttled), 'its periods')),
    ],
  ];
}

/** Every pair; of two whose ratio is not claimed, none is told. */
export function pairTable({ differences }: CompareReport): ReportTable {
  const confidence = callConfidenceWords(differences[0]);
  const all = isBootstrapped(differences) ? '' : '; together, these intervals of all pairs hold in 95 % of comparisons';
  return {
    title: 'Pair by pair',
    note: `Time of the first ÷ time of the second, over the rounds that both completed; below 1, the first is faster. A difference is called if the ${confidence} interval excludes 1${all}.`,
    head: ['Executor', 'compared with', 'takes', `${confidence} interval`, 'rounds', 'verdict'],
    numbers: [2, 3, 4],
    rows: differences.map((pair) => {
      const ratio = claimedRatio(pair);
      return [
        contenderTitle(pair.contender),
        contenderTitle(pair.against),
        withInterval(ratio, factor),
        intervalBeside(ratio && { value: ratio.value, low: pair.callLow, high: pair.callHigh }, factor),
        number(pair.rounds),
        PAIR_VERDICTS[pair.verdict],
      ];
    }),
  };
}

export function timeTable({ contenders }: CompareReport): ReportTable {
  const lived = contenders.flatMap(({ contender, parts, lives }) => (parts ? [{ contender, parts, lives }] : []));
  const ofWhole = (ms: number, parts: TimeParts): string => `(${percentOf(ms / parts.wholeMs, 'the whole')})`;
  const part = (one: (typeof lived)[number], key: keyof TimeParts): string => {
    const found = partEstimate(one, key);
    return found === null ? 'in transfer' : `${partWords(found, duration)} ${ofWhole(found.value, one.parts)}`;
  };
  const sum = (parts: TimeParts): number => TIME_PARTS.reduce((total, { key }) => total + (parts[key] ?? 0), 0);
  return {
    title: 'Where the time went',
    note: `${capital(livesWords(contenders))}: start the workers, run the list of tasks once, stop the workers. Start-up and teardown are wall time. The other parts are means over the workers: the first task, the later tasks (compute), the transport of tasks and results (transfer; serialize is an estimate, measured separately), and the time without anything left to do (waiting).${lived.some(({ lives }) => lives?.intervals?.wholeMs) ? ' Intervals are 95 %, by Student’s t over the cold runs.' : ''}`,
    head: ['', ...lived.map(({ contender }) => contenderTitle(contender))],
    rows:
      lived.length === 0
        ? []
        : [
            ...TIME_PARTS.map(({ key, title }) => [title, ...lived.map((one) => part(one, key))]),
            ['Sum of the parts', ...lived.map(({ parts }) => `${duration(sum(parts))} ${ofWhole(sum(parts), parts)}`)],
            [
              'Whole cold run, measured',
              ...lived.map((one) =>
                partWords(partEstimate(one, 'wholeMs') ?? { value: one.parts.wholeMs, interval: null }, duration),
              ),
            ],
            ...(lived.some(({ lives }) => (lives?.count ?? 1) > 1)
              ? [
                  [
                    'Shortest to longest',
                    ...lived.map(({ lives }) =>
                      lives ? interval({ low: lives.shortestMs, high: lives.longestMs }, duration) : NONE,
                    ),
                  ],
                ]
              : []),
          ],
  };
}

/** Tables of what happened. */
export function compareEventTables(report: CompareReport): ReportTable[] {
  const { contenders } = report;
  return [
    {
      title: 'Dropped out',
      head: ['Executor', 'rounds', 'why'],
      numbers: [1],
      rows: contenders.flatMap(({ contender, failure: why, rounds }) =>
        why ? [[contenderTitle(contender), number(rounds.round.length), why.message]] : [],
      ),
    },
    {
      title: 'Outliers',
      note: 'Rounds more than 14.826 median absolute deviations from the median. They stay in every figure.',
      head: ['Executor', 'round', 'makespan', 'what was measured there'],
      numbers: [1, 2],
      rows: contenders.flatMap(({ contender, outliers }) =>
        outliers.map(({ round, makespanMs, happened }) => [
          contenderTitle(contender),
          number(round + 1),
          duration(makespanMs),
          happened,
        ]),
      ),
    },
    checksumTable(report),
  ];
}

/** That tasks are smaller than they are by default; no row where they are not. */
function shortenedRow({ settings: { defaultSize = null } }: CompareReport): [string, string][] {
  return defaultSize === null
    ? []
    : [['Default size', `${number(defaultSize)}; made smaller, so that enough rounds fit into the time`]];
}

/** Until when rounds go on. */
function roundsRule({ differences }: CompareReport): string {
  return isBootstrapped(differences)
    ? 'until every ratio is within 2.5 %'
    : `until every ratio is settled: ${SETTLED_WORDS}`;
}

/** How often the workers that were measured were started; no row in reports that do not say it. */
function startsRow({ restarts }: CompareReport): [string, string][] {
  if (restarts === undefined) return [];
  const starts =
    restarts.length === 0
      ? 'once: too few rounds, or too little time, for a second start'
      : `${plural(restarts.length + 1, 'time')}: again before ${restarts.length === 1 ? 'round' : 'rounds'} ${listed(restarts.map((round) => number(round + 1)))}`;
  return [['Workers started', starts]];
}

/** How it was made and on what. */
export function compareSetupTables(report: CompareReport): ReportTable[] {
  const { settings, observer } = report;
  return [
    settingsTable(report, [
      ...taskRows(report),
      ...shortenedRow(report),
      ['Workers per executor', `${number(settings.workers)}${exceptSingle(settings.executors)}`],
      ['Tasks per round', number(settings.tasks)],
      ['Rounds', settings.rounds === null ? roundsRule(report) : number(settings.rounds)],
      ...startsRow(report),
      ['Order of the rounds', 'shuffled each time'],
      ['Seed', String(settings.seed)],
    ]),
    costTable(observer),
    machineTable(report.machine),
  ];
}
