import { describe, expect, it } from 'vitest';
import { createLineKeeper } from '../../../../src/engine/experiment/live/lines';

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
});
