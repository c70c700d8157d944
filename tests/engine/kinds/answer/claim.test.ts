import { describe, expect, it } from 'vitest';
import {
  answerSentence,
  type AnswerClaim,
  type CompareReport,
  type Language,
  type ScaleReport,
} from '../../../../src/contract';
import { claimOf } from '../../../../src/engine/kinds/answer/claim';
import { makeCompareReport, type ContenderShape } from '../../../fixtures/compare-report';
import { bookCompare, bookScale, bookShapes } from '../../../fixtures/answer-report';
import { makeScaleReport } from '../../../fixtures/scale-report';

const said = (language: Language, claim: AnswerClaim): string => answerSentence({ language, claim });
const told = (compare: CompareReport, scale: ScaleReport | null, language: Language = 'node'): string =>
  said(language, claimOf({ compare, scale }));

/** Node's contenders, with what differs. */
function node(
  overrides: Partial<Record<'sequential' | 'threads' | 'processes', Partial<ContenderShape>>> = {},
): ContenderShape[] {
  return bookShapes('node').map((shape) => ({ ...shape, ...overrides[shape.contender as 'threads'] }));
}

describe('what is claimed of a language', () => {
  it('names the cheaper one of two that are not told apart, says so, and what one more worker adds', () => {
    expect(claimOf({ compare: bookCompare('node'), scale: bookScale('node') })).toMatchObject({
      claim: 'use',
      executor: 'threads',
      workers: 2,
      chosen: 'cheaper',
      others: [{ executor: 'processes', stands: 'as-well', costs: 'more', gains: true, oneAtATime: false }],
      next: { workers: 3, gain: { value: 1 } },
    });
    expect(told(bookCompare('node'), bookScale('node'))).toBe(
      'Use 2 threads: 1.92 × [1.86, 1.98] one worker; processes do as well here and cost more; a third worker adds nothing.',
    );
  });

  it('names the fastest where the others are slower, whatever they cost', () => {
    const compare = makeCompareReport(node({ threads: { makespanMs: 300 } }));
    const claim = claimOf({ compare, scale: null });
    expect(claim).toMatchObject({ claim: 'use', executor: 'processes', chosen: 'fastest', workers: 2, next: null });
    expect(said('node', claim)).toBe(
      'Use 2 processes: 1.93 × [1.89, 1.97] one worker; threads take 1.45 × [1.42, 1.48] as long.',
    );
  });

  it('says nothing of what is cheaper where that was not told, and still names one', () => {
    const compare = makeCompareReport(node({ processes: { memoryBytes: 12e6, startMs: 29 } }));
    expect(claimOf({ compare, scale: bookScale('node') })).toMatchObject({
      executor: 'threads',
      chosen: 'undecided',
      others: [{ costs: null }],
    });
    expect(told(compare, bookScale('node'))).toContain('processes do as well here; a third');
  });

  it('does not say that two do as well where their interval is wide', () => {
    const report = bookCompare('node');
    const differences = report.differences.map((pair) => ({
      ...pair,
      ...(pair.contender === 'processes' && pair.against === 'threads'
        ? { ratio: { value: 1, low: 0.8, high: 1.25 }, verdict: 'no-difference' as const }
        : {}),
    }));
    expect(told({ ...report, differences }, bookScale('node'))).toContain(
      'processes are not told apart from them and cost more',
    );
  });

  it('names the lock where threads were seen to take turns', () => {
    expect(told(bookCompare('python'), bookScale('python'), 'python')).toBe(
      'In Python, use 2 processes: 1.92 × [1.86, 1.98] one worker; threads take 1.93 × [1.89, 1.97] as long, as they share one interpreter lock (GIL); a third worker adds nothing.',
    );
  });

  it('says at least, where throughput is still rising', () => {
    const scale = makeScaleReport([{ executor: 'threads', throughput: (workers) => 50 * workers }], {
      waits: true,
      most: 16,
    });
    expect(told(bookCompare('node'), scale)).toMatch(
      /^Use at least 16 threads: 16\.0 × .* one worker; .*; more were not measured\.$/,
    );
  });

  it('says one worker where no number of them is shown to be faster', () => {
    const slow = node({ threads: { makespanMs: 400 }, processes: { makespanMs: 401 } });
    expect(told(makeCompareReport(slow), null)).toBe(
      'Use one worker: neither 2 threads nor 2 processes are shown to be faster.',
    );
  });

  it('says that the machine is too busy where others were seen to have the cores, and how many', () => {
    const busy = node({
      threads: { coresBusy: 0.6, queued: 2, besides: 1.4 },
      processes: { coresBusy: 0.6, queued: 2, besides: 1.4 },
    });
    const claim = claimOf({ compare: makeCompareReport(busy), scale: null });
    expect(claim).toMatchObject({ claim: 'too-busy', of: 2 });
    expect(said('node', claim)).toMatch(
      /^This machine is too busy to tell: something other than these workers used 1\.\d+ of 2 cores; measure again when it is quiet\.$/,
    );
  });

  it('says so too where workers waited for cores in the scaling, and nobody was seen', () => {
    const scale = bookScale('node');
    const crowded = {
      ...scale,
      curves: scale.curves.map((curve) => ({ ...curve, crowded: true, recommendation: null })),
    };
    expect(told(bookCompare('node'), crowded)).toBe(
      'This machine is too busy to tell: workers waited for cores, and what used them is unknown; measure again when it is quiet.',
    );
  });

  it('claims nothing of speeds that changed, of too few rounds, and of a comparison that failed', () => {
    const report = bookCompare('node');
    const all = (
      verdict: CompareReport['differences'][number]['verdict'],
      ends: { low: null; high: null } | object,
    ): CompareReport => ({
      ...report,
      differences: report.differences.map((pair) => ({ ...pair, verdict, ratio: { ...pair.ratio, ...ends } })),
    });
    expect(told(all('unsteady', {}), null)).toMatch(/^No answer: speeds changed/);
    expect(told(all('too-few-rounds', { low: null, high: null }), null)).toBe(
      'No answer: too little was measured to tell.',
    );
    const failure = { code: 'checksum-mismatch' as const, message: 'Checksums disagree.' };
    expect(told({ ...report, outcome: 'failed', failure }, null)).toBe('No answer: Checksums disagree.');
    expect(told({ ...report, contenders: [] }, null)).toBe('No answer: it ended before anything was measured.');
  });
});
