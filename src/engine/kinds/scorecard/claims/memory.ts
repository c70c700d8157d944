import {
  durationOfUs,
  binarySize,
  withInterval,
  bytes,
  duration,
  plural,
  type Estimate,
  type ExecutorKey,
  type IpcWay,
  type Language,
  type MemoryRow,
  type ScorecardFigure,
  type VisibilityRow,
} from '../../../../contract';
import { figure, notMeasured, threadsBelow, type Claim, type Judgement } from '../claim';
import { EXECUTORS_OF, ipcPoint, memoryRow, visibility, WAYS, type Evidence } from '../evidence';

const seenText = (row: VisibilityRow, what: string): string =>
  row.seen === true
    ? `${what}: write seen${row.delayUs === null ? '' : ` after ${durationOfUs(row.delayUs.value)}`}`
    : `${what}: write not seen${row.lookedMs === null ? '' : ` in ${duration(row.lookedMs)}`}`;

const seenFigure = (row: VisibilityRow | null, what: string): ScorecardFigure[] =>
  row === null || row.seen === null ? [] : [figure(row.executor, seenText(row, what), row.seen ? row.delayUs : null)];

export const execution: Claim = {
  name: 'execution',
  title: 'Execution',
  said: 'Threads run within one process; processes are independent of each other.',
  of: 'both',
  measuredBy: 'lab memory: process ids of the workers that did the work',
  judge(evidence, language) {
    const executors = EXECUTORS_OF[language];
    const [threads, processes] = [memoryRow(evidence, executors.threads), memoryRow(evidence, executors.processes)];
    if (threads === null || processes === null || threads.processes === null || processes.processes === null)
      return notMeasured([threads?.reason, processes?.reason]);
    const text = ({ processes: pids, workers }: MemoryRow): string =>
      `${plural(pids ?? 0, 'process')} for ${plural(workers, 'worker')}`;
    const holds =
      threads.workers < 2 || processes.workers < 2
        ? 'not-shown'
        : threads.processes === 1 && processes.processes === processes.workers
          ? 'yes'
          : 'no';
    return {
      holds,
      why:
        holds === 'not-shown'
          ? 'One worker alone shows nothing.'
          : `Threads: ${text(threads)}; processes: ${text(processes)}.`,
      threads: [figure(executors.threads, text(threads))],
      processes: [figure(executors.processes, text(processes))],
    };
  },
};

/** Why a claim about visibility holds or does not, case by case, and its figures. */
interface Said extends Pick<Judgement, 'threads' | 'processes'> {
  both: string;
  threadsBlind: string;
  processesSee: string;
}

/** Judges that threads see a write to an ordinary variable and processes do not. */
function byVisibility(
  evidence: Evidence,
  language: Language,
  say: (rows: { threads: VisibilityRow; processes: VisibilityRow }) => Said,
): Judgement {
  const executors = EXECUTORS_OF[language];
  const [threads, processes] = [
    visibility(evidence, executors.threads, 'variable'),
    visibility(evidence, executors.processes, 'variable'),
  ];
  if (threads === null || processes === null || threads.seen === null || processes.seen === null)
    return notMeasured([threads?.reason, processes?.reason]);
  const { both, threadsBlind, processesSee, ...figures } = say({ threads, processes });
  if (threads.seen && !processes.seen) return { holds: 'yes', why: both, ...figures };
  return { holds: 'no', why: threads.seen ? processesSee : threadsBlind, ...figures };
}

export const memory: Claim = {
  name: 'memory',
  title: 'Memory',
  said: 'Threads share the memory of their process; each process has its own.',
  of: 'python',
  measuredBy: 'lab memory: whether another worker sees a write to an ordinary variable',
  judge(evidence, language) {
    const executors = EXECUTORS_OF[language];
    const shared = visibility(evidence, executors.threads, 'shared-memory');
    return byVisibility(evidence, language, ({ threads, processes }) => ({
      both: 'A thread saw what another wrote to an ordinary variable; a process did not.',
      threadsBlind: `Threads of ${executors.title} have their own variables: they share only memory that is created to be shared${shared?.seen === true ? ', such as a SharedArrayBuffer' : ''}.`,
      processesSee: 'A process saw what another wrote to an ordinary variable.',
      threads: [...seenFigure(threads, 'variable'), ...seenFigure(shared, 'shared memory')],
      processes: seenFigure(processes, 'variable'),
    }));
  },
};

/** The same kind of memory of both, the fairest first: proportional, private, resident. */
function eachOf(
  threads: MemoryRow,
  processes: MemoryRow,
): { what: string; threads: Estimate; processes: Estimate } | null {
  const kinds = [
    { what: 'proportional', pick: (row: MemoryRow) => row.eachProportionalBytes },
    { what: 'private', pick: (row: MemoryRow) => row.eachPrivateBytes },
    { what: 'resident', pick: (row: MemoryRow) => row.eachResidentBytes },
  ];
  for (const { what, pick } of kinds) {
    const [ofThreads, ofProcesses] = [pick(threads), pick(processes)];
    if (ofThreads !== null && ofProcesses !== null) return { what, threads: ofThreads, processes: ofProcesses };
  }
  return null;
}

export const memoryCost: Claim = {
  name: 'memory-cost',
  title: 'Memory of a worker',
  said: 'One more process takes more memory than one more thread.',
  of: 'both',
  measuredBy: 'lab memory: memory per additional worker',
  judge(evidence, language) {
    const executors = EXECUTORS_OF[language];
    const [threads, processes] = [memoryRow(evidence, executors.threads), memoryRow(evidence, executors.processes)];
    const each = threads === null || processes === null ? null : eachOf(threads, processes);
    if (each === null) return notMeasured([threads?.reason, processes?.reason]);
    const text = (estimate: Estimate): string => `${withInterval(estimate, bytes)} ${each.what}`;
    return {
      ...threadsBelow(each.threads, each.processes),
      threads: [figure(executors.threads, text(each.threads), each.threads)],
      processes: [figure(executors.processes, text(each.processes), each.processes)],
    };
  },
};

const KIB = 1024;

export const ipcNeeded: Claim = {
  name: 'ipc-needed',
  title: 'Sharing data',
  said: 'Processes need IPC to share data; threads do not.',
  of: 'python',
  measuredBy: 'labs memory and ipc: who sees a write, and what handing over costs',
  judge(evidence, language) {
    const executors = EXECUTORS_OF[language];
    const price = (executor: ExecutorKey, way: IpcWay): ScorecardFigure[] => {
      const point = ipcPoint(evidence, way, KIB);
      return point?.roundTripUs
        ? [
            figure(
              executor,
              `${binarySize(point.bytes)} round trip in ${durationOfUs(point.roundTripUs.value)}`,
              point.roundTripUs,
            ),
          ]
        : [];
    };
    return byVisibility(evidence, language, ({ threads }) => ({
      both: 'A thread sees what another thread writes; a process must be sent the data.',
      threadsBlind: `Threads of ${executors.title} do not see each other's variables either: they too exchange data by messages, or by memory that is created to be shared.`,
      processesSee: 'A process saw what another wrote without any message.',
      threads: [
        ...(threads.seen === true ? [figure(executors.threads, 'sees it without a message')] : []),
        ...price(executors.threads, WAYS[language].threads),
      ],
      processes: price(executors.processes, WAYS[language].processes),
    }));
  },
};
