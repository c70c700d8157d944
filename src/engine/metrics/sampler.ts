import { CoreloomError, type ErrorInfo, type Sample } from '../../contract';
import { nowMs } from '../clock';
import { forkChild, type SamplerChild, type StartChild } from './child';
import { createClockCheck } from './machine/clock-check';
import type { FromSampler, MachineFacts } from './messages';
import type { Sampler, WatchedWorker } from './types';

export interface SamplerOptions {
  /** The built entry of the sampler's process. */
  entry: string;
  /** Ticks a second, above 0 and at most 10 (the kernel's counters step by 10 ms); 10 where not given. */
  hz?: number;
  /** Waits before each restart, ms; when they are used up the sampler gives up. */
  restartDelaysMs?: readonly number[];
  /** How a process is started; replaced in tests. */
  startChild?: StartChild;
}

const MAX_HZ = 10;
const RESTART_DELAYS_MS = [250, 500, 1000, 2000, 4000];
/** A process that lived this long was well: the delays begin anew. */
const WELL_AFTER_MS = 30_000;
const FIRST_SAMPLE_DEADLINE_MS = 30_000;
const MACHINE_DEADLINE_MS = 20_000;

type Machine = Awaited<ReturnType<Sampler['machine']>>;

/** A promise that is settled from outside. */
interface Deferred<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: CoreloomError) => void;
}

function defer<T>(): Deferred<T> {
  let settle: Omit<Deferred<T>, 'promise'> | undefined;
  const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
  // Whoever waits for it sees the rejection; nobody need wait.
  promise.catch(() => {});
  return { promise, resolve: (value) => settle?.resolve(value), reject: (error) => settle?.reject(error) };
}

async function withDeadline(awaited: Deferred<undefined>, message: string): Promise<void> {
  const timer = setTimeout(() => {
    awaited.reject(new CoreloomError('sampler-failed', message));
  }, FIRST_SAMPLE_DEADLINE_MS);
  await awaited.promise.finally(() => {
    clearTimeout(timer);
  });
}

/** Creates the sampler; nothing runs before `start` or `machine`. Throws `bad-input` for a rate that cannot be. */
export function createSampler(options: SamplerOptions): Sampler {
  const hz = options.hz ?? 10;
  if (!(hz > 0 && hz <= MAX_HZ)) {
    throw new CoreloomError('bad-input', `A sampler ticks above 0 and at most ${String(MAX_HZ)} times a second, not ${String(hz)}.`);
  }
  const { entry, restartDelaysMs = RESTART_DELAYS_MS, startChild = forkChild } = options;
  const sampleListeners = new Set<(sample: Sample) => void>();
  const warningListeners = new Set<(warning: ErrorInfo) => void>();
  let child: SamplerChild | null = null;
  let bornMs = 0;
  let restarts = 0;
  let restartTimer: NodeJS.Timeout | undefined;
  let watched: readonly WatchedWorker[] = [];
  let nextTick = 0;
  let started: Deferred<undefined> | null = null;
  let facts: Deferred<MachineFacts> | null = null;
  let machine: Promise<Machine> | null = null;
  let stopped: Promise<void> | null = null;
  const clock = createClockCheck(() => child?.send({ type: 'clock' }));

  const warn = (message: string): void => {
    for (const listener of [...warningListeners]) listener({ code: 'sampler-failed', message });
  };

  function receive(message: FromSampler): void {
    switch (message.type) {
      case 'sample':
        nextTick = message.sample.tick + 1;
        started?.resolve(undefined);
        for (const listener of [...sampleListeners]) listener(message.sample);
        break;
      case 'machine':
        facts?.resolve(message.facts);
        break;
      case 'clock':
        clock.answered(message.stampMs);
        break;
      case 'warning':
        for (const listener of [...warningListeners]) listener(message.warning);
    }
  }

  function fail(message: string): void {
    const error = new CoreloomError('sampler-failed', message);
    started?.reject(error);
    facts?.reject(error);
    clock.failed(error);
    warn(message);
  }

  function ended(how: string): void {
    child = null;
    if (stopped !== null) return;
    if (nowMs() - bornMs > WELL_AFTER_MS) restarts = 0;
    const delayMs = restartDelaysMs[restarts];
    if (delayMs === undefined) {
      fail(`The sampler's process ${how} and is not started again after ${String(restarts + 1)} tries: there are no more samples.`);
      return;
    }
    restarts++;
    warn(`The sampler's process ${how}; it is started again in ${String(delayMs)} ms, samples until then are missing.`);
    restartTimer = setTimeout(launch, delayMs);
  }

  function launch(): void {
    restartTimer = undefined;
    bornMs = nowMs();
    child = startChild(entry, { onMessage: receive, onEnd: ({ how }) => { ended(how); } });
    child.send({ type: 'watch', workers: watched });
    if (started !== null) child.send({ type: 'start', hz, tick: nextTick });
    if (facts !== null) child.send({ type: 'machine' });
    clock.again();
  }

  function alive(): void {
    if (stopped !== null) throw new CoreloomError('sampler-failed', 'The sampler was stopped; create another one.');
    if (child === null && restartTimer === undefined) launch();
  }

  async function readMachine(): Promise<Machine> {
    alive();
    facts ??= defer<MachineFacts>();
    const timer = setTimeout(() => {
      facts?.reject(new CoreloomError('sampler-failed', `The machine could not be read within ${String(MACHINE_DEADLINE_MS / 1000)} s.`));
      clock.failed(new CoreloomError('sampler-failed', 'The clocks could not be compared.'));
    }, MACHINE_DEADLINE_MS);
    child?.send({ type: 'machine' });
    try {
      const [found, compared] = await Promise.all([facts.promise, clock.check()]);
      return { ...found, clock: compared };
    } finally {
      clearTimeout(timer);
    }
  }

  async function stop(): Promise<void> {
    clearTimeout(restartTimer);
    const error = new CoreloomError('sampler-failed', 'The sampler was stopped.');
    started?.reject(error);
    facts?.reject(error);
    clock.failed(error);
    await child?.end();
  }

  return {
    hz,
    async start() {
      if (started !== null) return started.promise;
      alive();
      started = defer<undefined>();
      child?.send({ type: 'start', hz, tick: nextTick });
      return withDeadline(started, `No sample came within ${String(FIRST_SAMPLE_DEADLINE_MS / 1000)} s.`);
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
      child?.send({ type: 'watch', workers: watched });
    },
    on(listener) {
      sampleListeners.add(listener);
      return () => sampleListeners.delete(listener);
    },
    onWarning(listener) {
      warningListeners.add(listener);
      return () => warningListeners.delete(listener);
    },
    stop: () => (stopped ??= stop()),
  };
}
