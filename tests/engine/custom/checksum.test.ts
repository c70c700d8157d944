import { describe, expect, it } from 'vitest';
import { NotCloneable, resultChecksum } from '../../../src/engine/custom/checksum';

class Point {
  constructor(
    readonly x: number,
    readonly y: number,
  ) {}
  norm(): number {
    return Math.hypot(this.x, this.y);
  }
}

const VALUES: unknown[] = [
  undefined,
  null,
  false,
  true,
  0,
  -0,
  1,
  -1,
  NaN,
  Infinity,
  1n,
  -1n,
  '',
  '1',
  'ab',
  'ba',
  'a\0',
  [],
  [undefined],
  [,],
  [1, 2],
  [2, 1],
  [[1], 2],
  {},
  { a: undefined },
  { a: 1 },
  { b: 1 },
  { a: { b: 1 } },
  new Date(0),
  new Date(1),
  /a/,
  /a/g,
  new Map(),
  new Map([[1, 2]]),
  new Map([[2, 1]]),
  new Set(),
  new Set([1]),
  new Set([1, 2]),
  new Uint8Array(3),
  new Uint8Array(4),
  new Uint8Array([1, 2, 3, 4, 5]),
  new Int8Array(3),
  new ArrayBuffer(3),
  new DataView(new ArrayBuffer(3)),
  new Error('a'),
  new TypeError('a'),
  new Point(1, 2),
];

describe('the checksum of a result', () => {
  it('differs for values that differ', () => {
    const checksums = VALUES.map(resultChecksum);
    for (const checksum of checksums)
      expect(Number.isInteger(checksum) && checksum >= 0 && checksum <= 0xffff_ffff).toBe(true);
    expect(new Set(checksums).size).toBe(VALUES.length);
  });

  it('is that of the value as it would arrive', () => {
    for (const value of VALUES) expect(resultChecksum(structuredClone(value))).toBe(resultChecksum(value));
  });

  it('takes bytes by what is in them, in whatever kind of buffer of bytes they lie', () => {
    const bytes = new Uint8Array([1, 2, 3, 4, 5]);
    expect(resultChecksum(Buffer.from(bytes))).toBe(resultChecksum(bytes));
    expect(resultChecksum(Buffer.from([0, 1, 2, 3, 4, 5]).subarray(1))).toBe(resultChecksum(bytes));
    expect(resultChecksum(structuredClone(Buffer.from(bytes)))).toBe(resultChecksum(bytes));
    expect(resultChecksum(new Uint8Array(new SharedArrayBuffer(5)))).not.toBe(resultChecksum(bytes));
  });

  it('stays what it is documented to be', () => {
    expect(resultChecksum({ index: 1, square: 1, names: ['a', 'b'] })).toMatchInlineSnapshot(`2902185816`);
  });

  it('does not depend on the order of keys, nor on who shares an object', () => {
    expect(resultChecksum({ a: 1, b: { c: 2, d: 3 } })).toBe(resultChecksum({ b: { d: 3, c: 2 }, a: 1 }));
    const shared = { n: 1 };
    expect(resultChecksum([shared, shared])).toBe(resultChecksum([{ n: 1 }, { n: 1 }]));
  });

  it('ends on cycles, and tells them apart', () => {
    const self: Record<string, unknown> = {};
    self['self'] = self;
    const outer: Record<string, unknown> = { inner: {} };
    outer['inner'] = { self: outer };
    expect(resultChecksum(self)).toBe(resultChecksum(structuredClone(self)));
    expect(resultChecksum(self)).not.toBe(resultChecksum(outer));
  });

  it.each<[string, unknown, string]>([
    ['a function', () => 1, 'result is a function'],
    ['a named function within', { rows: [1, { run() {} }] }, 'result.rows[1].run is a function (run)'],
    ['a symbol', { 'a b': Symbol('x') }, 'result["a b"] is a symbol'],
    ['a promise', [Promise.resolve(1)], 'result[0] is a promise (await it)'],
    ['a weak map', new WeakMap(), 'result is of the kind WeakMap'],
    ['a function in a map', new Map([[1, () => 1]]), 'an entry of result is a function'],
    [
      'a generator',
      (function* () {
        yield 1;
      })(),
      'result is a generator (return what it yields)',
    ],
  ])('refuses %s by its place', (_what, value, said) => {
    expect(() => resultChecksum(value)).toThrow(NotCloneable);
    expect(() => resultChecksum(value)).toThrow(said);
  });
});
