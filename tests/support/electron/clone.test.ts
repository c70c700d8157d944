import { describe, expect, it } from 'vitest';
import { clone } from './main/clone';

describe('what main sends', () => {
  it('arrives as a copy without prototypes', () => {
    class Point {
      readonly x = 1;
    }
    const shared = { n: 1 };
    const sent = { point: new Point(), bytes: Buffer.from('a'), shared, again: shared };
    const arrived = clone(sent) as typeof sent;
    expect(arrived).toStrictEqual({ point: { x: 1 }, bytes: new Uint8Array([97]), shared: { n: 1 }, again: { n: 1 } });
    expect(arrived.again).toBe(arrived.shared);
  });

  it.each<[string, unknown]>([
    ['functions', { a: () => 1 }],
    ['symbols', Symbol('x')],
    ['promises', [Promise.resolve()]],
    ['proxies', new Proxy({}, {})],
    ['shared memory', new SharedArrayBuffer(8)],
    ['a view of shared memory', new Uint8Array(new SharedArrayBuffer(8))],
    ['objects of the host', new MessageChannel().port1],
    ['blobs', new Blob(['a'])],
  ])('is refused where it holds %s', (_what, value) => {
    expect(() => clone(value)).toThrow('An object could not be cloned.');
  });
});
