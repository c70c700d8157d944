import type { Estimate, ExecutorName, MemoryRow, ScorecardFigure, VisibilityRow } from '../../../../contract';
import { bytes, duration, plural } from '../../../report/words';
import { below, figure, notMeasured, type Claim } from '../claim';
import { CREWS, ipcPoint, memoryRow, visibility } from '../evidence';

const seenText = (row: VisibilityRow, what: string): string =>
  row.seen === true
    ? `${what}: write seen${row.delayUs === null ? '' : ` after ${duration(row.delayUs.value / 1000)}`}`
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
    const crew = CREWS[language];
    const [threads, processes] = [memoryRow(evidence, crew.threads), memoryRow(evidence, crew.processes)];
    if (threads === null || processes === null || threads.processes === null || processes.processes === null) return notMeasured([threads?.reason, processes?.reason]);
    const text = ({ processes: pids, workers }: MemoryRow): string => `${plural(pids ?? 0, 'process', 'processes')} for ${plural(workers, 'worker')}`;
    const holds = threads.workers < 2 || processes.workers < 2 ? 'not-shown' : threads.processes === 1 && processes.processes === processes.workers ? 'yes' : 'no';
    return {
      holds,
      why: holds === 'not-shown' ? 'One worker alone shows nothing.' : `Threads: ${text(threads)}; processes: ${text(processes)}.`,
      threads: [figure(crew.threads, text(threads))],
      processes: [figure(crew.processes, text(processes))],
    };
  },
};

export const memory: Claim = {
  name: 'memory',
  title: 'Memory',
  said: 'Threads share the memory of their process; each process has its own.',
  of: 'python',
  measuredBy: 'lab memory: whether another worker sees a write to an ordinary variable',
  judge(evidence, language) {
    const crew = CREWS[language];
    const [threads, processes] = [visibility(evidence, crew.threads, 'variable'), visibility(evidence, crew.processes, 'variable')];
    if (threads === null || processes === null || threads.seen === null || processes.seen === null) return notMeasured([threads?.reason, processes?.reason]);
    const shared = visibility(evidence, crew.threads, 'shared-memory');
    const holds = threads.seen && !processes.seen ? 'yes' : 'no';
    return {
      holds,
      why: holds === 'yes'
        ? 'A thread saw what another wrote to an ordinary variable; a process did not.'
        : !threads.seen
          ? `Threads of ${crew.title} have variables of their own: they share only memory that is made to be shared${shared?.seen === true ? ', such as a SharedArrayBuffer' : ''}.`
          : 'A process saw what another wrote to an ordinary variable.',
      threads: [...seenFigure(threads, 'variable'), ...seenFigure(shared, 'shared memory')],
      processes: seenFigure(processes, 'variable'),
    };
  },
};

/** The same kind of memory of both, the fairest first: proportional, private, resident. */
function eachOf(threads: MemoryRow, processes: MemoryRow): { what: string; threads: Estimate; processes: Estimate } | null {
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
  measuredBy: 'lab memory: what each further worker added',
  judge(evidence, language) {
    const crew = CREWS[language];
    const [threads, processes] = [memoryRow(evidence, crew.threads), memoryRow(evidence, crew.processes)];
    const each = threads === null || processes === null ? null : eachOf(threads, processes);
    if (each === null) return notMeasured([threads?.reason, processes?.reason]);
    const text = ({ value, low, high }: Estimate): string => `${signed(value)} [${signed(low)}, ${signed(high)}] ${each.what}`;
    const holds = below(each.threads, each.processes);
    return {
      holds,
      why: { yes: 'The interval of threads lies wholly under that of processes.', no: 'The interval of threads lies wholly above that of processes.', 'not-shown': 'The intervals overlap.' }[holds],
      threads: [figure(crew.threads, text(each.threads), each.threads)],
      processes: [figure(crew.processes, text(each.processes), each.processes)],
    };
  },
};

const signed = (value: number): string => (value < 0 ? `−${bytes(-value)}` : bytes(value));

const KIB = 1024;

export const ipcNeeded: Claim = {
  name: 'ipc-needed',
  title: 'Sharing data',
  said: 'Processes need IPC to share data; threads do not.',
  of: 'python',
  measuredBy: 'labs memory and ipc: who sees a write, and what handing over costs',
  judge(evidence, language) {
    const crew = CREWS[language];
    const [threads, processes] = [visibility(evidence, crew.threads, 'variable'), visibility(evidence, crew.processes, 'variable')];
    if (threads === null || processes === null || threads.seen === null || processes.seen === null) return notMeasured([threads?.reason, processes?.reason]);
    const holds = threads.seen && !processes.seen ? 'yes' : 'no';
    const price = (executor: ExecutorName, way: 'clone' | 'fork-advanced' | 'python-thread-queue' | 'python-queue'): ScorecardFigure[] => {
      const point = ipcPoint(evidence, way, KIB);
      return point?.roundTripUs ? [figure(executor, `${bytes(point.bytes)} there and back in ${duration(point.roundTripUs.value / 1000)}`, point.roundTripUs)] : [];
    };
    const python = language === 'python';
    return {
      holds,
      why: holds === 'yes'
        ? 'A thread sees what another writes; to a process it must be sent.'
        : !threads.seen
          ? `Threads of ${crew.title} do not see each other's variables either: they too hand data over by messages, or by memory made to be shared.`
          : 'A process saw what another wrote without any message.',
      threads: [...(threads.seen ? [figure(crew.threads, 'sees it without a message')] : []), ...price(crew.threads, python ? 'python-thread-queue' : 'clone')],
      processes: price(crew.processes, python ? 'python-queue' : 'fork-advanced'),
    };
  },
};
