import { describe, expect, test } from 'vitest';
import { createEngineClock } from '../../../src/renderer/src/charts/engine-clock';
import { roundUp } from '../../../src/renderer/src/charts/paint-rates';
import { createRateHistory } from '../../../src/renderer/src/charts/rate-history';
import { createWorkerShares } from '../../../src/renderer/src/charts/worker-shares';
import { liveIn } from '../../support/experiment-state';
import { createFakeEngine } from '../fake/engine';

describe('the clock of the engine', () => {
  test('follows the least delayed of the recent stamps', () => {
    let page = 1000;
    const clock = createEngineClock(() => page);
    expect(clock.now()).toBeNull();
    clock.observe(5000 - 40);
    page += 100;
    clock.observe(5100 - 2);
    page += 50;
    expect(clock.now()).toBe(5148);
  });
});

describe('shares of the workers', () => {
  const [first] = createFakeEngine({ cores: 2, historyMs: 100 }).state().samples;
  const ALWAYS = { fromMs: 0, toMs: Infinity };
  const worker = { executor: 'threads' as const, worker: 1, cpuMs: 60, runQueueMs: 20, core: 0 };

  test('divide by the whole time of all workers of the executor', () => {
    const shares = createWorkerShares();
    shares.push({
      ...first!,
      workers: [worker, { ...worker, worker: 2, cpuMs: 20, runQueueMs: 0 }],
      offThreadCpuMs: { threads: 60 },
    });
    expect(shares.of('threads', ALWAYS)).toEqual({ onCore: 0.4, offThread: 0.3, waitingForCore: 0.1 });
    expect(shares.of('processes', ALWAYS)).toBeNull();
  });

  test('stay those of the run when it has ended: its workers idle for a while and go', () => {
    const shares = createWorkerShares();
    const at = (atMs: number, cpuMs: number): void => {
      shares.push({ ...first!, atMs, intervalMs: 100, workers: cpuMs < 0 ? [] : [{ ...worker, cpuMs }] });
    };
    for (let ms = 100; ms <= 3000; ms += 100) at(ms, 90);
    for (let ms = 3100; ms <= 3300; ms += 100) at(ms, 0);
    for (let ms = 3400; ms <= 9000; ms += 100) at(ms, -1);
    expect(shares.of('threads', { fromMs: 0, toMs: 3000 })?.onCore).toBeCloseTo(0.9);
    expect(shares.of('threads', { fromMs: 3300, toMs: Infinity })).toBeNull();
  });

  test('are null, not 0, where one worker cannot be read', () => {
    const shares = createWorkerShares();
    shares.push({ ...first!, workers: [worker, { ...worker, worker: 2, runQueueMs: null }] });
    expect(shares.of('threads', ALWAYS)).toEqual({ onCore: 0.6, offThread: null, waitingForCore: null });
  });
});

describe('the history of rates', () => {
  test('averages the workers over the second that the rate is of', () => {
    const fake = createFakeEngine({
      cores: 2,
      historyMs: 20_000,
      run: { workload: 'sha256', workers: { threads: 2 }, taskMs: 20 },
    });
    const run = liveIn(fake.state())!;
    const history = createRateHistory();
    for (let tick = 0; tick < 10; tick++) {
      history.push(tick * 100, { ...run, executors: run.executors.map((one) => ({ ...one, live: tick < 5 ? 2 : 6 })) });
    }
    expect(history.meanLive('threads')).toBe(4);
    expect(createRateHistory().meanLive('threads')).toBeNull();
  });

  test('leaves out changes of phase that repeat the same moment', () => {
    const fake = createFakeEngine({
      cores: 2,
      historyMs: 20_000,
      run: { workload: 'sha256', workers: { threads: 2 }, taskMs: 20 },
    });
    const run = liveIn(fake.state())!;
    const history = createRateHistory();
    for (const atMs of [0, 100, 101, 200]) history.push(atMs, run);
    expect(history.length).toBe(3);
  });

  test('ends its axis at a round number', () => {
    expect([0.2, 3, 11, 180, 2184, 2600].map(roundUp)).toEqual([1, 3, 20, 200, 3000, 3000]);
  });
});
