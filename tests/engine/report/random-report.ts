import {
  ERROR_CODES,
  EXECUTORS,
  THREAD_HOSTS,
  RUN_OUTCOMES,
  type ByExecutor,
  type ExecutorReport,
  type LatencySummary,
  type LiveReport,
} from '../../../src/contract';
import { makeReport } from '../../fixtures/report';
import { seededRandom } from '../../support/random';

const TEXTS = [
  '',
  ' ',
  'plain',
  '"quoted", with a comma',
  'two\r\nlines',
  '\u0000\u001f\u2028',
  '𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ☃ é',
  '\ud800',
  '__proto__',
  '</script>',
  '=1+1',
  '|'.repeat(50),
];
const NUMBERS = [0, 1, 0.1, 1 / 3, 1e-9, 123456.789, 1e21, Number.MAX_SAFE_INTEGER, Number.MIN_VALUE];

/** Any valid report: every nullable field null or not, every list empty or not, awkward text and numbers. */
export function randomReport(seed: number): LiveReport {
  const random = seededRandom(seed + 1);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const below = (limit: number): number => Math.floor(random() * limit);
  const maybe = <T>(value: () => T): T | null => (random() < 0.5 ? null : value());
  const text = (): string => pick(TEXTS);
  const amount = (): number => pick(NUMBERS) * (random() < 0.5 ? 1 : random());
  const many = <T>(count: number, value: () => T): T[] => Array.from({ length: count }, value);
  const some = <T>(value: () => T): T[] => many(below(4), value);
  const byExecutor = <T>(value: () => T): ByExecutor<T> =>
    Object.fromEntries(EXECUTORS.filter(() => random() < 0.4).map((name) => [name, value()]));
  const counts = (): LiveReport['totals']['counts'] => ({
    done: below(1e6),
    failed: below(9),
    retried: below(9),
    cancelled: below(9),
  });
  const latency = (): LatencySummary => ({
    count: below(1e6),
    minMs: amount(),
    meanMs: amount(),
    p50Ms: amount(),
    p95Ms: amount(),
    p99Ms: maybe(amount),
    maxMs: amount(),
  });
  const executor = (): ExecutorReport => ({
    executor: pick(EXECUTORS),
    threadHost: maybe(() => pick(THREAD_HOSTS)),
    counts: counts(),
    throughputPerSecond: amount(),
    cpuMs: maybe(amount),
    offThreadCpuMs: maybe(amount),
    runQueueMs: maybe(amount),
    coresBusy: maybe(amount),
    shares: maybe(() => ({
      computing: random(),
      offThread: maybe(random),
      waitingForCore: maybe(random),
      waitingForLock: maybe(random),
      waitingElse: random(),
      betweenTasks: maybe(random),
    })),
    running: maybe(latency),
    failedRunning: maybe(latency),
    waiting: maybe(latency),
    startUpMs: maybe(amount),
    handOverUs: maybe(amount),
    memory: maybe(() => ({
      workers: below(9),
      residentBytesPerWorker: maybe(() => 0 - amount()),
      proportionalBytesPerWorker: maybe(amount),
    })),
    deaths: some(() => ({ atMs: amount(), worker: below(9), code: maybe(() => below(9) - 4), signal: maybe(text) })),
    workers: some(() => ({
      worker: below(9),
      pid: below(9e4),
      tid: maybe(() => below(9e4)),
      settled: below(9e4),
      cpuMs: maybe(amount),
      runQueueMs: maybe(amount),
      startUpMs: maybe(amount),
      ...(random() < 0.5 ? {} : { reused: random() < 0.5 }),
    })),
  });
  const base = makeReport({}, { cores: 2, workers: { threads: 1 }, elapsedMs: 100 });
  const cores = below(4);
  const rows = below(5);
  const matrix = (length: number): number[][] => many(cores, () => many(length, random));
  const gaps = (length: number): (number | null)[][] => many(cores, () => many(length, () => maybe(random)));
  const slow = below(3);
  const tasks = below(6);
  const executors = EXECUTORS.slice(0, 1 + below(6));
  const states = many(tasks, () => below(3));
  return {
    ...base,
    id: text() || 'id',
    outcome: pick(RUN_OUTCOMES),
    failure: maybe(() => ({ code: pick(ERROR_CODES), message: text() })),
    finding: text(),
    warnings: some(text),
    machine: {
      ...base.machine,
      cpuModel: text(),
      physicalCores: maybe(() => below(99)),
      threadsPerCore: maybe(() => 2),
      coreKinds: maybe(() => some(() => ({ kind: text(), count: below(9) }))),
      governor: maybe(text),
      limits: {
        allowedCores: maybe(() => some(() => below(64))),
        quotaCpus: maybe(amount),
        effectiveCpus: amount(),
        explanation: text(),
      },
    },
    settings: {
      ...base.settings,
      workers: byExecutor(() => below(1025)),
      workloadSettings: { delayMs: amount() },
      prepared: { port: below(65_536), path: text() },
      taskMs: maybe(amount),
      calibratedMs: maybe(amount),
      durationMs: maybe(amount),
      tasks: maybe(() => below(9)),
    },
    elapsedMs: amount(),
    totals: {
      counts: counts(),
      droppedEvents: below(9),
      throughputPerSecond: amount(),
      cpuMs: maybe(amount),
      offThreadCpuMs: maybe(amount),
      coresBusy: maybe(amount),
      running: maybe(latency),
      failedRunning: maybe(latency),
    },
    executors: some(executor),
    resizes: some(() => ({ atMs: amount(), executor: pick(EXECUTORS), from: below(1025), to: below(1025) })),
    checksums: some(() => ({ input: amount(), checksum: below(2 ** 32), tasks: below(9) })),
    samples: {
      cores: many(cores, () => below(128)),
      atMs: many(rows, () => random() * 100).sort((a, b) => a - b),
      intervalMs: many(rows, () => random() * 100),
      utilization: gaps(rows),
      byExecutor: maybe(() => byExecutor(() => gaps(rows))),
      crossCheck: { atMs: many(slow, amount), utilization: matrix(slow), cores: null },
      frequencyMhz: { atMs: many(slow, amount), mean: many(slow, () => maybe(amount)) },
      temperatureC: { atMs: many(slow, amount), value: many(slow, () => 0 - amount()) },
      throughput: byExecutor(() => many(rows, amount)),
    },
    tasks: {
      executors,
      states: ['done', 'failed', 'cancelled'],
      id: many(tasks, () => below(1e6)),
      executor: many(tasks, () => below(executors.length)),
      worker: many(tasks, () => below(9)),
      state: states,
      attempts: many(tasks, () => below(4)),
      input: many(tasks, amount),
      queuedMs: many(tasks, amount),
      startedMs: many(tasks, amount),
      finishedMs: many(tasks, amount),
      checksum: states.map((state) => (state === 0 ? below(2 ** 32) : null)),
      errors: some(() => ({ id: below(9), message: text() })),
    },
    lines: some(() => ({ executor: pick(EXECUTORS), worker: below(9), atMs: amount(), text: text() })),
    observer: {
      samplerCpuMs: maybe(amount),
      samplerShare: maybe(random),
      engineCpuMs: maybe(amount),
      samples: below(9),
      lateSamples: below(9),
      maxLateMs: amount(),
    },
    thinned: {
      tasks: { seen: 9, kept: below(10), method: text() },
      samples: { seen: 9, kept: 9, method: text() },
      lines: { seen: 0, kept: 0, method: text() },
    },
  };
}
