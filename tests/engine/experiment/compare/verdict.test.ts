import { describe, expect, it } from 'vitest';
import { verdict } from '../../../../src/engine/experiment/compare/verdict';
import { makeCompareReport, NODE_SHAPES } from '../../../fixtures/compare-report';

const SEQUENTIAL = NODE_SHAPES[0]!;

describe('the verdict', () => {
  it('gives the gain of those that are not shown to differ, with intervals and cause', () => {
    expect(verdict(makeCompareReport(NODE_SHAPES))).toBe(
      'Threads are 1.95 × [1.91, 1.99] and processes 1.93 × [1.89, 1.97] as fast as sequential; no difference shown between threads and processes. The 2 workers of threads kept 2.00 of 2 cores busy: there is no more to be had here.',
    );
  });

  it('names the fastest and its lead where there is one', () => {
    const said = verdict(makeCompareReport([SEQUENTIAL, { contender: 'threads', makespanMs: 200 }, { contender: 'processes', makespanMs: 300 }]));
    expect(said).toMatch(/^Threads are 2\.00 × \[.*\] as fast as sequential, and 1\.50 × \[1\.47, 1\.53\] as fast as processes\./);
  });

  it('says sequential is fastest where nothing is gained', () => {
    const said = verdict(makeCompareReport([{ ...SEQUENTIAL, makespanMs: 10 }, { contender: 'threads', makespanMs: 15 }]));
    expect(said).toMatch(/^Sequential is fastest, 1\.50 × \[1\.47, 1\.53\] as fast as threads\./);
    expect(said).toMatch(/Threads are slower than one worker \(0\.67 ×/);
  });

  it('claims no difference between equals, and no more than that', () => {
    const said = verdict(makeCompareReport([{ ...SEQUENTIAL, coresBusy: 0.9 }, { contender: 'threads', makespanMs: 401, coresBusy: 0.9 }]));
    expect(said).toMatch(/^No difference shown between sequential and threads\./);
    expect(said).not.toMatch(/gain nothing/);
  });

  it('blames the interpreter lock where Python threads gain nothing and keep one core busy', () => {
    const said = verdict(makeCompareReport([
      ...NODE_SHAPES,
      { contender: 'python-sequential', makespanMs: 4000, workers: 1, coresBusy: 1, lock: 'shared' },
      { contender: 'python-threads', makespanMs: 4040, coresBusy: 1, lock: 'shared' },
    ]));
    expect(said).toContain('Python threads gain nothing that was shown (0.99 × [0.97, 1.01]): 1.00 cores busy with 2 workers, as the interpreter lock lets one of them compute at a time.');
  });

  it('does not blame the lock on a crowded machine, where few cores busy prove nothing', () => {
    const said = verdict(makeCompareReport([
      ...NODE_SHAPES,
      { contender: 'python-sequential', makespanMs: 4000, workers: 1, coresBusy: 0.5, queued: 1, lock: 'shared' },
      { contender: 'python-threads', makespanMs: 4040, coresBusy: 0.5, queued: 1, lock: 'shared' },
    ]));
    expect(said).toContain('Python threads gain nothing that was shown');
    expect(said).not.toContain('interpreter lock');
  });

  it('does not take a crowded machine for a waiting workload', () => {
    const shapes = NODE_SHAPES.map((shape) => ({ ...shape, coresBusy: 0.3, queued: 4 }));
    expect(verdict(makeCompareReport(shapes))).toMatch(/waited for a core 80 % of the time they had work: something else on this machine uses the cores\./);
    const waiting = NODE_SHAPES.map((shape) => ({ ...shape, coresBusy: 0.05 }));
    expect(verdict(makeCompareReport(waiting))).toMatch(/SHA-256 waits rather than computes/);
  });

  it('calls nothing from too few rounds, and tells a failure as it is', () => {
    const few = makeCompareReport(NODE_SHAPES, { roundCount: 5 });
    expect(verdict({ ...few, differences: few.differences.map((pair) => ({ ...pair, verdict: 'too-few-rounds' })) })).toBe('Too few rounds to call a difference: 5, and 8 are needed.');
    expect(verdict(makeCompareReport(NODE_SHAPES, { failure: { code: 'checksum-mismatch', message: 'They disagree.' } }))).toBe('They disagree.');
  });
});
