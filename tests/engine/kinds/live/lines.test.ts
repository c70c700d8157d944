import { describe, expect, it } from 'vitest';
import { createLineKeeper } from '../../../../src/engine/kinds/live/lines';

const line = (number: number) => ({ executor: 'threads' as const, worker: 1, atMs: number, text: `Number: ${number}` });

describe('printed lines', () => {
  it('hands each line out once and keeps it for the report', () => {
    const keeper = createLineKeeper();
    keeper.add(line(1));
    expect(keeper.take()).toEqual([line(1)]);
    expect(keeper.take()).toEqual([]);
    expect(keeper.kept()).toEqual([line(1)]);
    expect(keeper.thinned()).toEqual({ seen: 1, kept: 1, method: 'all kept' });
  });

  it('keeps the last ones of many and says so', () => {
    const keeper = createLineKeeper(10);
    for (let i = 0; i < 95; i++) keeper.add(line(i));
    expect(keeper.kept().map(({ atMs }) => atMs)).toEqual([85, 86, 87, 88, 89, 90, 91, 92, 93, 94]);
    expect(keeper.thinned()).toEqual({ seen: 95, kept: 10, method: 'the last 10' });
  });

  it('hands out every line, however many came at once', () => {
    const keeper = createLineKeeper();
    for (let i = 0; i < 5000; i++) keeper.add(line(i));
    expect(keeper.take()).toHaveLength(5000);
    expect(keeper.thinned()).toEqual({ seen: 5000, kept: 1000, method: 'the last 1000' });
    expect(keeper.warning()).toBeNull();
  });

  it('counts those that are too many for a run, and those that a worker left out, and says so', () => {
    const keeper = createLineKeeper(10, { atOnceBytes: 1000, bytesPerSecond: 0 });
    for (let i = 0; i < 20; i++) keeper.add(line(i));
    keeper.add({ ...line(20), text: '… 500 lines' }, 500);
    keeper.end();
    const taken = keeper.take();
    expect(taken.slice(0, 3)).toEqual([line(0), line(1), line(2)]);
    expect(taken.at(-1)).toMatchObject({
      executor: 'threads',
      worker: 0,
      text: expect.stringMatching(/ lines .* dropped$/),
    });
    expect(keeper.thinned().seen).toBe(520);
    expect(keeper.warning()).toMatch(/^517 printed lines were dropped because tasks print too fast/);
  });

  it('keeps a bounded number of characters, each line plain', () => {
    const keeper = createLineKeeper();
    for (let i = 0; i < 900; i++) keeper.add({ ...line(i), text: `\u001b[31m${'y'.repeat(8000)}\u202e` });
    expect(keeper.kept().reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(1024 * 1024);
    expect(keeper.kept()[0]?.text).toMatch(/^y+\ufffd$/);
    expect(keeper.thinned().method).toBe(`the last ${String(keeper.kept().length)}`);
  });
});
