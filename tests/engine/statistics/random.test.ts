import { describe, expect, it } from 'vitest';
import { createRandom, shuffled } from '../../../src/engine/statistics/random';

describe('the generator', () => {
  it('agrees with the authors’ C code, compiled', () => {
    const random = createRandom(12345);
    expect(Array.from({ length: 6 }, random.next)).toEqual([
      1093274547, 203003357, 3741353573, 3803725158, 4178738660, 810247443,
    ]);
  });

  it('draws every number below a count, about as often', () => {
    const random = createRandom(7);
    const drawn = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 60_000; i++) {
      const number = random.below(6);
      drawn[number] = (drawn[number] ?? 0) + 1;
    }
    expect(drawn).toHaveLength(6);
    for (const count of drawn) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('refuses a seed that is not an unsigned 32-bit number', () => {
    for (const seed of [-1, 0.5, 2 ** 32, NaN])
      expect(() => createRandom(seed)).toThrow(expect.objectContaining({ code: 'internal' }));
  });
});

describe('shuffled', () => {
  it('repeats with the seed, keeps every value, and leaves its input as it was', () => {
    const given = ['a', 'b', 'c', 'd', 'e'];
    expect(shuffled(given, createRandom(3))).toEqual(shuffled(given, createRandom(3)));
    expect(shuffled(given, createRandom(3)).toSorted()).toEqual(given);
    expect(given).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('gives each of the six orders of three equally often', () => {
    const random = createRandom(11);
    const orders = new Map<string, number>();
    for (let i = 0; i < 6_000; i++) {
      const order = shuffled([1, 2, 3], random).join('');
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(6);
    for (const count of orders.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
