import { freemem } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { createProcFiles } from '../../../metrics/tick/proc-files';
import { readProcessMemory } from '../../../metrics/memory/process-memory';
import type { Ask, Climb } from '../asks';
import { startLabWorker, type LabWorker } from './start-lab-worker';
import { kindOf } from './probes';

/** A worker's memory settles for this long after its first task. */
const SETTLE_MS = 40;
/** No further worker is started where less than this is left. */
const LEAST_FREE_BYTES = 400e6;

type Memory = Omit<Climb['points'][number], 'workers'>;

/** Worker after worker: the memory of all of them together after each, less what there was before the first. */
export async function climb(entry: string, { executor, workers }: Extract<Ask, { type: 'climb' }>): Promise<Climb> {
  const started: LabWorker[] = [];
  const points: Climb['points'] = [];
  let reason: string | null = null;
  const threads = executor === 'threads';
  await pause(SETTLE_MS);
  const before = threads ? await memoryOf([process.pid], []) : NOTHING;
  try {
    while (started.length < workers) {
      if (freemem() < LEAST_FREE_BYTES) {
        reason = `Stopped at ${started.length} workers because less than ${LEAST_FREE_BYTES / 1e6} MB of memory was left.`;
        break;
      }
      const worker = await startLabWorker(entry, kindOf(executor));
      started.push(worker);
      await worker.ask({ type: 'nothing' });
      await pause(SETTLE_MS);
      points.push({ workers: started.length, ...less(await memoryOf(pidsOf(started), started), before) });
    }
    return { processes: new Set(pidsOf(started)).size, points, reason };
  } finally {
    await Promise.all(started.map((worker) => worker.end()));
  }
}

const pidsOf = (started: readonly LabWorker[]): number[] => [...new Set(started.map(({ pid }) => pid))];
const NOTHING: Memory = { residentBytes: 0, proportionalBytes: 0, privateBytes: 0 };

/** Of all these processes together; null where the system does not say. */
async function memoryOf(pids: readonly number[], started: readonly LabWorker[]): Promise<Memory> {
  if (process.platform === 'linux') {
    const files = createProcFiles(0);
    return pids.map((pid): Memory => ({ ...UNKNOWN, ...readProcessMemory(files, pid) })).reduce(plus, NOTHING);
  }
  if (pids.every((pid) => pid === process.pid)) return { ...UNKNOWN, residentBytes: process.memoryUsage.rss() };
  // Elsewhere each process knows its own.
  const own = await Promise.all(started.map((worker) => worker.ask({ type: 'memory' })));
  return {
    ...UNKNOWN,
    residentBytes: own.reduce((sum, answer) => sum + (answer.type === 'value' ? answer.value : 0), 0),
  };
}

const UNKNOWN: Memory = { residentBytes: null, proportionalBytes: null, privateBytes: null };

const each = (a: Memory, b: Memory, combine: (a: number, b: number) => number): Memory => {
  const both = (x: number | null, y: number | null): number | null => (x === null || y === null ? null : combine(x, y));
  return {
    residentBytes: both(a.residentBytes, b.residentBytes),
    proportionalBytes: both(a.proportionalBytes, b.proportionalBytes),
    privateBytes: both(a.privateBytes, b.privateBytes),
  };
};
const plus = (a: Memory, b: Memory): Memory => each(a, b, (x, y) => x + y);
const less = (a: Memory, b: Memory): Memory => each(a, b, (x, y) => x - y);
