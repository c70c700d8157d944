import { expect, test } from 'vitest';
import { progressLine } from '../../src/cli/progress';
import type { CompareState, LiveState, Sample } from '../../src/contract';

const run = (change: Partial<LiveState> = {}): LiveState =>
  ({
    kind: 'live',
    phase: 'running',
    settings: { workload: 'sha256' },
    elapsedMs: 12_345,
    throughput: 18_204,
    running: { p50Ms: 0.2134 },
    counts: { done: 1, failed: 0, retried: 0, cancelled: 0 },
    ...change,
  }) as LiveState;

const sample = (utilization: number[]): Sample => ({ cores: utilization.map((_, i) => i), utilization }) as Sample;

test('it says elapsed, throughput, cores busy and p50, with a bar for each core', () => {
  expect(progressLine(run(), sample([1, 0.5, 0, 0.99]), 120)).toBe(
    '█▅▁█  00:12  18,204 tasks/s  2.49 of 4 cores busy  p50 213 µs',
  );
});

test('failed tasks and stopping are said when there is cause', () => {
  const state = run({ phase: 'stopping', counts: { done: 1, failed: 3, retried: 0, cancelled: 0 } });
  expect(progressLine(state, null, 120)).toBe('00:12  18,204 tasks/s  p50 213 µs  3 failed  stopping…');
});

test('before the first task it says what is waited for', () => {
  expect(progressLine(run({ phase: 'calibrating' }), null, 80)).toBe('Calibrating sha256…');
  expect(progressLine(run({ phase: 'starting' }), null, 80)).toBe('Starting workers for sha256…');
});

test.each([20, 40, 60, 80])('it stays on one line of %i columns, whatever the number of cores', (columns) => {
  const line = progressLine(run(), sample(Array.from({ length: 256 }, () => 0.5)), columns);
  expect(line.length).toBeLessThan(columns);
  expect(progressLine(run({ phase: 'starting' }), null, columns).length).toBeLessThan(columns);
});

test('where cores outnumber columns, neighbours share a bar with their mean', () => {
  const half = Array.from({ length: 64 }, (_, i) => (i < 32 ? 1 : 0));
  const bars = progressLine(run(), sample(half), 80).split('  ')[0] ?? '';
  expect(bars).toMatch(/^█+▁+$|^█+.▁+$/);
  expect(bars.length).toBeGreaterThan(8);
});

const compare = (change: Partial<CompareState> = {}): CompareState =>
  ({
    kind: 'compare',
    phase: 'measuring',
    step: 'Measuring, 7 rounds',
    elapsedMs: 4_000,
    remainingMs: 9_000,
    progress: 0.4,
    outcome: null,
    pairs: [],
    finding:
      'Threads are 1.69 × [1.52, 1.89] as fast as sequential; threads and processes: not told apart yet, within 6 % of each other; about 9 s more.',
    ...change,
  }) as CompareState;

test('a comparison says what it is at, and from the eighth round on its verdict', () => {
  const pairs = [{ contender: 'threads', against: 'sequential', verdict: 'faster', value: 0.6, low: 0.5, high: 0.7 }];
  const later = (change: object = {}): CompareState => compare({ ...change, pairs } as Partial<CompareState>);
  expect(progressLine(compare(), null, 160)).toBe('Measuring, 7 rounds  40 %  00:04  at most about 9 s left');
  expect(progressLine(later(), null, 160)).toBe(`00:04  ${compare().finding}`);
  // Where it is too long, part after part, in whole clauses.
  const shown = [0, 3_000, 6_000].map((elapsedMs) => progressLine(later({ elapsedMs }), null, 80).slice(7));
  expect(shown).toEqual([
    'Threads are 1.69 × [1.52, 1.89] as fast as sequential;',
    'threads and processes: not told apart yet, within 6 % of each other;',
    'about 9 s more.',
  ]);
  for (const columns of [0, 20, 40]) expect(progressLine(later(), null, columns).length).toBeLessThan(columns || 1);
  expect(progressLine(later({ phase: 'stopping', step: 'Stopping' }), null, 80)).toMatch(/^Stopping/);
});
