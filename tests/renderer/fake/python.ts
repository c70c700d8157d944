import type { EngineState, ExecutorKey, LockProgress, PythonInfo, WorkerStatus } from '../../../src/contract';
import type { FakeOptions } from './options';

const NAMES: readonly ExecutorKey[] = ['python-threads', 'python-processes', 'python-interpreters'];

function pythonOf(version: string, over: Partial<PythonInfo>): PythonInfo {
  return {
    executable: `/usr/bin/python${version}`,
    version: `${version}.0`,
    build: `CPython ${version}.0 (main, drawn)`,
    lockOn: true,
    freeThreaded: false,
    interpreters: false,
    startMethods: ['fork', 'spawn', 'forkserver'],
    semaphores: true,
    source: `python${version} on the PATH`,
    ...over,
  };
}

/** Which executors can run, and on what. */
export function executorsOf({ python }: FakeOptions): EngineState['executors'] {
  const node: ExecutorKey[] = ['threads', 'processes'];
  const without = (reason: string): EngineState['executors'] => ({
    available: node,
    unavailable: Object.fromEntries(NAMES.map((name) => [name, reason])),
  });
  const older = pythonOf('3.13', {});
  switch (python) {
    case 'none':
      return without('No Python 3.8 or newer was found on this machine.');
    case 'looking':
      return without('Looking for a Python on this machine.');
    case '3.13':
      return {
        available: [...node, 'python-threads', 'python-processes'],
        unavailable: {
          'python-interpreters': 'Python 3.13.0 has no concurrent.interpreters; Python 3.14 or newer has.',
        },
        pythons: [older],
      };
    case '3.14':
      return {
        available: [...node, ...NAMES],
        unavailable: {},
        pythons: [pythonOf('3.14', { interpreters: true, startMethods: ['forkserver', 'fork', 'spawn'] }), older],
      };
  }
}

/** What a shared lock does to this many workers of pure Python; nothing to the others. */
export function lockOf(executor: ExecutorKey, workers: readonly WorkerStatus[]): LockProgress | null | undefined {
  if (!NAMES.includes(executor)) return undefined;
  if (workers.length === 0) return null;
  const shared = executor === 'python-threads';
  const running = shared ? 1 / workers.length : 0.97;
  const waitingShare = shared ? Math.max(0, 0.98 - running) : 0;
  return {
    lock: shared ? 'shared' : 'own',
    coresBusy: shared ? 1.01 : workers.length * 0.97,
    onCpuShare: running,
    waitingShare,
    waitingFrom: shared ? 'seen' : 'none',
    heldShare: shared ? 0.99 : null,
    probe: shared ? { looks: 400, meanWaitMs: 4.9, cpuShare: 0.004 } : null,
    releasesLock: shared ? false : null,
    workers: workers.map(({ worker }) => ({ worker, onCpuShare: running, waitingShare })),
  };
}
