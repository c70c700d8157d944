import {
  durationOfUs,
  binarySize,
  withInterval,
  duration,
  number,
  percentOf,
  plural,
  type Estimate,
  type RaceRow,
  type ScorecardFigure,
} from '../../../../contract';
import { all, below, figure, notMeasured, threadsBelow, type Claim } from '../claim';
import { EXECUTORS_OF, ipcPoint, raceRow, startupRow, WAYS } from '../evidence';

const METHODS = {
  unlocked: 'unlocked',
  atomics: 'with Atomics',
  lock: 'with a lock',
  separate: 'nothing shared',
} as const;

function raceFigure(row: RaceRow | null): ScorecardFigure[] {
  if (row === null || row.verdict === 'not-measured') return [];
  const how = METHODS[row.method];
  if (row.verdict === 'cannot-race') return [figure(row.executor, `${how}: no race possible`)];
  if (row.lostShare === null || row.losing === 0)
    return [figure(row.executor, `${how}: no loss observed in ${plural(row.rounds, 'round')}`, row.lostShare)];
  // Where most rounds lost none, the median says nothing of those that did.
  const median =
    row.lostShare.value > 0
      ? `, ${percentOf(row.lostShare.value, `${number(row.increments)} increments`)} at the median`
      : '';
  return [
    figure(
      row.executor,
      `${how}: updates lost in ${number(row.losing)} of ${plural(row.rounds, 'round')}${median}`,
      row.lostShare,
    ),
  ];
}

export const races: Claim = {
  name: 'races',
  title: 'Races',
  said: 'Threads that share data can have data races; processes that share nothing cannot.',
  of: 'both',
  measuredBy: 'lab race: workers that increment one counter',
  judge(evidence, language) {
    const { threads, processes } = EXECUTORS_OF[language];
    const unlocked = raceRow(evidence, threads, 'unlocked');
    const separate = raceRow(evidence, processes, 'separate');
    if (unlocked === null || unlocked.verdict === 'not-measured' || separate === null)
      return notMeasured([unlocked?.reason, separate?.reason]);
    const lost = unlocked.verdict === 'lost';
    return {
      holds: lost && separate.verdict === 'cannot-race' ? 'yes' : 'not-shown',
      why: lost
        ? `Updates were lost in ${number(unlocked.losing)} of ${plural(unlocked.rounds, 'round')}; a counter in each process cannot lose any.`
        : `No lost update was observed in ${plural(unlocked.rounds, 'round')}, but that does not prove it safe.`,
      threads: [
        ...raceFigure(unlocked),
        ...raceFigure(raceRow(evidence, threads, 'atomics')),
        ...raceFigure(raceRow(evidence, threads, 'lock')),
      ],
      processes: [...raceFigure(separate), ...raceFigure(raceRow(evidence, processes, 'unlocked'))],
    };
  },
};

const SIZES = [1024, 1024 ** 2];

export const handOver: Claim = {
  name: 'hand-over',
  title: 'Hand-over',
  said: 'Handing data to a process costs more than handing it to a thread.',
  of: 'both',
  measuredBy: 'lab ipc: round trip of bytes',
  judge(evidence, language) {
    const { threads, processes } = EXECUTORS_OF[language];
    const points = SIZES.map((size) => ({
      thread: ipcPoint(evidence, WAYS[language].threads, size),
      process: ipcPoint(evidence, WAYS[language].processes, size),
    }));
    const both = points.flatMap(({ thread, process }) =>
      thread?.roundTripUs && process?.roundTripUs && thread.bytes === process.bytes
        ? [{ size: thread.bytes, thread: thread.roundTripUs, process: process.roundTripUs }]
        : [],
    );
    if (both.length === 0)
      return notMeasured(
        (evidence.ipc?.points ?? [])
          .filter(({ executor }) => executor === threads || executor === processes)
          .map(({ reason }) => reason),
      );
    const text = (size: number, us: Estimate): string => `${binarySize(size)} in ${withInterval(us, durationOfUs)}`;
    const holds = all(both.map(({ thread, process }) => below(thread, process)));
    return {
      holds,
      why: {
        yes: 'At each size, the interval of threads is entirely below that of processes.',
        no: 'At one or more sizes, a process does not cost more.',
        'not-shown': 'At one or more sizes, the intervals overlap.',
      }[holds],
      threads: both.map(({ size, thread }) => figure(threads, text(size, thread), thread)),
      processes: both.map(({ size, process }) => figure(processes, text(size, process), process)),
    };
  },
};

export const startUp: Claim = {
  name: 'start-up',
  title: 'Start-up',
  said: 'A process takes longer to start than a thread.',
  of: 'both',
  measuredBy: 'lab startup: one more worker, from requesting it to its first result',
  judge(evidence, language) {
    const executors = EXECUTORS_OF[language];
    const [threads, processes] = [
      startupRow(evidence, executors.threads, 'warm'),
      startupRow(evidence, executors.processes, 'warm'),
    ];
    if (!threads?.totalMs || !processes?.totalMs) return notMeasured([threads?.reason, processes?.reason]);
    const text = (ms: Estimate): string => withInterval(ms, duration);
    return {
      ...threadsBelow(threads.totalMs, processes.totalMs),
      threads: [figure(executors.threads, text(threads.totalMs), threads.totalMs)],
      processes: [figure(executors.processes, text(processes.totalMs), processes.totalMs)],
    };
  },
};
