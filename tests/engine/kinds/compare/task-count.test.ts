import { describe, expect, it } from 'vitest';
import {
  chooseTasks,
  shorterTaskMs,
  waits,
  type Look,
  type RoundChoice,
} from '../../../../src/engine/kinds/compare/task-count';

const looks = (...wallMs: number[]): Look[] => wallMs.map((ms) => ({ wallMs: ms, runMs: ms }));
const choice = (workers: number, more: Partial<RoundChoice> = {}): RoundChoice => ({
  workers,
  precise: false,
  waits: false,
  ...more,
});

describe('the number of tasks of a round', () => {
  it('makes the slowest contender’s round long enough, the same for each worker', () => {
    const precise = (workers: number): RoundChoice => choice(workers, { precise: true });
    expect(chooseTasks(looks(1, 3, 2), precise(2))).toBe(100);
    expect(chooseTasks(looks(1000), precise(4))).toBe(32);
    expect(chooseTasks(looks(0.7), precise(4)) % 4).toBe(0);
    expect(chooseTasks(looks(1e-9), precise(2))).toBe(20_000);
  });

  it('is what 100 ms of the slowest have room for, and 300 ms of all, but at least four for each worker', () => {
    expect(chooseTasks(looks(1, 2), choice(2))).toBe(50);
    expect(chooseTasks(looks(1, 2, 2, 2, 2, 2), choice(2))).toBe(28);
    expect(chooseTasks(looks(0.7), choice(4)) % 4).toBe(0);
    expect(chooseTasks(looks(40, 37), choice(2))).toBe(8);
    expect(chooseTasks(looks(1e-9), choice(2))).toBe(20_000);
  });

  it('is fewer for each worker, down to one, where tasks are so long that a round of all would take over 1 s', () => {
    expect(chooseTasks(looks(100, 60), choice(2))).toBe(6);
    expect(chooseTasks(looks(1000, 500), choice(2))).toBe(2);
    expect(chooseTasks(looks(1000, 500), choice(2, { precise: true }))).toBe(16);
  });

  it('is 50 ms of tasks that wait even on the fastest, or eight for each worker', () => {
    const waiting = choice(2, { waits: true });
    expect(chooseTasks(looks(22, 11), waiting)).toBe(8);
    expect(chooseTasks(looks(10, 5), waiting)).toBe(10);
    expect(chooseTasks(looks(20, 2), waiting)).toBe(16);
    expect(['io', 'mixed', 'cpu', 'custom'].filter((kind) => waits({ kind: kind as 'io' }))).toEqual(['io', 'mixed']);
  });
});

describe('the length of smaller tasks', () => {
  it('is none where the fewest tasks fit into a round, or hardly do not', () => {
    expect(shorterTaskMs(looks(6, 3, 3), choice(2))).toBeNull();
    expect(shorterTaskMs(looks(14, 7), choice(2))).toBeNull();
  });

  it('is so long on the fastest that the slowest takes 100 ms, and all of them 300 ms', () => {
    expect(shorterTaskMs(looks(10, 25), choice(2))).toBe(10 / (8 * 25 * 0.01));
    expect(shorterTaskMs(looks(9, 12, 12, 12, 12, 12), choice(2))).toBe(9 / ((8 * 69) / 300));
  });

  it('is never below 2 ms, or where they wait below a quarter of 50 ms', () => {
    expect(shorterTaskMs(looks(6.5, 3.3, 3.4, 37, 38, 19), choice(2))).toBe(2);
    expect(shorterTaskMs([{ wallMs: 40, runMs: 2.2 }], choice(2))).toBeNull();
    expect(shorterTaskMs(looks(5000, 2500), choice(2, { waits: true }))).toBe(12.5);
    expect(shorterTaskMs(looks(22, 11, 11, 22, 11, 11), choice(2, { waits: true }))).toBeNull();
  });
});
