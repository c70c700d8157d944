import { describe, expect, it } from 'vitest';
import type { ScaleCeiling } from '../../../../src/contract';
import { crowded, recommendation } from '../../../../src/engine/kinds/scale/recommendation';
import { makeScaleReport, type CurveShape } from '../../../fixtures/scale-report';

const CEILING: ScaleCeiling = { cpus: 4, marks: [{ workers: 4, what: '4 cores' }], explanation: '' };

function why(shape: Partial<CurveShape>, { waits = false, waitedFor = 0, most = 8 } = {}): string {
  const report = makeScaleReport(
    [
      {
        executor: 'threads',
        throughput: (workers) => 100 * Math.min(workers, 4),
        coresBusy: (workers) => Math.min(workers, 4) - waitedFor,
        ...shape,
      },
    ],
    { cores: 4, most },
  );
  const [curve] = report.curves;
  if (!curve) throw new Error('A curve was expected.');
  const points = curve.points.map((point) => ({
    ...point,
    coresWaitedFor: (shape.lock === 'shared' ? 0 : Math.max(0, point.workers - 4)) + waitedFor,
  }));
  return (
    recommendation({ ...curve, points }, { ceiling: waits ? { ...CEILING, cpus: null } : CEILING, seed: 1 })?.why ?? ''
  );
}

describe('why this many workers', () => {
  it('never takes for used up what was not counted', () => {
    expect(why({ coresBusy: () => null })).toMatch(/another 2 %\. How busy the cores were is not known here\.$/);
  });

  it('chooses none where an interval is too wide to tell', () => {
    expect(why({ drift: (workers, round) => (workers === 1 ? 1 + (round % 2) * 4 : 1) })).toBe('');
  });

  it('says that the cores are used up', () => {
    expect(why({})).toBe(
      'Use 4, which achieve 4.00 × [3.88, 4.12] the throughput of one; more are not shown to gain another 2 %. 4 workers kept 4.00 of 4 cores busy, which is all that they may use.',
    );
  });

  it('blames the interpreter lock where one of them computes at a time', () => {
    expect(why({ throughput: () => 100, coresBusy: () => 1.02, lock: 'shared' })).toMatch(
      /^One worker is enough; no number of workers up to 8 .* 8 workers kept 1\.02 of 4 cores busy, as expected of threads that share one interpreter lock; waiting for the lock was not measured\.$/,
    );
  });

  it('does not blame the lock where threads wait for something else', () => {
    expect(why({ throughput: () => 100, coresBusy: () => 0.2, lock: 'shared' })).not.toContain('interpreter lock');
    expect(why({ throughput: () => 100, coresBusy: () => 0.2, lock: 'shared' }, { waits: true })).toMatch(
      /have 2 % more throughput\.$/,
    );
  });

  it('does not say that throughput still rises where the cores are used up and no more were measured', () => {
    expect(why({}, { most: 4 })).toBe(
      'Use 4, which achieve 4.00 × [3.88, 4.12] the throughput of one; more were not measured. 4 workers kept 4.00 of 4 cores busy, which is all that they may use.',
    );
    expect(why({}, { most: 3 })).toMatch(/^Use at least 3, .* and 3 is the largest number measured\.$/);
  });

  it('knows a machine whose cores others used by the waiting for a core where there is one for each', () => {
    const [curve] = makeScaleReport([{ executor: 'threads', throughput: (workers) => 100 * Math.min(workers, 4) }], {
      cores: 4,
      most: 8,
    }).curves;
    if (!curve) throw new Error('A curve was expected.');
    const waiting = (cores: number) => ({
      ...curve,
      points: curve.points.map((point) => ({
        ...point,
        coresBusy: 0.6 * point.workers,
        coresWaitedFor: point.workers <= 4 ? cores : 4,
      })),
    });
    expect(crowded(waiting(0), CEILING)).toBe(false);
    expect(crowded(waiting(0.4), CEILING)).toBe(true);
    expect(crowded(waiting(0.4), { ...CEILING, cpus: null })).toBe(false);
  });

  it('acts under a quota below one CPU, and blames nobody for what the quota holds back', () => {
    const half = { ...CEILING, cpus: 0.5 };
    const [curve] = makeScaleReport([{ executor: 'threads', throughput: () => 100 }], { cores: 1, most: 4 }).curves;
    if (!curve) throw new Error('A curve was expected.');
    const seen = (coresBusy: number, coresThrottled: number | null) => ({
      ...curve,
      points: curve.points.map((point) => ({
        ...point,
        coresBusy,
        coresWaitedFor: point.workers - coresBusy,
        coresThrottled,
      })),
    });
    expect(crowded(seen(0.5, 0.5), half)).toBe(false);
    expect(crowded(seen(0.5, null), half)).toBe(false);
    expect(crowded(seen(0.38, 0), half)).toBe(true);
    // Coreloom itself used the rest of the quota.
    expect(crowded(seen(0.42, 0.58), half)).toBe(false);
  });

  it('says where throughput still rises, and names no cause where tasks wait', () => {
    expect(why({ throughput: (workers) => 100 * workers }, { waits: true })).toMatch(
      /^Use at least 8, .* and 8 is the largest number measured\.$/,
    );
    // What they wait for was not measured: no cause is named.
    expect(why({}, { waits: true })).toMatch(/more are not shown to gain another 2 %\.$/);
  });

  it('says how much more CPU time a task takes where more workers are busy and give no more, and names no cause', () => {
    expect(why({ throughput: (workers) => 100 * Math.min(workers, 2) })).toMatch(
      / 8 workers kept 4.00 of 4 cores busy, which is all that they may use; a task took 2\.00 × the CPU time that it takes with one worker\.$/,
    );
    expect(
      why({ throughput: (workers) => 100 * Math.min(workers, 2), coresBusy: (workers) => Math.min(workers, 2) * 0.5 }),
    ).toMatch(
      / 8 workers kept 1\.00 of 4 cores busy and waited for a core for 50 % of their time; what used the cores, and what else they waited for, is unknown\.$/,
    );
  });
});
