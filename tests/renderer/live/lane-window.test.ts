import { describe, expect, test } from 'vitest';
import { createBlockStore } from '../../../src/renderer/src/charts/block-store';
import { moveLabels, withMove, type Move } from '../../../src/renderer/src/charts/moves';
import type { LaneRow } from '../../../src/renderer/src/charts/paint-lanes';
import { layoutStrips, stripRow, stripY } from '../../../src/renderer/src/charts/strips-layout';
import { createLaneSorter } from '../../../src/renderer/src/live/lane-order';
import { useLaneWindow, type LaneWindow } from '../../../src/renderer/src/live/lane-window';

describe('the part of the history that is shown', () => {
  let live = 100_000;
  const windowAt = (oldest = 40_000): LaneWindow => {
    live = 100_000;
    return useLaneWindow({ liveMs: () => live, oldestMs: () => oldest }, 10_000);
  };

  test('follows now until it is moved, and then stands still', () => {
    const shown = windowAt();
    expect([shown.endMs(), shown.pinned.value]).toEqual([100_000, false]);
    shown.pan(-3000);
    live = 105_000;
    expect([shown.endMs(), shown.pinned.value]).toEqual([97_000, true]);
    shown.pan(20_000);
    expect([shown.endMs(), shown.pinned.value]).toEqual([105_000, false]);
  });

  test('goes back to the oldest that is kept and no farther', () => {
    const shown = windowAt();
    shown.toOldest();
    expect(shown.endMs()).toBe(50_000);
    shown.pan(-1e6);
    expect(shown.endMs()).toBe(50_000);
    shown.follow();
    expect(shown.endMs()).toBe(100_000);
  });

  test('is pinned where it is, while the run goes on', () => {
    const shown = windowAt();
    shown.pin();
    live = 120_000;
    expect(shown.endMs()).toBe(100_000);
  });

  test('zooms around a place while it stands still, and around now while it follows', () => {
    const shown = windowAt();
    shown.zoom(0.5, 0);
    expect([shown.windowMs.value, shown.endMs(), shown.pinned.value]).toEqual([5000, 100_000, false]);
    shown.pan(-10_000);
    shown.zoom(0.5, 0.5);
    expect([shown.windowMs.value, shown.endMs()]).toEqual([2500, 88_750]);
    shown.zoom(1e-9);
    expect(shown.windowMs.value).toBe(50);
    shown.zoom(1e9);
    expect(shown.windowMs.value).toBe(60_000);
  });
});

describe('moves of sliders', () => {
  const move = (atMs: number, from: number, to: number, executor: Move['executor'] = 'threads'): Move => ({
    atMs,
    executor,
    from,
    to,
  });

  test('that follow one another at once are one, and none if they end where they began', () => {
    let moves: Move[] = [];
    for (const one of [move(0, 4, 5), move(100, 5, 6), move(150, 2, 3, 'processes'), move(2000, 6, 7)])
      moves = withMove(moves, one);
    expect(moves).toEqual([move(100, 4, 6), move(150, 2, 3, 'processes'), move(2000, 6, 7)]);
    expect(withMove([move(0, 4, 5)], move(100, 5, 4))).toEqual([]);
  });

  test('closer than 80 px share one label', () => {
    const at = (x: number, one: Move): Move & { x: number } => ({ ...one, x });
    expect(moveLabels([at(300, move(3, 6, 8)), at(10, move(1, 4, 6)), at(89, move(2, 2, 4, 'processes'))])).toEqual([
      { x: 10, text: 'threads 4 to 6, processes 2 to 4' },
      { x: 300, text: 'threads 6 to 8' },
    ]);
  });
});

describe('strips of many workers', () => {
  const strips = layoutStrips(
    [
      { group: 'threads', count: 512 },
      { group: 'processes', count: 512 },
    ],
    { width: 268, height: 300, ratio: 1 },
    14,
  );

  test('are as high as each other and inside', () => {
    const [first, second] = strips;
    expect(first?.height).toBe(second?.height);
    expect((second?.y ?? 0) + (second?.height ?? 0)).toBeLessThanOrEqual(300);
  });

  test('find the row at a place, and the place of a row, across strips', () => {
    for (const row of [0, 100, 511, 512, 900]) expect(stripRow(strips, stripY(strips, row))).toBeCloseTo(row, 6);
    expect(stripRow(strips, -5)).toBe(0);
    expect(stripRow(strips, 1e4)).toBe(1024);
  });
});

describe('the order of the rows', () => {
  const store = createBlockStore();
  const spans = [
    ['threads', 1, 9000],
    ['threads', 2, 6000],
    ['processes', 1, 5000],
  ] as const;
  store.add({
    executor: spans.map(([executor]) => executor),
    worker: spans.map(([, worker]) => worker),
    startMs: spans.map(([, , startMs]) => startMs),
    endMs: spans.map(() => 10_000),
    tasks: spans.map(() => 1),
    failed: spans.map(() => false),
  });
  const rows = spans.map(([executor, worker]): LaneRow => ({
    executor,
    worker,
    lane: store.lane(executor, worker),
    sinceMs: 0,
    untilMs: 10_000,
    runningSinceMs: null,
  }));
  const names = (order: Parameters<ReturnType<typeof createLaneSorter>['sorted']>[1]): string[] =>
    createLaneSorter()
      .sorted(rows, order, 10_000)
      .map(({ executor, worker }) => `${executor} ${worker}`);

  test('sorts by work within an executor, or all together', () => {
    expect(names('number')).toEqual(['threads 1', 'threads 2', 'processes 1']);
    expect(names('busy')).toEqual(['threads 2', 'threads 1', 'processes 1']);
    expect(names('idle')).toEqual(['threads 1', 'threads 2', 'processes 1']);
    expect(names('together')).toEqual(['processes 1', 'threads 2', 'threads 1']);
  });

  test('keeps places for some seconds', () => {
    const sorter = createLaneSorter();
    sorter.sorted(rows, 'busy', 10_000);
    const later = sorter.sorted(rows, 'busy', 12_000).map(({ worker }) => worker);
    expect(later).toEqual([2, 1, 1]);
  });
});
