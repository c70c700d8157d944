import { nowMs } from '../../../system/clock';
import type { Ask, RaceResult, Sight, Starts, StartStamps } from '../asks';
import type { LabExecutor } from '../programs';
import { startLabWorker, type LabWorker, type LabWorkerKind } from './start-lab-worker';
import { COUNTER, GO } from './worker-messages';

/** How long one worker looks for a write that it may never see, ms. */
const LOOKED_MS = 100;

export const kindOf = (executor: LabExecutor): LabWorkerKind => (executor === 'threads' ? 'thread' : 'fork-advanced');

const startAll = (entry: string, executor: LabExecutor, workers: number): Promise<LabWorker[]> =>
  Promise.all(Array.from({ length: workers }, () => startLabWorker(entry, kindOf(executor))));

const endAll = (workers: readonly LabWorker[]): Promise<unknown> => Promise.all(workers.map((worker) => worker.end()));

/** Workers that stay from repetition to repetition count at the same time. */
export function createRaces(entry: string): (ask: Extract<Ask, { type: 'race' }>) => Promise<RaceResult> {
  const started = new Map<LabExecutor, LabWorker[]>();
  return async ({ executor, method, workers, increments }) => {
    const all = started.get(executor) ?? (await startAll(entry, executor, workers));
    started.set(executor, all);
    const each = Math.floor(increments / workers);
    const expected = each * workers;
    const shared = method === 'separate' ? null : new Int32Array(new SharedArrayBuffer(12));
    const unshared = nowMs();
    const first = await Promise.all(
      all.map((worker) => worker.ask({ type: 'race', method, increments: each, shared })),
    );
    if (shared === null) {
      const counted = first.reduce((sum, answer) => sum + (answer.type === 'counted' ? answer.own : 0), 0);
      return { expected, counted, wallMs: nowMs() - unshared };
    }
    const done = Promise.all(all.map((worker) => worker.next()));
    const startMs = nowMs();
    Atomics.store(shared, GO, 1);
    const answers = await done;
    if (answers.some((answer) => answer.type !== 'counted' || answer.own !== each))
      throw new Error('A worker did not make all of its increments.');
    return { expected, counted: shared[COUNTER] ?? 0, wallMs: nowMs() - startMs };
  };
}

/** One worker writes, another looks. */
export async function look(
  entry: string,
  { executor, through, times }: Extract<Ask, { type: 'visibility' }>,
): Promise<Sight> {
  const [writer, reader] = await startAll(entry, executor, 2);
  if (!writer || !reader) throw new Error('Two workers are needed to look.');
  try {
    return through === 'variable' ? await lookForVariable(writer, reader) : await lookForStamps(writer, reader, times);
  } finally {
    await endAll([writer, reader]);
  }
}

async function lookForVariable(writer: LabWorker, reader: LabWorker): Promise<Sight> {
  const startMs = nowMs();
  await writer.ask({ type: 'write', value: 1 });
  const writtenMs = nowMs();
  for (;;) {
    const answer = await reader.ask({ type: 'read' });
    if (answer.type === 'value' && answer.value === 1)
      return { seen: true, delaysUs: [(nowMs() - startMs) * 1e3], lookedMs: nowMs() - writtenMs };
    if (nowMs() - writtenMs > LOOKED_MS) return { seen: false, delaysUs: [], lookedMs: nowMs() - writtenMs };
  }
}

async function lookForStamps(writer: LabWorker, reader: LabWorker, times: number): Promise<Sight> {
  const stamps = new BigInt64Array(new SharedArrayBuffer(8));
  const startMs = nowMs();
  const seen = reader.ask({ type: 'see-stamps', stamps, times });
  await writer.ask({ type: 'write-stamps', stamps, times });
  const answer = await seen;
  const delaysUs = answer.type === 'delays' ? answer.delaysUs : [];
  return { seen: delaysUs.length > 0, delaysUs, lookedMs: nowMs() - startMs };
}

/** The first worker of this process, and one more beside it. */
export async function start(entry: string, executor: LabExecutor): Promise<Starts> {
  const [cold, first] = await startOne(entry, executor);
  const [warm, second] = await startOne(entry, executor);
  await endAll([first, second]);
  return { cold, warm };
}

async function startOne(entry: string, executor: LabExecutor): Promise<[StartStamps, LabWorker]> {
  const worker = await startLabWorker(entry, kindOf(executor));
  await worker.ask({ type: 'nothing' });
  return [{ askedMs: worker.askedMs, readyMs: worker.readyMs, resultMs: nowMs() }, worker];
}
