import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchPageCost, type PageCostOptions } from '../../src/main/page-cost';

type Metrics = ReturnType<PageCostOptions['metrics']>;

const process = (pid: number, type: Metrics[number]['type'], seconds?: number): Metrics[number] => ({
  pid,
  type,
  cpu: {
    percentCPUUsage: 0,
    idleWakeupsPerSecond: 0,
    ...(seconds !== undefined && { cumulativeCPUUsage: seconds }),
  },
});

describe('what the window costs', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function watched(given: Metrics[]): number[] {
    const shares: number[] = [];
    let looks = 0;
    const stop = watchPageCost({
      metrics: () => given[Math.min(looks++, given.length - 1)] ?? [],
      nowMs: () => Date.now(),
      tell: (share) => shares.push(share),
    });
    vi.advanceTimersByTime(2000 * (given.length - 1));
    stop();
    vi.advanceTimersByTime(10_000);
    return shares;
  }

  it('is the CPU time of the processes that draw it, of one core, until it is stopped', () => {
    expect(
      watched([
        [process(1, 'Browser', 5), process(2, 'Tab', 1), process(3, 'GPU', 2)],
        [process(1, 'Browser', 9), process(2, 'Tab', 1.1), process(3, 'GPU', 2.1)],
        [process(1, 'Browser', 9), process(2, 'Tab', 1.1), process(3, 'GPU', 2.5)],
      ]),
    ).toEqual([expect.closeTo(0.1), expect.closeTo(0.2)]);
  });

  it('counts a page that was loaded into a new process from its begin', () => {
    expect(watched([[process(2, 'Tab', 40)], [process(7, 'Tab', 0.5)]])).toEqual([expect.closeTo(0.25)]);
  });

  it('says nothing where no time is told', () => {
    expect(watched([[process(2, 'Tab')], [process(2, 'Tab')], [process(1, 'Browser', 3)]])).toEqual([]);
  });
});
