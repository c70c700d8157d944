import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { decode, encode } from './codec';

const roundTrip = (value: unknown): unknown => decode(encode(value));

class Point {
  readonly x = 1;
  get y(): number {
    return this.x;
  }
}

describe('the codec', () => {
  it.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['texts', 'a\u{1F9F5}\n'],
    ['numbers that JSON loses', [NaN, Infinity, -Infinity, -0, 0.1]],
    ['big integers', 2n ** 70n],
    ['dates', [new Date(5), new Date(NaN)]],
    ['nested data', { a: [1, { b: [true, undefined, null] }] }],
    ['a key named __proto__', JSON.parse('{"__proto__": {"x": 1}}')],
    ['maps and sets', new Map<unknown, unknown>([[{ k: 1 }, new Set([1, 'a'])]])],
    ['patterns', /a+/gi],
    ['bytes', new Uint8Array([0, 127, 255])],
    ['errors', [new TypeError('a', { cause: { of: new Error('b') } }), Object.assign(new Error('c'), { code: 'd' })]],
    ['errors of other names, as plain ones', Object.assign(new Error('a'), { name: 'CoreloomError' })],
    ['instances of classes, as plain objects', new Point()],
    ['objects that call themselves something else', { [Symbol.toStringTag]: 'Map', x: 1 }],
    ['views', [new Float64Array([1.5, NaN]), new Int16Array([-1])]],
  ])('carries %s as structured clone does', (_what, value) => {
    expect(roundTrip(value)).toStrictEqual(deserialize(serialize(value)));
  });

  it('keeps identity and cycles', () => {
    const shared = { n: 1 };
    const cycle: Record<string, unknown> = { shared, again: shared };
    cycle['self'] = cycle;
    const copy = roundTrip(cycle) as typeof cycle;
    expect(copy['self']).toBe(copy);
    expect(copy['again']).toBe(copy['shared']);
  });

  it('gives back an object without the prototype it was named after', () => {
    const copy = roundTrip(JSON.parse('{"__proto__": {"polluted": true}}')) as object;
    expect('polluted' in copy).toBe(false);
  });

  it.each<[string, unknown]>([
    ['functions', () => 1],
    ['symbols', Symbol('x')],
    ['a function inside of data', { a: [() => 1] }],
    ['promises', Promise.resolve()],
    ['weak maps', new WeakMap()],
    ['proxies', new Proxy({}, {})],
    ['a proxy inside of data', [{ a: new Proxy([], {}) }]],
    ['shared memory', new SharedArrayBuffer(8)],
    ['a view of shared memory', new Uint8Array(new SharedArrayBuffer(8))],
    ['blobs', new Blob(['a'])],
    [
      'what throws when it is read',
      {
        get a(): number {
          throw new RangeError('b');
        },
      },
    ],
  ])('refuses %s', (_what, value) => {
    expect(() => encode(value)).toThrow('An object could not be cloned.');
  });
});
