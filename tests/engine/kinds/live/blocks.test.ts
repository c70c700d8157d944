import { describe, expect, it } from 'vitest';
import { createBlockBuilder } from '../../../../src/engine/kinds/live/blocks';

const task = (startMs: number, endMs: number, worker = 1, failed = false) => ({
  executor: 'threads' as const,
  worker,
  startMs,
  endMs,
  failed,
});

describe('blocks of the worker rows', () => {
  it('merges neighbouring short tasks of one worker into one block', () => {
    const builder = createBlockBuilder();
    for (let i = 0; i < 10; i++) builder.add(task(i * 0.1, i * 0.1 + 0.1));
    expect(builder.take(1)).toEqual({
      executor: ['threads'],
      worker: [1],
      startMs: [0],
      endMs: [1],
      tasks: [10],
      failed: [false],
    });
  });

  it('keeps tasks apart that have a gap between them, or that are long', () => {
    const builder = createBlockBuilder();
    builder.add(task(0, 1));
    builder.add(task(2, 3));
    builder.add(task(3, 30));
    expect(builder.take(30).tasks).toEqual([1, 1, 1]);
  });

  it('never merges tasks of different workers', () => {
    const builder = createBlockBuilder();
    builder.add(task(0, 1, 1));
    builder.add(task(1, 2, 2));
    expect(builder.take(2).worker).toEqual([1, 2]);
  });

  it('marks a block in which a task failed', () => {
    const builder = createBlockBuilder();
    builder.add(task(0, 1));
    builder.add(task(1, 2, 1, true));
    expect(builder.take(2).failed).toEqual([true]);
  });

  it('bounds the number of blocks by time, whatever the number of tasks', () => {
    const builder = createBlockBuilder();
    for (let i = 0; i < 100_000; i++) builder.add(task(i * 0.01, i * 0.01 + 0.01));
    expect(builder.take(1000).tasks.length).toBeLessThanOrEqual(1000 / 4 + 2);
  });

  it('remembers the last ten seconds for a client that comes later', () => {
    const builder = createBlockBuilder();
    builder.add(task(0, 5));
    builder.take(5);
    builder.add(task(11_000, 11_005));
    builder.take(11_005);
    expect(builder.recent().startMs).toEqual([11_000]);
  });
});
