import { nowMs } from '../system/clock';
import { createMemoryReader } from './memory/memory';
import { readProcessMemory } from './memory/process-memory';
import type { FromSampler, ToSampler } from './messages';
import { startSlow, type Slow } from './slow/slow';
import { createCollector, type Collect } from './tick/collector';
import { cpuTimesReader } from './tick/cpu-times';
import { observerCpuReader } from './tick/observer';
import { createOffThreadReader } from './tick/off-thread';
import { createProcFiles } from './tick/proc-files';
import { startTicker } from './tick/schedule';
import { createWorkerUseReader } from './tick/worker-use';

/** To both sides of the end of a tick: 300 ms are looked at for a tick of 100, as the kernel's counters step by 10. */
const HALF_WINDOW_MS = 100;
/** A tick that is ended ahead of its time is at least this long: the kernel's counters step by 10 ms. */
const SHORTEST_TICK_MS = 20;
/** How often the slow thread is asked. */
const SLOW_EVERY_MS = 1000;
/** Samples that the parent has not taken yet; beyond that new ones are left out, which their numbers show. */
const MAX_UNSENT = 50;

function sender(): (message: FromSampler) => void {
  let unsent = 0;
  return (message) => {
    if (message.type === 'sample' && unsent >= MAX_UNSENT) return;
    unsent++;
    // A closed channel is told by `disconnect`.
    process.send?.(message, () => unsent--);
  };
}

/** The sampler's process: answers its parent's messages until the parent is gone. */
export function serveSampler(entry: string): void {
  const send = sender();
  const files = createProcFiles();
  const workers = createWorkerUseReader(files);
  const offThread = createOffThreadReader({ files, threads: workers, engine: process.ppid });
  offThread.watch([]);
  const memory = createMemoryReader({ host: process.ppid, readProcess: (pid) => readProcessMemory(files, pid) });
  let slowThread: Slow | undefined;
  const slow = (): Slow =>
    (slowThread ??= startSlow({
      entry,
      onMachine: (facts) => {
        send({ type: 'machine', facts });
      },
      onWarning: (warning) => {
        send({ type: 'warning', warning });
      },
    }));

  const collector = (firstTick: number): Collect =>
    createCollector({
      firstTick,
      halfMs: HALF_WINDOW_MS,
      readCpuTimes: cpuTimesReader((path) => files.read(path)),
      workers,
      offThread,
      memory,
      takeSlow: () => slow().take(),
      observerCpuMs: observerCpuReader(files),
      attributes: process.platform === 'linux',
    });
  let collect: Collect | undefined;
  let stopTicking = (): void => {};
  let periodMs: number | null = null;
  let readAsked = false;
  let tickedMs = -Infinity;
  let askedMs = -Infinity;

  /** At the end of a tick, so that what systeminformation speaks of ends with a sample. */
  function askSlow(atMs: number, everyMs: number): void {
    if (atMs - askedMs < SLOW_EVERY_MS - everyMs / 2) return;
    askedMs = atMs;
    slow().poll();
  }

  function tick(everyMs: number, add: Collect, firstMs: number): void {
    stopTicking();
    stopTicking = startTicker({
      periodMs: everyMs,
      nowMs,
      firstMs,
      tick: (atMs, lateMs) => {
        tickedMs = atMs;
        askSlow(atMs, everyMs);
        const sample = add(atMs, lateMs);
        if (sample !== null) send({ type: 'sample', sample });
        if (readAsked) send({ type: 'read' });
        readAsked = false;
      },
    });
  }

  /** Begins to tick, or ticks at another rate from now on: no tick is shorter for it, and nothing is lost. */
  function start(hz: number, firstTick: number): void {
    periodMs = 1000 / hz;
    tick(periodMs, (collect ??= collector(firstTick)), tickedMs + periodMs);
  }

  /** Ticks as soon as that says something, and at the rate from then on. */
  function read(): void {
    readAsked = true;
    if (periodMs !== null && collect) tick(periodMs, collect, tickedMs + SHORTEST_TICK_MS);
  }

  process.on('message', (message: ToSampler) => {
    switch (message.type) {
      case 'start':
        start(message.hz, message.tick);
        break;
      case 'watch':
        workers.watch(message.workers);
        offThread.watch(message.workers);
        memory.watch(message.workers, nowMs());
        break;
      case 'read':
        read();
        break;
      case 'machine':
        slow().requestMachine();
        break;
      case 'clock':
        send({ type: 'clock', stampMs: nowMs() });
    }
  });
  // The parent closed the channel, or was killed: this process must not outlive it.
  process.on('disconnect', () => process.exit(0));
  // The parent may have been killed before there was anybody to hear of it.
  if (!process.connected) process.exit(0);
  // A terminal or a service manager signals the whole group; the parent decides when sampling ends.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
}
