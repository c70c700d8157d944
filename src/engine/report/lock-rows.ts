import {
  duration,
  NONE,
  percentOf,
  plural,
  type ExecutorReport,
  type LockProgress,
  type ResolvedSettings,
} from '../../contract';

const LOCKS: Record<LockProgress['lock'], string> = {
  shared: 'one for all workers',
  own: 'one for each worker',
  off: 'none',
};

type Say = (lock: LockProgress) => string;

const ROWS: readonly [name: string, say: Say][] = [
  ['Interpreter lock', ({ lock }) => LOCKS[lock]],
  ['Had a task: on a core', ({ onCpuShare }) => percentOf(onCpuShare, 'the tasks’ time')],
  [
    'Waiting for the lock',
    ({ waitingShare, waitingFrom }) =>
      `${waitingFrom === 'at-most' && waitingShare !== null ? 'at most ' : ''}${percentOf(waitingShare, 'the workers’ time')}`,
  ],
  [
    'Lock found held',
    ({ lock, heldShare }) => (lock === 'shared' ? percentOf(heldShare, 'the probes') : 'no shared lock'),
  ],
  [
    'Releases the lock',
    ({ lock, releasesLock }) =>
      lock === 'shared' ? (releasesLock === null ? 'not shown' : releasesLock ? 'yes' : 'no') : 'no shared lock',
  ],
  [
    'Lock probe',
    ({ probe }) =>
      probe === null
        ? 'not done'
        : `${plural(probe.looks, 'probe')}, ${percentOf(probe.cpuShare, 'one core')}${probe.meanWaitMs === null ? '' : `, each wait ${duration(probe.meanWaitMs)}`}`,
  ],
];

/** Rows of the interpreter lock for the table of executors; none where nobody has an interpreter. */
export function lockRows(executors: readonly ExecutorReport[]): string[][] {
  if (executors.every(({ lock }) => lock === undefined)) return [];
  return ROWS.map(([name, say]) => [name, ...executors.map(({ lock }) => (lock ? say(lock) : NONE))]);
}

/** The row that names the Python of a run; none where it had none. */
export function pythonRow({ python }: Pick<ResolvedSettings, 'python'>): [string, string][] {
  if (python === undefined) return [];
  const { build, executable, lockOn, startMethod } = python;
  const start = startMethod === null ? 'no multiprocessing' : `start method ${startMethod}`;
  return [['Python', `${build}, ${executable}, interpreter lock ${lockOn ? 'on' : 'off'}, ${start}`]];
}
