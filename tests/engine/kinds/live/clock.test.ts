import { describe, expect, it } from 'vitest';
import type { ClockReport, Sample } from '../../../../src/contract';
import { createClockRecord } from '../../../../src/engine/kinds/live/clock';
import { liveFinding } from '../../../../src/engine/kinds/live/finding';
import { createFakeEngine } from '../../../renderer/fake/engine';
import { seenOf } from '../../../findings/told';

const [blank] = createFakeEngine({ cores: 2, historyMs: 100 }).state().samples;

interface Second {
  busy: number[];
  mhz: (number | null)[] | null;
  taskMs?: number;
}

/** A run of so many seconds, each with one sample. */
function recorded(seconds: number, at: (second: number) => Second): ClockReport | null {
  const record = createClockRecord();
  for (let second = 1; second <= seconds; second++) {
    const { busy, mhz, taskMs } = at(second);
    if (taskMs !== undefined) record.task(taskMs);
    const sample: Sample = {
      ...blank!,
      atMs: 5000 + second * 1000,
      intervalMs: 1000,
      cores: busy.map((_, core) => core),
      utilization: busy,
      frequencyMhz: mhz,
    };
    record.sampled(sample);
  }
  return record.report(5000);
}
/** What clocks do from second to second, MHz. */
const jitter = (second: number): number => 30 * Math.sin(second * 2.4);

describe('the clock over a run', () => {
  it('is said to have fallen where it did by more than it varied before, with the tasks before and after', () => {
    const report = recorded(70, (second) => ({
      busy: [1, 1],
      mhz: [0, 1].map(() => (second <= 40 ? 4100 : 2900) + jitter(second)),
      taskMs: second <= 40 ? 38 : 54,
    }));
    expect(report?.fell).toMatchObject({ afterMs: 40_000, taskMs: { before: 38, after: 54 } });
    expect(report?.fell?.fromMhz).toBeCloseTo(4100, -2);
    expect(report?.fell?.toMhz).toBeCloseTo(2900, -2);
    expect(report?.highestMhz).toBeGreaterThan(4100);
  });

  it('has not fallen where it varies, for a moment, or by less than is written', () => {
    const at = (mhz: (second: number) => number): ClockReport | null =>
      recorded(60, (second) => ({ busy: [1], mhz: [mhz(second)] }));
    expect(at((second) => 3500 + 20 * jitter(second))?.fell).toBeNull();
    expect(at((second) => (second > 30 && second < 34 ? 2000 : 4100) + jitter(second))?.fell).toBeNull();
    expect(at((second) => (second > 30 ? 4060 : 4100))?.fell).toBeNull();
    expect(at((second) => (second > 30 ? 4100 : 2900))?.fell).toBeNull();
  });

  it('has not fallen where the governor lowers the clock of cores that idle', () => {
    // A workload that ends its computing after half a minute, and waits.
    const report = recorded(60, (second) => ({ busy: [second <= 30 ? 1 : 0.05], mhz: [second <= 30 ? 4100 : 800] }));
    expect(report).toMatchObject({ fell: null, lowestMhz: 4100 });
  });

  it('has not fallen where work moved from fast cores to slow ones', () => {
    const report = recorded(60, (second) => ({
      busy: second <= 30 ? [1, 0] : [0, 1],
      mhz: [4100 + jitter(second), 2900 + jitter(second)],
    }));
    expect(report?.fell).toBeNull();
  });

  it('is not told where it is not known, or no core was busy', () => {
    expect(recorded(60, () => ({ busy: [1], mhz: null }))).toBeNull();
    expect(recorded(60, () => ({ busy: [0.1], mhz: [800] }))).toBeNull();
  });

  it('keeps what it needs of a run of hours', () => {
    const report = recorded(10_000, (second) => ({
      busy: [1],
      mhz: [(second <= 6000 ? 4100 : 2900) + jitter(second)],
      taskMs: second <= 6000 ? 38 : 54,
    }));
    expect(report?.fell?.afterMs).toBeGreaterThan(5_980_000);
    expect(report?.fell?.afterMs).toBeLessThan(6_020_000);
  });
});

describe('the finding of a run whose clock fell', () => {
  const fell = { fromMhz: 4100, toMhz: 2900, afterMs: 40_000, taskMs: { before: 38, after: 54 } };
  const finding = (more: object, over = true): string =>
    liveFinding({ ...seenOf({ workers: 2, cpu: 0.98 }), clockFell: fell, ...more }, { over });

  it('says so, and that later tasks are slower for it where they are', () => {
    expect(finding({})).toContain(
      'The clock of the busy cores fell from 4.1 to 2.9 GHz after 40 s: later tasks are slower for that (38 ms, then 54 ms).',
    );
  });

  it('names it as no cause of tasks that are no slower, of a run that goes on, or whose number of workers changed', () => {
    const alone = 'The clock of the busy cores fell from 4.1 to 2.9 GHz after 40 s.';
    expect(finding({ clockFell: { ...fell, taskMs: { before: 38, after: 39 } } })).toContain(alone);
    expect(finding({ clockFell: { ...fell, taskMs: null } })).toContain(alone);
    expect(finding({}, false)).toContain(alone);
    expect(finding({ range: { least: 1, most: 4 } })).toContain(alone);
  });

  it('says nothing of a clock that did not', () => {
    expect(finding({ clockFell: null })).not.toContain('clock');
  });
});
