import { parentPort, type Transferable } from 'node:worker_threads';
import type { RaceMethod } from '../../../../contract';
import {
  ANSWERED,
  ASKED,
  COUNTER,
  GO,
  LOOK_MS,
  MUTEX,
  type FromLabWorker,
  type Payload,
  type ToLabWorker,
} from './worker-messages';
import { lock, unlock } from './mutex';

/** A worker of the lab: a thread or a process, which does not care. */
const port = parentPort;

function post(message: FromLabWorker, transfer: readonly Transferable[] = []): void {
  if (port !== null) port.postMessage(message, transfer);
  // With a callback, a channel that is closed already is told there and not thrown.
  else process.send?.(message, undefined, undefined, () => undefined);
}

/** What every worker has one of: whether others see it is what the lab looks for. */
let variable = 0;

function receive(message: ToLabWorker): void {
  switch (message.type) {
    case 'nothing':
      post({ type: 'done' });
      return;
    case 'echo':
      post({ type: 'echoed', data: message.data }, message.transfer ? transferables(message.data) : []);
      return;
    case 'take':
      if (message.last) post({ type: 'done' });
      return;
    case 'signals':
      answerSignals(message);
      post({ type: 'done' });
      return;
    case 'race':
      post({ type: 'counted', own: race(message) });
      return;
    case 'write':
      variable = message.value;
      post({ type: 'done' });
      return;
    case 'read':
      post({ type: 'value', value: variable });
      return;
    case 'memory':
      post({ type: 'value', value: process.memoryUsage.rss() });
      return;
    case 'write-stamps':
      writeStamps(message);
      post({ type: 'done' });
      return;
    case 'see-stamps':
      post({ type: 'delays', delaysUs: seeStamps(message) });
      return;
  }
}

function transferables(data: Payload): Transferable[] {
  return typeof data === 'string' || !(data.buffer instanceof ArrayBuffer) ? [] : [data.buffer];
}

/** Sees both ends of what the other wrote, and writes them back: the bytes are where they are. */
function answerSignals({ control, data, count }: Extract<ToLabWorker, { type: 'signals' }>): void {
  for (let at = 1; at <= count; at++) {
    while (Atomics.load(control, ASKED) < at) {
      if (Atomics.wait(control, ASKED, at - 1, LOOK_MS) === 'timed-out') return;
    }
    data[data.length - 1] = data[0] ?? 0;
    Atomics.store(control, ANSWERED, at);
    Atomics.notify(control, ANSWERED, 1);
  }
}

function race({ method, increments, shared }: Extract<ToLabWorker, { type: 'race' }>): number {
  if (shared === null) return countAlone(increments);
  // Before the first repetition is timed, so that all of them are of compiled code.
  COUNT[method](new Int32Array(new SharedArrayBuffer(12)), 20_000);
  post({ type: 'at-start' });
  const untilMs = performance.now() + LOOK_MS;
  // All go at once: waking one after the other would let the first be done before the last begins.
  while (Atomics.load(shared, GO) === 0) if (performance.now() > untilMs) return 0;
  COUNT[method](shared, increments);
  return increments;
}

function countAlone(increments: number): number {
  let own = 0;
  for (let at = 0; at < increments; at++) own += 1;
  return own;
}

const COUNT: Record<RaceMethod, (shared: Int32Array, increments: number) => void> = {
  unlocked(shared, increments) {
    for (let at = 0; at < increments; at++) shared[COUNTER] = (shared[COUNTER] ?? 0) + 1;
  },
  atomics(shared, increments) {
    for (let at = 0; at < increments; at++) Atomics.add(shared, COUNTER, 1);
  },
  lock(shared, increments) {
    for (let at = 0; at < increments; at++) {
      lock(shared, MUTEX);
      shared[COUNTER] = (shared[COUNTER] ?? 0) + 1;
      unlock(shared, MUTEX);
    }
  },
  separate: (_, increments) => void countAlone(increments),
};

/** A write stands until the other has seen it and cleared it. */
function writeStamps({ stamps, times }: Extract<ToLabWorker, { type: 'write-stamps' }>): void {
  const untilMs = performance.now() + LOOK_MS;
  for (let at = 0; at < times; at++) {
    while (Atomics.load(stamps, 0) !== 0n) if (performance.now() > untilMs) return;
    Atomics.store(stamps, 0, process.hrtime.bigint());
  }
}

function seeStamps({ stamps, times }: Extract<ToLabWorker, { type: 'see-stamps' }>): number[] {
  const delaysUs: number[] = [];
  const untilMs = performance.now() + LOOK_MS;
  for (let at = 0; at < times; at++) {
    let written = 0n;
    while ((written = Atomics.load(stamps, 0)) === 0n) if (performance.now() > untilMs) return delaysUs;
    delaysUs.push(Number(process.hrtime.bigint() - written) / 1e3);
    Atomics.store(stamps, 0, 0n);
  }
  return delaysUs;
}

if (port !== null) port.on('message', receive);
else {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('disconnect', () => process.exit(0));
  process.on('message', receive);
}
post({ type: 'ready', pid: process.pid });
