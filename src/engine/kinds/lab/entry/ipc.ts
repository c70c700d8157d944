import { nowMs } from '../../../system/clock';
import { median } from '../../../statistics/summary';
import type { Ask, IpcBlock } from '../asks';
import { startLabWorker, type LabWorker, type LabWorkerKind } from './start-lab-worker';
import { ANSWERED, ASKED, LOOK_MS, type Payload } from './worker-messages';

type IpcAsk = Extract<Ask, { type: 'ipc' }>;

const KINDS: Partial<Record<IpcAsk['way'], LabWorkerKind>> = {
  clone: 'thread',
  transfer: 'thread',
  shared: 'thread',
  'fork-json': 'fork-json',
  'fork-advanced': 'fork-advanced',
};
/** Messages on their way at once while throughput is measured hold about this much, but are two at least. */
const STREAM_BYTES = 4 * 2 ** 20;
const STREAM_MOST = 64;
const FIRST = 7;

/** Blocks of messages to workers that stay from block to block, one for each way. */
export function createIpcBlocks(entry: string): (ask: IpcAsk) => Promise<IpcBlock> {
  const workers = new Map<LabWorkerKind, LabWorker>();
  return async ({ way, bytes, budgetMs }) => {
    const kind = KINDS[way];
    if (kind === undefined) throw new Error(`Node has no way named ${way}.`);
    const worker = workers.get(kind) ?? (await startLabWorker(entry, kind));
    workers.set(kind, worker);
    if (way === 'shared') return signals(worker, bytes, budgetMs);
    const text = way === 'fork-json';
    const transfer = way === 'transfer';
    // The first message of a size finds buffers and pipes as the one before left them.
    await echo(worker, payload(bytes, text), transfer);
    const returned = payload(bytes, text);
    const roundTripUs = await roundTrips(worker, (back) => back ?? returned, { transfer, budgetMs });
    const ownRoundTripUs = await roundTrips(worker, () => payload(bytes, text), { transfer, budgetMs });
    return { roundTripUs, ownRoundTripUs, bytesPerSecond: await stream(worker, { bytes, text, transfer, budgetMs }) };
  };
}

function payload(bytes: number, text: boolean): Payload {
  if (text) return 'x'.repeat(bytes);
  const data = new Uint8Array(bytes);
  data[0] = FIRST;
  data[bytes - 1] = FIRST;
  return data;
}

async function echo(worker: LabWorker, data: Payload, transfer: boolean): Promise<Payload> {
  const { length } = data;
  const answer = await worker.ask({ type: 'echo', data, transfer }, transferred(data, transfer));
  if (
    answer.type !== 'echoed' ||
    answer.data.length !== length ||
    answer.data.at(-1) !== (typeof answer.data === 'string' ? 'x' : FIRST)
  ) {
    throw new Error('The data that came back differs from the data sent.');
  }
  return answer.data;
}

const transferred = (data: Payload, transfer: boolean): ArrayBuffer[] =>
  transfer && typeof data !== 'string' && data.buffer instanceof ArrayBuffer ? [data.buffer] : [];

/** One message at a time, there and back: the median, µs. `next` makes each, before its clock starts, given what came back last. */
async function roundTrips(
  worker: LabWorker,
  next: (back: Payload | null) => Payload,
  { transfer, budgetMs }: { transfer: boolean; budgetMs: number },
): Promise<number> {
  const untilMs = nowMs() + budgetMs / 4;
  const timesUs: number[] = [];
  let back: Payload | null = null;
  do {
    const data = next(back);
    const startMs = nowMs();
    back = await echo(worker, data, transfer);
    timesUs.push((nowMs() - startMs) * 1e3);
  } while (nowMs() < untilMs);
  return median(timesUs);
}

/** Messages one after another without waiting for each: the median of what went through in a second. */
async function stream(
  worker: LabWorker,
  { bytes, text, transfer, budgetMs }: { bytes: number; text: boolean; transfer: boolean; budgetMs: number },
): Promise<number> {
  const count = Math.min(STREAM_MOST, Math.max(2, Math.ceil(STREAM_BYTES / bytes)));
  const untilMs = nowMs() + budgetMs / 2;
  const rates: number[] = [];
  do {
    // What is transferred is gone: each message needs bytes of its own.
    const data = Array.from({ length: transfer ? count : 1 }, () => payload(bytes, text));
    const startMs = nowMs();
    const answer = worker.next();
    for (let at = 0; at < count; at++) {
      const one = data[transfer ? at : 0] ?? '';
      worker.send({ type: 'take', data: one, last: at === count - 1 }, transferred(one, transfer));
    }
    await answer;
    rates.push((count * bytes * 1e3) / (nowMs() - startMs));
  } while (nowMs() < untilMs);
  return median(rates);
}

/** A signal there and back about bytes that stay where they are; the other has looked at both ends of them. */
async function signals(worker: LabWorker, bytes: number, budgetMs: number): Promise<IpcBlock> {
  const control = new Int32Array(new SharedArrayBuffer(8));
  const data = new Uint8Array(new SharedArrayBuffer(bytes));
  const count = Math.max(20, Math.min(500, Math.round(budgetMs * 5)));
  const done = worker.ask({ type: 'signals', control, data, count });
  const timesUs: number[] = [];
  for (let at = 1; at <= count; at++) {
    const startMs = nowMs();
    data[0] = at;
    Atomics.store(control, ASKED, at);
    Atomics.notify(control, ASKED, 1);
    while (Atomics.load(control, ANSWERED) < at) {
      if (Atomics.wait(control, ANSWERED, at - 1, LOOK_MS) === 'timed-out')
        throw new Error('The other thread did not answer a signal in shared memory.');
    }
    timesUs.push((nowMs() - startMs) * 1e3);
    if (data[bytes - 1] !== at % 256) throw new Error('The other thread did not see what was written.');
  }
  await done;
  // The first one waits until the thread has begun to listen.
  return { roundTripUs: median(timesUs.slice(1)), ownRoundTripUs: null, bytesPerSecond: null };
}
