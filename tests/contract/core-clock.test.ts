import { describe, expect, it } from 'vitest';
import { busyClock, celsius, gigahertz, megahertz, type BusyClock, type Sample } from '../../src/contract';
import { createFakeEngine } from '../renderer/fake/engine';

const [blank] = createFakeEngine({ cores: 2, historyMs: 100 }).state().samples;
/** Samples of 100 ms; the last of ten carries clocks. */
function second(utilization: number[], frequencyMhz: (number | null)[] | null): BusyClock | null {
  const follow = busyClock();
  let last: BusyClock | null = null;
  for (let tick = 1; tick <= 10; tick++) {
    const sample: Sample = {
      ...blank!,
      atMs: tick * 100,
      intervalMs: 100,
      cores: [0, 4],
      utilization,
      frequencyMhz: tick === 10 ? frequencyMhz : null,
    };
    last = follow(sample);
  }
  return last;
}

describe('the clock of busy cores', () => {
  it('is the mean of the cores that were busy, without the idle ones, whose governor lowers theirs', () => {
    expect(second([0.98, 0.03], [4100, 400])).toEqual({ atMs: 1000, mhz: 4100, cores: [{ core: 0, mhz: 4100 }] });
    expect(second([0.98, 0.6], [4100, 3900])?.mhz).toBe(4000);
  });

  it('is not known where all cores idle, or the busy one does not tell its clock', () => {
    expect(second([0.1, 0.2], [400, 400])).toBeNull();
    expect(second([0.9, 0.2], [null, 400])).toBeNull();
    expect(second([0.9, 0.9], null)).toBeNull();
  });

  it('is not told of less than half a second, in which the governor may not have followed the load', () => {
    const follow = busyClock();
    expect(follow({ ...blank!, intervalMs: 100, cores: [0], utilization: [1], frequencyMhz: [800] })).toBeNull();
  });
});

describe('clock and temperature in words', () => {
  it('have one decimal of a GHz in the window, whole MHz in reports and whole degrees', () => {
    expect([gigahertz(2940), megahertz(2940.4), celsius(82.6), gigahertz(null)]).toEqual([
      '2.9 GHz',
      '2,940 MHz',
      '83 °C',
      '–',
    ]);
  });
});
