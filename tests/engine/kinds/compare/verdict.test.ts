import { describe, expect, it } from 'vitest';
import type { CompareReport, ContenderKey, PairReport } from '../../../../src/contract';
import { verdict } from '../../../../src/engine/kinds/compare/verdict';
import { makeCompareReport, NODE_SHAPES } from '../../../fixtures/compare-report';
import { SHA256 } from '../../../fixtures/report';

const SEQUENTIAL = NODE_SHAPES[0]!;

describe('the verdict', () => {
  it('gives the gain of those that are not shown to differ, with intervals and cause', () => {
    expect(verdict(makeCompareReport(NODE_SHAPES))).toBe(
      'Threads are 1.95 × [1.91, 1.99] and processes 1.93 × [1.89, 1.97] as fast as sequential; threads and processes are not told apart: if they differ, then by no more than 3 % (95 %). The 2 workers of threads kept 2.00 of 2 cores busy, which is all that they may use.',
    );
  });

  it('names the fastest and its lead where there is one', () => {
    const said = verdict(
      makeCompareReport([
        SEQUENTIAL,
        { contender: 'threads', makespanMs: 200 },
        { contender: 'processes', makespanMs: 300 },
      ]),
    );
    expect(said).toMatch(
      /^Threads are 2\.00 × \[1\.96, 2\.04\] and processes 1\.33 × \[1\.31, 1\.36\] as fast as sequential; threads are 1\.50 × \[1\.47, 1\.53\] as fast as processes\. /,
    );
  });

  it('says who is slower than one worker where nothing is gained', () => {
    const said = verdict(
      makeCompareReport([
        { ...SEQUENTIAL, makespanMs: 10 },
        { contender: 'threads', makespanMs: 15 },
      ]),
    );
    expect(said).toMatch(/^Threads \(0\.667 × \[0\.654, 0\.680\]\) are slower than sequential\. /);
  });

  it('claims no difference between equals, and no more than that', () => {
    const said = verdict(
      makeCompareReport([
        { ...SEQUENTIAL, coresBusy: 0.9 },
        { contender: 'threads', makespanMs: 401, coresBusy: 0.9 },
      ]),
    );
    expect(said).toMatch(
      /^Threads and sequential are not told apart: if they differ, then by no more than 2\.3 % \(95 %\)\./,
    );
    expect(said).not.toMatch(/to gain/);
  });

  it('blames the interpreter lock where Python threads gain nothing and keep one core busy', () => {
    const said = verdict(
      makeCompareReport([
        ...NODE_SHAPES,
        { contender: 'python-sequential', makespanMs: 4000, workers: 1, coresBusy: 1, lock: 'shared' },
        { contender: 'python-threads', makespanMs: 4040, coresBusy: 1, lock: 'shared' },
      ]),
    );
    expect(said).toContain(
      'Python threads and sequential Python are not told apart: if they differ, then by no more than 3.1 % (95 %). The 2 workers of Python threads kept 1.00 of 2 cores busy, as expected of threads that share one interpreter lock; waiting for the lock was not measured.',
    );
  });

  it('does not blame the lock on a crowded machine, where few cores busy prove nothing', () => {
    const said = verdict(
      makeCompareReport([
        ...NODE_SHAPES,
        { contender: 'python-sequential', makespanMs: 4000, workers: 1, coresBusy: 0.5, queued: 1, lock: 'shared' },
        { contender: 'python-threads', makespanMs: 4040, coresBusy: 0.5, queued: 1, lock: 'shared' },
      ]),
    );
    expect(said).toContain('Python threads and sequential Python are not told apart');
    expect(said).not.toContain('interpreter lock');
  });

  it('does not take a crowded machine for a waiting workload, and says that it is too busy', () => {
    const shapes = NODE_SHAPES.map((shape) => ({ ...shape, coresBusy: 0.4, queued: 3.5, besides: 1.5 }));
    expect(verdict(makeCompareReport(shapes))).toMatch(
      /kept 0\.40 of 2 cores busy and waited for a core for 70 % of their time: something other than these workers used 1\.\d\d of 2 cores\. This machine was too busy to judge/,
    );
    const waiting = NODE_SHAPES.map((shape) => ({ ...shape, coresBusy: 0.05 }));
    expect(verdict(makeCompareReport(waiting, { workload: { ...SHA256, title: 'Requests', kind: 'io' } }))).toMatch(
      /Requests waits rather than computes/,
    );
  });

  it('never says that what waits computes, however long it waits for a core', () => {
    const waiting = NODE_SHAPES.map((shape) => ({ ...shape, coresBusy: 0.02, queued: 10, besides: 1.9 }));
    expect(verdict(makeCompareReport(waiting, { workload: { ...SHA256, title: 'Requests', kind: 'io' } }))).toMatch(
      /Requests waits rather than computes|waited for a core for 10 %/,
    );
  });

  it('says that tasks compute off their threads, and not that they wait', () => {
    const report = makeCompareReport(
      NODE_SHAPES.map((shape) => ({ ...shape, coresBusy: 0.05 })),
      { workload: { ...SHA256, title: 'pbk.mjs', kind: 'custom' } },
    );
    const contenders = report.contenders.map((one) => {
      const offThreadCpuMs = (one.makespanMs?.value ?? 0) * 1.9;
      return {
        ...one,
        coresBusy: 1.95,
        offThreadCpuMs,
        rounds: { ...one.rounds, offThreadCpuMs: one.rounds.round.map(() => offThreadCpuMs) },
      };
    });
    expect(verdict({ ...report, contenders })).toContain(
      'pbk.mjs computes outside its task threads: the 2 workers of threads kept 1.95 of 2 cores busy, 1.90 of them in helper threads or child processes.',
    );
  });

  it('names a quota that stopped the workers, and no other cause', () => {
    const { machine } = makeCompareReport(NODE_SHAPES);
    const limited = { ...machine, limits: { ...machine.limits, quotaCpus: 0.5, effectiveCpus: 0.5 } };
    const said = verdict(
      makeCompareReport(
        NODE_SHAPES.map((shape) => ({ ...shape, coresBusy: 0.5, queued: 3, stopped: 94 })),
        { machine: limited },
      ),
    );
    expect(said).toContain(
      'used 0.50 of the 0.5 CPUs that the quota allows and waited for a core for 75 % of their time: the quota of 0.5 CPUs stopped them in 94 % of its periods.',
    );
    expect(said).not.toContain('something');
  });

  it('never says that a workload that computes waits: its workers lacked tasks, and why is said', () => {
    const starved = NODE_SHAPES.map((shape) => ({ ...shape, coresBusy: 0.3, supplied: 0.3 }));
    const short = starved.map((shape) => ({ ...shape, makespanMs: shape.makespanMs / 200 }));
    expect(verdict(makeCompareReport(short))).toContain(
      'The 2 workers of threads kept 0.30 of 2 cores busy; they were without a task for 70 % of the time: tasks of 15.4 µs are short compared with their hand-over of 50 µs.',
    );
    const report = makeCompareReport(starved);
    expect(verdict(report)).toMatch(/they were without a task for 70 % of the time, for an unknown reason\.$/);
    expect(verdict({ ...report, settings: { ...report.settings, tasks: 3 } })).toContain(
      'they were without a task for 70 % of the time, for an unknown reason.',
    );
  });

  it('does not accuse others of the cores that handing out short tasks uses', () => {
    const short = NODE_SHAPES.map((shape) => ({
      ...shape,
      coresBusy: 1.3,
      queued: 0.4,
      engine: 0.6,
      makespanMs: shape.makespanMs / 50,
    }));
    expect(verdict(makeCompareReport(short))).toMatch(
      /waited for a core for 26 % of their time: Coreloom’s own engine, which hands out the tasks, used 0\.60 cores\./,
    );
    const unseen = short.map((shape) => ({ ...shape, engine: 0 }));
    expect(verdict(makeCompareReport(unseen))).toMatch(
      /, although 0\.\d\d of 2 cores were idle; the reason is unknown\./,
    );
  });

  it('tells a task that waits from a worker without one, where the kind does not say', () => {
    const custom = { workload: { ...SHA256, title: 'Own task', kind: 'custom' } } as const;
    const starved = NODE_SHAPES.map((shape) => ({ ...shape, coresBusy: 0.6, supplied: 0.31 }));
    expect(verdict(makeCompareReport(starved, custom))).toContain('they were without a task for 69 % of the time');
    const waiting = NODE_SHAPES.map((shape) => ({ ...shape, coresBusy: 0.1, supplied: 0.31 }));
    expect(verdict(makeCompareReport(waiting, custom))).toContain('Own task waits rather than computes');
  });

  it('does not blame the lock where threads wait for something else, nor where there is one core', () => {
    const python = [
      { contender: 'python-sequential', makespanMs: 4000, workers: 1, coresBusy: 0.2, lock: 'shared' },
      { contender: 'python-threads', makespanMs: 4800, coresBusy: 0.2, lock: 'shared' },
      { contender: 'python-processes', makespanMs: 2000, coresBusy: 0.4 },
    ] as const;
    const io = makeCompareReport([...python], { workload: { ...SHA256, kind: 'io' } });
    expect(verdict(io)).toMatch(/Python threads \(0\.833 × \[.*\]\) are slower than sequential Python\./);
    expect(verdict(io)).not.toContain('interpreter lock');
    const { machine } = io;
    const busy = makeCompareReport(
      python.map((one) => ({ ...one, coresBusy: 1 })),
      { machine: { ...machine, limits: { ...machine.limits, effectiveCpus: 1 } } },
    );
    expect(verdict(busy)).not.toContain('interpreter lock');
  });

  it('says of Python threads that are fastest that the lock holds them, and not that they wait', () => {
    const said = verdict(
      makeCompareReport(
        [
          { contender: 'python-threads', makespanMs: 400, coresBusy: 0.98, lock: 'shared' },
          { contender: 'python-processes', makespanMs: 800, coresBusy: 0.5 },
        ],
        { workload: { ...SHA256, kind: 'cpu' } },
      ),
    );
    expect(said).toContain(
      'The 2 workers of Python threads kept 0.98 of 2 cores busy, as expected of threads that share one interpreter lock; waiting for the lock was not measured.',
    );
  });

  it('does not call those equal that are shown to differ from each other', () => {
    const report = makeCompareReport(NODE_SHAPES);
    const undecided = report.differences.map((pair) => ({
      ...pair,
      verdict:
        pair.contender === 'processes' && pair.against === 'sequential'
          ? ('faster' as const)
          : ('no-difference' as const),
    }));
    expect(verdict({ ...report, differences: undecided })).toMatch(
      /^Processes are 1\.93 × .* as fast as sequential; threads and processes are not told apart: .*\. Threads and sequential are not told apart: /,
    );
  });

  it('claims no gain over a baseline from which no difference is shown, also if one dropped out', () => {
    const report = makeCompareReport([
      { ...SEQUENTIAL },
      { contender: 'threads', makespanMs: 395 },
      { contender: 'processes', makespanMs: 200 },
    ]);
    const contenders = report.contenders.map((one) =>
      one.contender === 'processes' ? { ...one, failure: { code: 'worker-died' as const, message: 'It died.' } } : one,
    );
    expect(verdict({ ...report, contenders })).toMatch(
      /^Processes dropped out before the end\. Threads and sequential are not told apart: if they differ, then by no more than 3\.4 % \(95 %\)\. /,
    );
  });

  it('names the cores of a large machine whole', () => {
    const report = makeCompareReport(NODE_SHAPES);
    const machine = { ...report.machine, limits: { ...report.machine.limits, effectiveCpus: 120 } };
    expect(verdict({ ...report, machine })).toContain('kept 2.00 of 120 cores busy');
  });

  it('calls nothing from too few rounds, and tells a failure as it is', () => {
    const few = makeCompareReport(NODE_SHAPES, { roundCount: 5 });
    expect(
      verdict({ ...few, differences: few.differences.map((pair) => ({ ...pair, verdict: 'too-few-rounds' })) }),
    ).toBe('Too few rounds to call a difference: 5, and with 3 contenders it takes at least 17.');
    expect(
      verdict(makeCompareReport(NODE_SHAPES, { failure: { code: 'checksum-mismatch', message: 'They disagree.' } })),
    ).toBe('They disagree.');
  });

  const PYTHON = [
    { contender: 'python-sequential', makespanMs: 4000, workers: 1, coresBusy: 1, lock: 'shared' },
    { contender: 'python-processes', makespanMs: 2050 },
  ] as const;

  it('tells language by language, Node first, and then how the fastest of each compare', () => {
    expect(verdict(makeCompareReport([...NODE_SHAPES, ...PYTHON]))).toMatch(
      /^Threads are 1\.95 × .* and processes 1\.93 × .* as fast as sequential; threads and processes are not told apart: [^.]*\. The 2 workers .*\. Python processes are 1\.95 × \[1\.91, 1\.99\] as fast as sequential Python\. Threads are 10\.00 × \[9\.80, 10\.20\] as fast as Python processes\.$/,
    );
  });

  it('names the cheaper one of two that are not told apart, by what was measured of both', () => {
    const costing = (threads: object, processes: object): string =>
      verdict(
        makeCompareReport([SEQUENTIAL, { ...NODE_SHAPES[1]!, ...threads }, { ...NODE_SHAPES[2]!, ...processes }]),
      );
    expect(costing({ memoryBytes: 12e6, startMs: 31 }, { memoryBytes: 81e6, startMs: 152 })).toContain(
      'by no more than 3 % (95 %). Threads cost less: 12 MB of memory, not 81 MB, and 31 ms [9, 53] to start, not 152 ms [130, 174]. The 2 workers',
    );
    expect(costing({ memoryBytes: 81e6, startMs: 40 }, { memoryBytes: 12e6, startMs: 50 })).toContain(
      '(95 %). Processes cost less: 12 MB of memory, not 81 MB. The 2 workers',
    );
    expect(costing({ memoryBytes: 12e6, startMs: 152 }, { memoryBytes: 81e6, startMs: 31 })).toContain(
      'Threads cost less: 12 MB of memory, not 81 MB; processes cost less: 31 ms [9, 53] to start, not 152 ms [130, 174]. ',
    );
    expect(costing({ memoryBytes: 19e6 }, { memoryBytes: 20e6 })).not.toContain('cost less');
    expect(costing({ makespanMs: 100, memoryBytes: 12e6 }, { memoryBytes: 81e6 })).not.toContain('cost less');
  });

  it('says what is undecided, between which differences, and what it would take', () => {
    const wide = withPair(makeCompareReport(NODE_SHAPES), 'processes', { value: 1.01, low: 0.93, high: 1.04 });
    const undecided = 'threads and processes are undecided after 10 s: the difference lies between −7 % and +4 %. ';
    expect(verdict(wide)).toContain(undecided);
    expect(verdict(wide)).toMatch(
      /To narrow that to ±2\.5 % would take about 30 s of rounds; a precise comparison takes up to 90 s\.$/,
    );
    const planned = verdict({ ...wide, settings: { ...wide.settings, rounds: 12 } });
    expect(planned).toContain('are undecided after 12 rounds: ');
    expect(planned).toMatch(/To narrow that to ±2\.5 % would take about 60 rounds\.$/);
    const wilder = withPair(wide, 'processes', { value: 1.01, low: 0.4, high: 2.6 });
    expect(verdict(wilder)).toContain('are undecided after 10 s: the ratio lies in [0.4, 2.6] ×.');
  });

  it('says who looks faster where that is too uncertain to be called, and not who costs less', () => {
    const report = makeCompareReport([
      SEQUENTIAL,
      { ...NODE_SHAPES[1]!, memoryBytes: 12e6 },
      { ...NODE_SHAPES[2]!, memoryBytes: 81e6 },
    ]);
    const leaning = verdict(withPair(report, 'processes', { value: 0.8, low: 0.64, high: 0.96 }, 'too-few-rounds'));
    expect(leaning).toContain(
      'as fast as sequential; processes look faster than threads (1.25 × [1.04, 1.56]); after 10 s that is not certain enough to be called. ',
    );
    expect(leaning).not.toContain('cost less');
  });

  it('claims no ratio where speeds changed', () => {
    const report = makeCompareReport(NODE_SHAPES);
    const all = report.differences.map((pair) => ({ ...pair, verdict: 'unsteady' as const }));
    expect(verdict({ ...report, differences: all })).toMatch(
      /^Speeds changed while this was measured \(the machine’s, or those of workers from one start to the next\); no ratio is claimed\. The 2 workers .*\.$/,
    );
    const some = withPair(report, 'processes', null, 'unsteady');
    expect(verdict(some)).toMatch(
      /^Threads are 1\.95 × \[1\.91, 1\.99\] and processes 1\.93 × .* as fast as sequential\. The 2 workers .*\. Speeds changed while this was measured \(the machine’s, or those of workers from one start to the next\); no ratio of threads to processes is claimed\.$/,
    );
  });

  it('claims what is far beyond the changes of speed, and says so', () => {
    const report = makeCompareReport(NODE_SHAPES);
    const quarters = (...contenders: string[]): CompareReport => ({
      ...report,
      differences: report.differences.map((pair) =>
        pair.against === 'sequential' && contenders.includes(pair.contender)
          ? { ...pair, basis: 'quarters' as const }
          : { ...pair, basis: 'rounds' as const },
      ),
    });
    expect(verdict(quarters('threads'))).toMatch(
      /^Threads are 1\.95 × \[1\.91, 1\.99\] .* as fast as sequential.* Speeds changed while this was measured \(.*\); the ratio of threads to sequential is far beyond those changes, and its interval allows for them\.$/,
    );
    const some = withPair(quarters('threads', 'processes'), 'processes', null, 'unsteady');
    expect(verdict(some)).toMatch(
      /; no ratio of threads to processes is claimed; the ratios of threads to sequential and processes to sequential are far beyond those changes, and their intervals allow for them\.$/,
    );
    expect(verdict(quarters())).not.toContain('Speeds changed');
  });

  it('says of many rounds that are too few that they follow one another', () => {
    const report = makeCompareReport(NODE_SHAPES, { roundCount: 30 });
    const few = report.differences.map((pair) => ({ ...pair, verdict: 'too-few-rounds' as const }));
    expect(verdict({ ...report, differences: few })).toBe(
      'Too few rounds to call a difference: 30, each much like the one before.',
    );
  });
});

/** A report whose threads and one other stand to each other as given: ratio of their times, or what was called. */
function withPair(
  report: CompareReport,
  other: ContenderKey,
  ratio: PairReport['ratio'] | null,
  called: PairReport['verdict'] = 'no-difference',
): CompareReport {
  return {
    ...report,
    differences: report.differences.map((pair) =>
      pair.contender === other && pair.against === 'threads'
        ? { ...pair, ratio: ratio ?? pair.ratio, verdict: called }
        : pair,
    ),
  };
}
