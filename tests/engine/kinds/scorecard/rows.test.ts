import { describe, expect, it } from 'vitest';
import { CLAIMS, type ClaimName, type ScorecardRow } from '../../../../src/contract';
import { findingOf, rowsOf } from '../../../../src/engine/kinds/scorecard/rows';
import { makeCompareReport } from '../../../fixtures/compare-report';
import { asTheBooksSay, memory, race, startup } from '../../../fixtures/evidence';

const rowOf = (rows: ScorecardRow[], claim: ClaimName): ScorecardRow => {
  const row = rows.find((one) => one.claim === claim);
  if (row === undefined) throw new Error(`There is no row for ${claim}.`);
  return row;
};
const judged = (rows: ScorecardRow[], claim: ClaimName, language: 'node' | 'python') =>
  rowOf(rows, claim).judged.find((one) => one.language === language);

describe('the claims of a scorecard', () => {
  it('all hold where everything is as the books say, and name what they were judged by', () => {
    const rows = rowsOf(asTheBooksSay());
    expect(rows.map(({ claim, holds }) => ({ claim, holds }))).toEqual(
      CLAIMS.map((claim) => ({ claim, holds: 'yes' })),
    );
    for (const { threads, processes, judged } of rows) {
      expect(threads.length).toBeGreaterThan(0);
      expect(processes.length).toBeGreaterThan(0);
      for (const { why } of judged) expect(why).toMatch(/^[A-Z].*\.$/);
    }
    expect(findingOf(rows, {})).toBe('11 of 11 claims hold on this machine.');
  });

  it('are told of Node too, where some of what is said of Python is not so', () => {
    const rows = rowsOf(asTheBooksSay());
    expect(judged(rows, 'lock', 'node')).toMatchObject({
      holds: 'no',
      why: 'Threads of Node share no lock: they compute at the same time.',
    });
    expect(judged(rows, 'cpu-bound', 'node')?.holds).toBe('no');
    expect(judged(rows, 'memory', 'node')?.why).toContain('SharedArrayBuffer');
    // Of both languages, and of Node alone it would not be so.
    expect(rowOf(rows, 'lock').threads.map(({ text }) => text)).toEqual([
      'Node: 2.00 cores busy',
      'Python: 1.00 cores busy',
    ]);
  });

  it('are not shown where nothing was measured, and none is passed over in silence', () => {
    const rows = rowsOf({});
    expect(new Set(rows.map(({ holds }) => holds))).toEqual(new Set(['not-shown']));
    expect(findingOf(rows, {})).toMatch(/^0 of 11 claims hold on this machine\. Not shown: execution, /);
  });

  it('fail on a free-threaded Python, and say why', () => {
    const cpu = makeCompareReport([
      { contender: 'python-sequential', makespanMs: 800, workers: 1 },
      { contender: 'python-threads', makespanMs: 415, coresBusy: 1.95, lock: 'off' },
      { contender: 'python-processes', makespanMs: 420, lock: 'own' },
    ]);
    const rows = rowsOf({ ...asTheBooksSay(), cpu });
    expect(rowOf(rows, 'lock')).toMatchObject({ holds: 'no' });
    expect(judged(rows, 'lock', 'python')?.why).toBe('This Python is free-threaded: its lock is off.');
    expect(rowOf(rows, 'cpu-bound').holds).toBe('no');
    expect(rowOf(rows, 'gain').holds).toBe('no');
    expect(findingOf(rows, {})).toBe(
      '8 of 11 claims hold on this machine. These do not hold: CPU-bound work, interpreter lock, performance gain.',
    );
  });

  it('say nothing of the lock where processes did not get the cores either', () => {
    const cpu = makeCompareReport([
      { contender: 'python-sequential', makespanMs: 800, workers: 1 },
      { contender: 'python-threads', makespanMs: 810, coresBusy: 1, lock: 'shared' },
      { contender: 'python-processes', makespanMs: 800, coresBusy: 1.02 },
    ]);
    expect(rowOf(rowsOf({ cpu }), 'lock').holds).toBe('not-shown');
  });

  it('come after the word that the machine was too busy, where workers waited for cores that were theirs', () => {
    const shapes = [
      { contender: 'sequential', makespanMs: 400, workers: 1, coresBusy: 0.6, queued: 0.6 },
      { contender: 'threads', makespanMs: 400, coresBusy: 1, queued: 0.9 },
    ] as const;
    const cpu = makeCompareReport([...shapes]);
    const evidence = { ...asTheBooksSay(), cpu };
    expect(findingOf(rowsOf(evidence), evidence)).toMatch(
      /^This machine was too busy to judge claims about time: 2 workers of threads waited for a core for 45 % of their time, although there was one for each\. \d+ of 11 claims hold/,
    );
    const crowd = {
      ...evidence,
      cpu: makeCompareReport([
        { ...shapes[0], coresBusy: 1, queued: 0 },
        { ...shapes[1], workers: 8, coresBusy: 2, queued: 3 },
      ]),
    };
    expect(findingOf(rowsOf(crowd), crowd)).toMatch(/^\d+ of 11 claims hold/);
  });

  it('go by intervals: those that overlap show nothing, those the other way round refute', () => {
    const near = rowsOf({
      startup: startup([
        ['threads', 50],
        ['processes', 52],
        ['python-threads', 1],
        ['python-processes', 60],
      ]),
    });
    expect(judged(near, 'start-up', 'node')?.holds).toBe('not-shown');
    expect(judged(near, 'start-up', 'python')?.holds).toBe('yes');
    expect(rowOf(near, 'start-up').holds).toBe('not-shown');
    const reversed = rowsOf({
      startup: startup([
        ['threads', 90],
        ['processes', 52],
        ['python-threads', 1],
        ['python-processes', 60],
      ]),
    });
    expect(rowOf(reversed, 'start-up').holds).toBe('no');
  });

  it('hold I/O against a margin of 5 %, as less is nothing to choose by', () => {
    const io = (threadsMs: number) =>
      makeCompareReport([
        { contender: 'sequential', makespanMs: 400, workers: 1 },
        { contender: 'threads', makespanMs: threadsMs },
        { contender: 'processes', makespanMs: 200 },
      ]);
    const holds = (threadsMs: number) => judged(rowsOf({ io: io(threadsMs) }), 'io-bound', 'node')?.holds;
    expect(holds(201)).toBe('yes');
    expect(holds(212)).toBe('not-shown');
    expect(holds(240)).toBe('no');
    expect(holds(400)).toBe('no');
  });

  it('never call a race that was not seen safe', () => {
    const rows = rowsOf({
      race: race([
        ['threads', 'unlocked', 'not-observed'],
        ['processes', 'separate', 'cannot-race'],
      ]),
    });
    expect(judged(rows, 'races', 'node')).toMatchObject({
      holds: 'not-shown',
      why: 'No lost update was observed in 10 rounds, but that does not prove it safe.',
    });
  });

  it('compare the same kind of memory, and say which', () => {
    const report = memory(
      [
        ['threads', 6e6],
        ['processes', 11e6],
      ],
      [],
    );
    const [threads] = report.rows;
    if (threads) threads.eachProportionalBytes = null;
    expect(rowOf(rowsOf({ memory: report }), 'memory-cost').threads[0]?.text).toContain('resident');
    expect(rowOf(rowsOf({ memory: report }), 'execution').judged[0]?.why).toBe(
      'Threads: 1 process for 4 workers; processes: 4 processes for 4 workers.',
    );
  });

  it('hand on the reason of a lab that could not measure', () => {
    const report = startup([['threads', 30]]);
    report.rows.push({
      executor: 'processes',
      start: 'warm',
      readyMs: null,
      firstResultMs: null,
      totalMs: null,
      reason: 'This system starts no more processes.',
    });
    expect(judged(rowsOf({ startup: report }), 'start-up', 'node')).toMatchObject({
      holds: 'not-shown',
      why: 'This system starts no more processes.',
    });
  });
});
