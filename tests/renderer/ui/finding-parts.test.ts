import { describe, expect, test } from 'vitest';
import { findingParts, intervalsApart } from '../../../src/renderer/src/ui/finding-parts';

describe('a finding', () => {
  test.each([
    ['Two threads are best. A third adds nothing.', 'Two threads are best.', 'A third adds nothing.'],
    ['Threads are 1.95 × [1.91, 1.99] as fast.', 'Threads are 1.95 × [1.91, 1.99] as fast.', ''],
    ['', '', ''],
  ])('%j is cut after its first sentence', (finding, head, why) => {
    expect(findingParts(finding)).toMatchObject({ head, why });
  });

  test('whose first sentence is long is cut at its first semicolon', () => {
    const long = `Threads are 1.96 × [1.87, 2.06] and processes 1.92 × [1.83, 2.02] as fast as sequential; ${'more '.repeat(12)}follows. The end.`;
    const { head, joint, why } = findingParts(long);
    expect(head).toMatch(/as sequential$/);
    expect(`${head}${joint}${why}`).toBe(long);
  });

  test('has its intervals apart, and nothing else', () => {
    expect(intervalsApart('1.95 × [1.91, 1.99] as fast')).toEqual([
      { text: '1.95 × ', interval: false },
      { text: '[1.91, 1.99]', interval: true },
      { text: ' as fast', interval: false },
    ]);
  });
});
