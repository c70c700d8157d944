import { duration, CoreloomError, type ErrorInfo, type Sample } from '../../contract';
import { forkChild, type StartChild } from './child';
import { defer, type Deferred } from './deferred';
import { createClockCheck } from './machine/clock-check';
import type { FromSampler, MachineFacts, ToSampler } from './messages';
import { createSilenceWatch } from '../silence';
import { createSupervisor } from './supervisor';
import type { Sampler, WatchedWorker } from './types';

export interface SamplerOptions {
  /** The built entry of the sampler's process. */
  entry: string;
  /** Ticks a second, above 0 and at most 10 (the kernel's counters step by 10 ms); default: 10. */
  hz?: number;
  /** Ticks a second while nothing is measured, at most `hz`; default: 2. */
  idleHz?: number;
  /** Waits before each restart, ms; when they are used up the sampler gives up. */
  restartDelaysMs?: readonly number[];
  /** A sampler that was heard and says nothing for so long is replaced, ms. */
  silenceMs?: number;
  /** How a process is started; replaced in tests. */
  startChild?: StartChild;
}

const MAX_HZ = 10;
/** A window that is only looked at. */
const IDLE_HZ = 2;
/** Ten times what a sample is ever late by on a machine at its limit: a sampler that is quiet for longer is suspended. */
const SILENCE_MS = 4_000;
const RESTART_DELAYS_MS = [250, 500, 1000, 2000, 4000];
/** Generous: a machine that is busy with the load starts a process slowly. */
const DEADLINE_MS = 30_000;
const DEADLINE = duration(DEADLINE_MS);

type Machine = Awaited<ReturnType<Sampler['machine']>>;

/** Listeners of one kind of event. */
function createListeners<T>(): { on(listener: (event: T) => void): () => void; tell(event: T): void } {
  const listeners = new Set<(event: T) => void>();
  return {
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(event) {
      for (const listener of [...listeners]) listener(event);
    },
  };
}

function checkedRate(hz: number): number {
  if (hz > 0 && hz <= MAX_HZ) return hz;
  throw new CoreloomError(
    'bad-input',
    `A sampler ticks above 0 and at most ${String(MAX_HZ)} times a second, not ${String(hz)}.`,
  );
}

/** Creates the sampler; nothing runs before `start` or `machine`. Throws `bad-input` for a rate that cannot be. */
export function createSampler(options: SamplerOptions): Sampler {
  let hz = checkedRate(options.hz ?? 10);
  const idleHz = Math.min(hz, checkedRate(options.idleHz ?? IDLE_HZ));
  let rate = hz;
  const samples = createListeners<Sample>();
  const warnings = createListeners<ErrorInfo>();
  let watched: readonly WatchedWorker[] = [];
  let nextTick = 0;
  let started: Deferred<undefined> | null = null;
  let facts: Deferred<MachineFacts> | null = null;
  let machine: Promise<Machine> | null = null;
  let stopped: Promise<void> | null = null;
  let awaitReading: (() => void)[] = [];

  const supervisor = createSupervisor({
    entry: options.entry,
    startChild: options.startChild ?? forkChild,
    restartDelaysMs: options.restartDelaysMs ?? RESTART_DELAYS_MS,
    onStart(send) {
      silence.rest();
      send({ type: 'watch', workers: watched });
      if (started !== null) send({ type: 'start', hz: rate, tick: nextTick });
      if (facts !== null) send({ type: 'machine' });
      if (awaitReading.length > 0) send({ type: 'read' });
      clock.again();
    },
    onMessage: receive,
    onRestart: (message) => {
      silence.rest();
      warnings.tell({ code: 'sampler-failed', message });
    },
    onGiveUp(message) {
      silence.rest();
      fail(message);
      // The next caller asks again.
      started = null;
      warnings.tell({ code: 'sampler-failed', message });
    },
  });
  const clock = createClockCheck(() => {
    supervisor.send({ type: 'clock' });
  });

  const silenceMs = (options.silenceMs ?? SILENCE_MS) + 1000 / idleHz;
  const silence = createSilenceWatch(silenceMs, () => {
    supervisor.replace(`did not respond for ${duration(silenceMs)} and was ended`);
  });

  function receive(message: FromSampler): void {
    switch (message.type) {
      case 'sample':
        nextTick = message.sample.tick + 1;
        silence.heard();
        started?.resolve(undefined);
        samples.tell(message.sample);
        break;
      case 'read':
        wasRead();
        break;
      case 'machine':
        facts?.resolve(message.facts);
        break;
      case 'clock':
        clock.answered(message.stampMs);
        break;
      case 'warning':
        warnings.tell(message.warning);
    }
  }

  function wasRead(): void {
    for (const resolve of awaitReading) resolve();
    awaitReading = [];
  }

  function fail(message: string): void {
    const error = new CoreloomError('sampler-failed', message);
    wasRead();
    started?.reject(error);
    facts?.reject(error);
    clock.failed(error);
  }

  function requireOpen(): void {
    if (stopped !== null) throw new CoreloomError('sampler-failed', 'The sampler was stopped; create another one.');
  }

  /** Asks the process, which is started if there is none; what waits for the answer is there already, should it be refused. */
  function ask(message: ToSampler): void {
    if (!supervisor.run()) supervisor.send(message);
  }

  function pace(wanted: number): void {
    if (rate === wanted) return;
    rate = wanted;
    if (started !== null) supervisor.send({ type: 'start', hz: rate, tick: nextTick });
  }

  async function readMachine(): Promise<Machine> {
    requireOpen();
    const read = (facts = defer<MachineFacts>(DEADLINE_MS, `The machine could not be read within ${DEADLINE}.`));
    const compared = clock.check();
    // Both at once; where the first fails, the other is given up.
    read.promise.catch((error: unknown) => {
      clock.failed(error as CoreloomError);
    });
    ask({ type: 'machine' });
    const [found, agreement] = await Promise.all([read.promise, compared]);
    return { ...found, clock: agreement };
  }

  async function stop(): Promise<void> {
    fail('The sampler was stopped.');
    silence.stop();
    await supervisor.end();
  }

  return {
    get hz() {
      return hz;
    },
    setRate(wanted) {
      hz = checkedRate(wanted);
    },
    async start() {
      pace(hz);
      if (started === null) {
        requireOpen();
        const first = (started = defer<undefined>(DEADLINE_MS, `No sample came within ${DEADLINE}.`));
        ask({ type: 'start', hz: rate, tick: nextTick });
        return first.promise;
      }
      return started.promise;
    },
    rest() {
      pace(Math.min(hz, idleHz));
    },
    machine() {
      machine ??= readMachine().catch((error: unknown) => {
        machine = null;
        facts = null;
        throw error;
      });
      return machine;
    },
    watch(workers) {
      watched = [...workers];
      supervisor.send({ type: 'watch', workers: watched });
    },
    readNow: () =>
      new Promise((resolve) => {
        awaitReading.push(resolve);
        if (stopped === null) supervisor.send({ type: 'read' });
        else wasRead();
      }),
    on: samples.on,
    onWarning: warnings.on,
    stop: () => (stopped ??= stop()),
  };
}
