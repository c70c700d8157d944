import { describe, expect, it } from 'vitest';
import type { CompareState } from '../../../../src/contract';
import { findingSoFar, type SoFar } from '../../../../src/engine/kinds/compare/so-far';
import { lawsBroken } from '../../../findings/laws';

type Pair = CompareState['pairs'][number];

const contenders: CompareState['contenders'] = [
  { contender: 'sequential', medianMs: 400, failure: null },
  { contender: 'threads', medianMs: 235, failure: null },
  { contender: 'processes', medianMs: 237, failure: null },
];
const pair = (contender: Pair['contender'], against: Pair['against'], more: Partial<Pair> = {}): Pair => ({
  contender,
  against,
  verdict: 'faster',
  value: 0.59,
  low: 0.53,
  high: 0.66,
  ...more,
});
const open = { value: 1.01, low: 0.98, high: 1.06, verdict: 'no-difference' } as const;
const pairs = [
  pair('threads', 'sequential'),
  pair('processes', 'sequential', { value: 0.6, low: 0.54, high: 0.67 }),
  pair('processes', 'threads', open),
];
const now: SoFar = {
  rounds: 19,
  contenders,
  pairs,
  undecided: [{ contender: 'threads', against: 'processes', remainingMs: 8_400 }],
  plannedRounds: null,
  measuringMs: 4_000,
  leftMs: 10_000,
};
const GAINS = 'Threads are 1.69 × [1.52, 1.89] and processes 1.67 × [1.49, 1.85] as fast as sequential; ';

describe('the verdict as it stands', () => {
  it('says what may be called, how far two may differ that are not told apart yet, and what that would take', () => {
    const said = findingSoFar(now);
    expect(said).toBe(`${GAINS}threads and processes: not told apart yet, within 6 % of each other; about 9 s more.`);
    expect(lawsBroken(said, { workers: 2, cores: [2] })).toEqual([]);
    expect(findingSoFar({ ...now, leftMs: 3_000 })).toMatch(/of each other; it would take about 9 s more\.$/);
    expect(findingSoFar({ ...now, undecided: [] })).toMatch(/within 6 % of each other\.$/);
    expect(findingSoFar({ ...now, plannedRounds: 40 })).toMatch(/within 6 % of each other\.$/);
  });

  it('says who looks faster while that is not certain yet', () => {
    const leaning = [
      ...pairs.slice(0, 2),
      pair('processes', 'threads', { ...open, value: 1.25, low: 1.04, high: 1.6 }),
    ];
    expect(findingSoFar({ ...now, pairs: leaning })).toBe(
      `${GAINS}threads look faster than processes (1.25 × [1.04, 1.60]), which is not certain yet; about 9 s more.`,
    );
  });

  it('says no interval where there is none yet, and how far two are apart that may be twice as fast', () => {
    const without = [...pairs.slice(0, 2), pair('processes', 'threads', { ...open, low: null, high: null })];
    expect(findingSoFar({ ...now, pairs: without })).toBe(
      `${GAINS}threads and processes: not told apart yet; about 9 s more.`,
    );
    const far = [...pairs.slice(0, 2), pair('processes', 'threads', { ...open, low: 0.4 })];
    expect(findingSoFar({ ...now, pairs: far })).toContain('not told apart yet, within 2.50 × of each other;');
  });

  it('claims nothing before the eighth round, nor before there is an interval to call a difference by', () => {
    expect(findingSoFar({ ...now, pairs: [] })).toBe('No result yet: the rounds are not finished.');
    const few = pairs.map((one) => ({ ...one, verdict: 'too-few-rounds' as const }));
    expect(findingSoFar({ ...now, pairs: few, rounds: 9 })).toBe(
      'No difference is called yet: with 3 contenders that takes at least 17 rounds.',
    );
    expect(findingSoFar({ ...now, pairs: few, rounds: 9, plannedRounds: 40 })).toBe(
      'No difference is called yet: 9 of 40 rounds are done.',
    );
  });

  it('is the one of the end once rounds are over, while cold runs are measured', () => {
    expect(findingSoFar({ ...now, leftMs: null })).toBe(
      `${GAINS}threads and processes are undecided after 4 s: the difference lies between −2 % and +6 %.`,
    );
  });

  it('claims no ratio where the machine’s speed changes, and ranks none that dropped out', () => {
    const changed = pairs.map((one) => ({ ...one, verdict: 'unsteady' as const }));
    expect(findingSoFar({ ...now, pairs: changed })).toBe(
      'Speeds changed while this was measured (the machine’s, or those of workers from one start to the next); no ratio is claimed.',
    );
    const beyond = pairs.map((one) => ({
      ...one,
      basis: one.contender === 'threads' ? ('quarters' as const) : undefined,
    }));
    expect(findingSoFar({ ...now, pairs: beyond })).toMatch(
      /; the ratio of threads to sequential is far beyond those changes, and its interval allows for them\.$/,
    );
    const died = { code: 'worker-died', message: 'It died.' } as const;
    const left = contenders.map((one) => (one.contender === 'processes' ? { ...one, failure: died } : one));
    expect(findingSoFar({ ...now, contenders: left })).toBe('Threads are 1.69 × [1.52, 1.89] as fast as sequential.');
  });
});
