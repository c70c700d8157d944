import {
  entriesOf,
  type ByExecutor,
  type ExecutorKey,
  type ExecutorProgress,
  type LiveState,
  type Sample,
} from '../../src/contract';
import { createMoments, type Moment } from '../../src/cli/screen/moment';

interface Drawn {
  cores: number;
  workers: ByExecutor<number>;
  change?: Partial<LiveState>;
  sample?: Partial<Sample>;
}

const counts = (done: number, failed = 0) => ({ done, failed, retried: 0, cancelled: 0 });
const latency = (p50Ms: number) => ({ p50Ms }) as LiveState['running'];

function progress(executor: ExecutorKey, workers: number): ExecutorProgress {
  return {
    executor,
    desired: workers,
    live: workers,
    counts: counts(workers * 1_234),
    throughput: workers * 456.7,
    running: latency(2.13),
    workers: Array.from({ length: workers }, (_, at) => ({
      worker: at + 1,
      state: { state: 'running', task: at, sinceMs: 0 },
      settled: 1_200 + at,
    })),
  } as ExecutorProgress;
}

/** A live run in which every core is a little less busy than the one before, and executors take turns on them. */
export function drawnRun({ cores, workers, change, sample }: Drawn): { run: LiveState; moment: Moment } {
  const executors = entriesOf(workers).map(([name, count]) => progress(name, count));
  const run = {
    kind: 'live',
    phase: 'running',
    step: 'Running',
    settings: { workload: 'sha256' },
    elapsedMs: 12_345,
    progress: 0.4,
    remainingMs: 18_000,
    finding: 'Threads and processes keep every core busy: 1.9 × [1.8, 2.0] one worker. A third worker adds nothing.',
    executors,
    throughput: executors.reduce((sum, one) => sum + one.throughput, 0),
    running: latency(2.13),
    counts: counts(executors.reduce((sum, one) => sum + one.counts.done, 0)),
    ...change,
  } as LiveState;
  const moments = createMoments();
  for (let second = 0; second < 10; second += 1) moments.rate(second * 1_000, run.throughput * (0.5 + second / 20));
  moments.sample({ ...drawnSample(cores, executors), ...sample });
  return { run, moment: moments.now() };
}

function drawnSample(cores: number, executors: readonly ExecutorProgress[]): Sample {
  const numbers = Array.from({ length: cores }, (_, core) => core);
  const busy = numbers.map((core) => 1 - (0.9 * core) / cores);
  const share = (at: number): number[] =>
    numbers.map((core) => (core % executors.length === at ? 0.8 : 0.1) * (busy[core] ?? 0));
  return {
    atMs: 1_000,
    intervalMs: 1_000,
    cores: numbers,
    utilization: busy,
    byExecutor: Object.fromEntries(executors.map(({ executor }, at) => [executor, share(at)])),
    frequencyMhz: numbers.map(() => 3_900),
    temperatureC: 71,
    workers: executors.flatMap(({ executor, workers }) =>
      workers.map(({ worker }) => ({ executor, worker, cpuMs: 900 - 10 * (worker % 60), runQueueMs: 50, core: 0 })),
    ),
  } as unknown as Sample;
}
