import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../src/contract';
import { calibrate, type Calibration } from '../../../src/engine/workload/calibrate';
import { findWorkload } from '../../../src/engine/workload/registry';
import type { Workload } from '../../../src/engine/workload/workload';
import { seededRandom } from '../../support/random';

/** A machine of which only the time matters: each task takes what `cost` says, on a clock that nothing else moves. */
function machine(
  cost: (size: number, run: number) => number,
  handOverMs = 0,
): { measure(size: number): Promise<number>; nowMs(): number; sizes: number[] } {
  let nowMs = 0;
  const sizes: number[] = [];
  return {
    sizes,
    nowMs: () => nowMs,
    measure: (size) => {
      const ms = cost(size, sizes.length);
      sizes.push(size);
      nowMs += ms + handOverMs;
      return Promise.resolve(ms);
    },
  };
}

function workloadOf(size: { min: number; max: number }, more: Partial<Workload> = {}): Workload {
  const { info } = findWorkload('primes');
  return { info: { ...info, size: { ...info.size, ...size, default: size.min } }, run: () => 0, ...more };
}
const workload = workloadOf({ min: 1, max: 1e9 });
const LENGTHS = [0.05, 0.5, 4, 50, 1000];

function offBy({ measuredMs }: Calibration, taskMs: number): number {
  return Math.abs(measuredMs / taskMs - 1);
}

describe('calibrate', () => {
  const shapes: [string, (size: number) => number][] = [
    ['linear', (size) => size * 1e-4],
    ['quadratic', (size) => size ** 2 * 1e-6],
    ['cubic', (size) => size ** 3 * 1e-6],
    ['linear after a constant overhead', (size) => 0.03 + size * 1e-4],
    ['size × log size', (size) => size * Math.log2(size + 1) * 1e-5],
    ['linear, then slower out of cache', (size) => size * 1e-4 + Math.max(0, size - 20_000) * 2e-4],
  ];
  for (const [shape, cost] of shapes) {
    it.each(LENGTHS)(`reaches a task of %d ms within a tenth where time is ${shape}`, async (taskMs) => {
      const { measure, nowMs } = machine(cost);
      const found = await calibrate({ workload, taskMs, measure, nowMs });
      // Whole sizes may not allow better: one more, or one less.
      const stepMs = cost(found.size + 1) - cost(found.size);
      expect(Math.abs(found.measuredMs - taskMs)).toBeLessThanOrEqual(Math.max(0.1 * taskMs, stepMs));
      expect(found.measuredMs).toBeCloseTo(cost(found.size), 9);
    });

    it(`takes no second for 4 ms, and no task five times too long, where time is ${shape}`, async () => {
      const { measure, nowMs, sizes } = machine(cost);
      await calibrate({ workload, taskMs: 4, measure, nowMs });
      expect(nowMs()).toBeLessThan(1000);
      for (const size of sizes) expect(cost(size)).toBeLessThan(20);
    });
  }

  it('is not led astray by noise of a third and hiccups of 20 ms', async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = seededRandom(seed * 7919);
      const cost = (size: number): number => size * 1e-4 * (1 + random() / 3) + (random() < 0.03 ? 20 : 0);
      const found = await calibrate({ workload, taskMs: 4, ...machine(cost) });
      expect((found.size * 1e-4 * 7) / 6 / 4).toBeGreaterThan(0.75);
      expect((found.size * 1e-4 * 7) / 6 / 4).toBeLessThan(1.25);
      expect(offBy(found, 4)).toBeLessThan(0.35);
    }
  });

  it('does not count what the first tasks pay for compiling', async () => {
    const cost = (size: number, run: number): number => (run === 0 ? 30 : 0) + size * (run < 12 ? 2e-3 : 1e-4);
    const found = await calibrate({ workload, taskMs: 4, ...machine(cost) });
    expect(found.size).toBeGreaterThan(36_000);
    expect(found.size).toBeLessThan(44_000);
  });

  it.each([1, 4, 50])(
    'finds a size for %d ms where a crowded machine hands tasks over slowly, as it does where it is quick',
    async (taskMs) => {
      for (const handOverMs of [5, 20, 80]) {
        const found = await calibrate({ workload, taskMs, ...machine((size) => size * 2e-6, handOverMs) });
        expect(found.measuredMs / taskMs).toBeGreaterThan(0.5);
      }
    },
  );

  it('warms code up also where tasks are kept waiting, and does not answer what they took before', async () => {
    for (const handOverMs of [1, 5, 20]) {
      // Interpreted at first, and twenty times as quick once compiled, which it is when it has run for a while.
      let ranMs = 0;
      const cost = (size: number, run: number): number => {
        const ms = size * 1.4e-6 * (ranMs < 30 ? 20 : 1);
        ranMs += ms;
        return ms + (run % 10 === 0 ? 60 : 0);
      };
      const found = await calibrate({ workload, taskMs: 1, ...machine(cost, handOverMs) });
      expect(found.measuredMs).toBeCloseTo(found.size * 1.4e-6, 9);
      expect(found.measuredMs).toBeGreaterThan(0.5);
      expect(found.measuredMs).toBeLessThan(2);
    }
  });

  it('gives up on a machine that hands nothing over, with the best it has', async () => {
    const { measure, nowMs } = machine((size) => size * 1e-7, 2_000);
    const found = await calibrate({ workload, taskMs: 4, measure, nowMs });
    expect(nowMs()).toBeLessThan(20_000);
    expect(found.measuredMs).toBeCloseTo(found.size * 1e-7, 9);
  });

  it('stays within the sizes of the workload, and says what was reached there', async () => {
    const cost = (size: number): number => 1 + size * 1e-3;
    const measured = machine(cost);
    const narrow = workloadOf({ min: 10, max: 100 });
    expect(await calibrate({ workload: narrow, taskMs: 0.1, ...measured })).toEqual({ size: 10, measuredMs: 1.01 });
    expect(await calibrate({ workload: narrow, taskMs: 50, ...measured })).toEqual({ size: 100, measuredMs: 1.1 });
    for (const size of measured.sizes)
      expect([size >= 10, size <= 100, Number.isInteger(size)]).toEqual([true, true, true]);
  });

  it('begins no task after its time, and answers the best it has', async () => {
    const { measure, nowMs } = machine((size) => 200 + size * 1e-4);
    const found = await calibrate({ workload, taskMs: 500, limitMs: 1000, measure, nowMs });
    expect(nowMs()).toBeLessThan(2000);
    expect(found.measuredMs).toBeGreaterThan(200);
    expect(await calibrate({ workload, taskMs: 1, limitMs: 0, ...machine((size) => size) })).toEqual({
      size: 1,
      measuredMs: 1,
    });
  });

  it('takes the size that a workload names for a length, and still measures it', async () => {
    const timed = workloadOf({ min: 1, max: 1000 }, { sizeForMs: (ms) => ms, fractionalSize: true });
    expect(await calibrate({ workload: timed, taskMs: 2.5, ...machine((size) => size + 1.1) })).toEqual({
      size: 2.5,
      measuredMs: 3.6,
    });
    expect(await calibrate({ workload: timed, taskMs: 0.2, ...machine((size) => size) })).toEqual({
      size: 1,
      measuredMs: 1,
    });
  });

  it('ends with the error of a task that fails, and with one for a time that is none', async () => {
    const failing = (): Promise<number> => Promise.reject(new Error('the worker died'));
    await expect(calibrate({ workload, taskMs: 1, measure: failing })).rejects.toThrow('the worker died');
    await expect(calibrate({ workload, taskMs: 1, measure: () => Promise.resolve(NaN) })).rejects.toMatchObject({
      code: 'internal',
    });
    expect((await calibrate({ workload: workloadOf({ min: 1, max: 100 }), taskMs: 1, ...machine(() => 0) })).size).toBe(
      100,
    );
  });

  it.each([0, -1, NaN, Infinity, LIMITS.taskMs.min / 2, LIMITS.taskMs.max * 2])(
    'refuses a task length of %d ms',
    async (taskMs) => {
      await expect(calibrate({ workload, taskMs, ...machine((size) => size) })).rejects.toMatchObject({
        code: 'bad-input',
      });
    },
  );

  it('finds a size for a real workload whose tasks then take about as long', async () => {
    const primes = findWorkload('primes');
    const context = { executor: 'sequential', worker: 1, print: () => undefined } as const;
    const measure = async (size: number): Promise<number> => {
      const startedMs = performance.now();
      await primes.run({ workload: 'primes', size, seed: 2026 }, context);
      return performance.now() - startedMs;
    };
    const found = await calibrate({ workload: primes, taskMs: 2, measure });
    expect(found.size).toBeGreaterThan(primes.info.size.min);
    // The machine is shared: only what no noise explains is refused.
    expect(found.measuredMs).toBeGreaterThan(0.5);
    expect(found.measuredMs).toBeLessThan(8);
  });
});
