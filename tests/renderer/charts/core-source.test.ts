import { describe, expect, test } from 'vitest';
import type { CrossCheck } from '../../../src/contract';
import { createCheckHistory } from '../../../src/renderer/src/charts/check-history';
import { drawingOf } from '../../../src/renderer/src/charts/core-source';

const BOTH = { kernel: true, systeminformation: true };
const KERNEL = { kernel: true, systeminformation: false };
const OTHER = { kernel: false, systeminformation: true };

describe('what the cores are drawn from', () => {
  test('is the kernel with systeminformation over it and printed, or one of them alone', () => {
    expect(drawingOf('both', BOTH)).toEqual({ bars: 'kernel', line: true, printed: 'systeminformation' });
    expect(drawingOf('kernel', BOTH)).toEqual({ bars: 'kernel', line: false, printed: 'kernel' });
    expect(drawingOf('systeminformation', BOTH)).toEqual({
      bars: 'systeminformation',
      line: false,
      printed: 'systeminformation',
    });
  });

  test.each(['both', 'kernel', 'systeminformation'] as const)(
    'is the other source where %s is asked for and one is not there',
    (source) => {
      expect(drawingOf(source, KERNEL)).toMatchObject({ bars: 'kernel', printed: 'kernel' });
      expect(drawingOf(source, OTHER)).toEqual({
        bars: 'systeminformation',
        line: false,
        printed: 'systeminformation',
      });
    },
  );
});

describe('the readings of systeminformation', () => {
  const check = (fromMs: number, utilization: (number | null)[], cores = [0, 1]): CrossCheck => ({
    fromMs,
    toMs: fromMs + 1000,
    cores,
    utilization,
    kernel: cores.map(() => 0.5),
  });

  test('are of the time that each speaks of, by the numbers of the cores', () => {
    const checks = createCheckHistory();
    checks.push(check(1_000, [0.1, 0.2]));
    checks.push(check(2_500, [0.3, 0.4], [3, 1]));
    expect([...(checks.at(1_500, [0, 1]) ?? [])]).toEqual([0.1, 0.2]);
    expect(checks.at(2_200, [0, 1])).toBeNull();
    expect([...(checks.at(3_500, [0, 1, 3]) ?? [])]).toEqual([NaN, 0.4, 0.3]);
    expect([...(checks.at(3_500, [1]) ?? [])]).toEqual([0.4]);
    expect(checks.at(3_501, [0, 1])).toBeNull();
  });

  test('are forgotten after a minute, also for how far the two were apart', () => {
    const checks = createCheckHistory();
    checks.push(check(0, [1, 1]));
    expect(checks.apart()?.mean).toBeCloseTo(0.5);
    checks.push(check(60_500, [0.5, 0.52]));
    expect(checks.apart()?.mean).toBeCloseTo(0.01);
    expect(checks.at(500, [0])).toBeNull();
    checks.clear();
    expect(checks.apart()).toBeNull();
    expect(checks.newest).toBeNull();
  });
});
