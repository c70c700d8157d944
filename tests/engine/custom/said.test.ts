import { describe, expect, it } from 'vitest';
import { said } from '../../../src/engine/custom/said';

describe('what was thrown, as part of a sentence', () => {
  it.each<[string, unknown, string]>([
    ['an error without reasons', new RangeError('far.'), 'RangeError: far'],
    [
      'errors within errors',
      new AggregateError([new AggregateError([new Error('deep')], 'inner'), 'text'], 'outer', {
        cause: new Error('why'),
      }),
      'AggregateError: outer [AggregateError: inner [Error: deep]; "text"], caused by Error: why',
    ],
    ['a list of no errors', new AggregateError([], 'none'), 'AggregateError: none'],
    ['a cause that is no error', new Error('outer', { cause: { code: 7 } }), 'Error: outer, caused by {"code":7}'],
    ['a cause of null', new Error('outer', { cause: null }), 'Error: outer'],
    ['what only looks like a list', Object.assign(new Error('odd'), { errors: { length: 3 } }), 'Error: odd'],
    [
      'a list that throws',
      Object.assign(new Error('odd'), {
        errors: new Proxy([1], {
          get: () => {
            throw new Error('no');
          },
        }),
      }),
      'Error: odd',
    ],
    ['an object', { code: 7 }, '{"code":7}'],
    [
      'a cause that cannot be shown',
      new Error('outer', {
        cause: Object.create(null, {
          toString: {
            value: () => {
              throw new Error('no');
            },
          },
        }),
      }),
      'Error: outer, caused by a value that cannot be shown',
    ],
  ])('%s', (_, error, sentence) => {
    expect(said(error)).toBe(sentence);
  });

  it('is bounded in depth, in number and in length', () => {
    const wide = (depth: number): Error =>
      new AggregateError(depth === 0 ? [] : Array.from({ length: 100 }, () => wide(depth - 1)), 'x'.repeat(1_000), {
        cause: new Error('y'.repeat(1_000)),
      });
    const sentence = said(wide(2));
    expect(sentence.match(/Error: /g)).toHaveLength(9);
    expect(sentence.length).toBeLessThan(2_000);
    expect(sentence).toMatch(/9\d more/);
  });
});
