import { describe, expect, it } from 'vitest';
import type { Sample, WorkerSample } from '../../../../src/contract';
import type { ExecutorStatus } from '../../../../src/engine/executor';
import { createMeter } from '../../../../src/engine/kinds/live/meter';
import type { NodeExecutor } from '../../../../src/engine/kinds/shared/staffing';
import { createSpan } from '../../../../src/engine/kinds/live/span';
import type { Throttling } from '../../../../src/engine/system/throttling';

const worker = (number: number, cpuMs: number | null): WorkerSample => ({
  executor: 'threads',
  worker: number,
  cpuMs,
  runQueueMs: cpuMs === null ? null : 10,
  core: 0,
});
const sample = (atMs: number, workers: WorkerSample[]): Sample => ({
  tick: 0,
  atMs,
  intervalMs: 100,
  cores: [0, 1],
  utilization: [0.5, 1],
  byExecutor: null,
  crossCheck: null,
  frequencyMhz: null,
  temperatureC: null,
  coreTemperatureC: null,
  memory: null,
  workers,
  offThreadCpuMs: { threads: 20, processes: null },
  observer: { cpuMs: 1, engineCpuMs: 5, lateMs: 0 },
});

function spanOf(workers: ExecutorStatus['workers'], readings: Throttling[] = []) {
  const executor = {
    name: 'threads',
    status: (): ExecutorStatus => ({ desired: 1, live: 1, queued: 0, deaths: 0, workers }),
  } as unknown as NodeExecutor;
  const meter = createMeter(executor);
  const span = createSpan({ meters: [meter], allowedCores: [1], throttling: () => readings.shift() ?? new Map() });
  span.begin();
  return { span, meter };
}

describe('what findings are made from', () => {
  it('is summed over the last seconds, and over the whole run', () => {
    const { span } = spanOf([]);
    for (let atMs = 100; atMs <= 5000; atMs += 100) span.sampled(sample(atMs, [worker(1, 40)]));
    expect(span.recent()).toMatchObject({
      elapsedMs: 3000,
      workersMs: 3000,
      cpuMs: 1200,
      offThreadCpuMs: 600,
      runQueueMs: 300,
      engineCpuMs: 180,
      machineCpuMs: 3000,
    });
    expect(span.whole()).toMatchObject({
      elapsedMs: 5000,
      workersMs: 5000,
      cpuMs: 2000,
      offThreadCpuMs: 1000,
      engineCpuMs: 300,
    });
    span.reset();
    expect(span.recent()).toMatchObject({ elapsedMs: 0, workersMs: 0, cpuMs: null, throttled: null });
    expect(span.whole().elapsedMs).toBe(5000);
  });

  it('keeps the fewest and the most workers of that time', () => {
    const { span } = spanOf([]);
    expect(span.recent().range).toEqual({ least: 0, most: 0 });
    for (const count of [1, 2, 2])
      span.sampled(
        sample(
          100,
          Array.from({ length: count }, (_, at) => worker(at + 1, 40)),
        ),
      );
    expect(span.recent().range).toEqual({ least: 1, most: 2 });
    span.reset();
    span.sampled(sample(200, [worker(1, 40), worker(2, 40)]));
    expect([span.recent().range, span.whole().range]).toEqual([
      { least: 2, most: 2 },
      { least: 1, most: 2 },
    ]);
  });

  it('leaves the time of a worker out whose CPU time is not known yet', () => {
    const { span } = spanOf([]);
    span.sampled(sample(100, [worker(1, 40), worker(2, null)]));
    expect(span.recent()).toMatchObject({ workersMs: 100, cpuMs: 40 });
  });

  it('counts the time of tasks that run, and of workers that start', () => {
    const at = { pid: 1, tid: 2, settled: 0, startUpMs: 1, handOverUs: null };
    const { span, meter } = spanOf([
      { worker: 1, state: { state: 'running', task: 1, sinceMs: 60 }, ...at },
      { worker: 2, state: { state: 'starting' }, ...at },
    ]);
    meter.settled({
      argument: { workload: 'primes', size: 1, seed: 1 },
      id: 0,
      worker: 1,
      attempts: 1,
      queuedMs: 0,
      startedMs: 10,
      finishedMs: 60,
      state: 'done',
      value: 1,
    });
    span.sampled(sample(100, [worker(1, 40)]));
    expect(span.recent()).toMatchObject({ tasksMs: 90, starting: 1 });
    span.end();
    for (let atMs = 200; atMs <= 1000; atMs += 100) span.sampled(sample(atMs, [worker(1, 40)]));
    // For a tenth of the time, and then only as replacements.
    expect(span.whole().starting).toBe(0);
  });

  it('has what the quota did between its ends', () => {
    const reading = (periods: number): Throttling =>
      new Map([['cpu.stat', { periods, stopped: periods / 2, stoppedMs: periods }]]);
    const { span } = spanOf([], [reading(0), reading(10), reading(20), reading(40)]);
    span.sampled(sample(100, []));
    span.sampled(sample(200, []));
    expect(span.whole().throttled).toEqual({ periods: 30, stopped: 15, stoppedMs: 30 });
  });
});
