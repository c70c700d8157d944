import { describe, expect, test } from 'vitest';
import type { TaskBlocks } from '../../../src/contract';
import { createBlockStore } from '../../../src/renderer/src/charts/block-store';
import { laneCoverage } from '../../../src/renderer/src/charts/lane-coverage';
import { layoutLanes, rowHeightCss } from '../../../src/renderer/src/charts/lanes-layout';
import {
  hasLabel,
  longestLabel,
  paintLanes,
  scrollLanes,
  type LaneRow,
  type LaneState,
} from '../../../src/renderer/src/charts/paint-lanes';
import { recordingSurface } from '../fake/context';

function blocks(spans: [startMs: number, endMs: number, failed?: boolean][], worker = 1): TaskBlocks {
  return {
    executor: spans.map(() => 'threads'),
    worker: spans.map(() => worker),
    startMs: spans.map(([start]) => start),
    endMs: spans.map(([, end]) => end),
    tasks: spans.map(() => 1),
    failed: spans.map(([, , failed]) => failed ?? false),
  };
}

describe('the store of blocks', () => {
  test('takes each block once and answers the earliest that is new', () => {
    const store = createBlockStore();
    expect(
      store.add(
        blocks([
          [0, 10],
          [10, 20],
        ]),
      ),
    ).toBe(0);
    expect(
      store.add(
        blocks([
          [10, 20],
          [20, 30],
        ]),
      ),
    ).toBe(20);
    expect(store.add(blocks([[20, 30]]))).toBeNull();
    expect(store.total).toBe(3);
  });

  test('keeps the newest blocks of a worker when its ring is full', () => {
    const store = createBlockStore();
    for (let at = 0; at < 10_000; at++) store.add(blocks([[at * 5, at * 5 + 5]]));
    const lane = store.lane('threads', 1);
    expect(lane?.written).toBe(10_000);
    expect(lane?.kept).toBe(4096);
    expect(lane?.startMs(9_999)).toBe(49_995);
    expect(lane?.startMs(10_000 - 4096)).toBe((10_000 - 4096) * 5);
  });
});

describe('labels of rows', () => {
  const rows = (['threads', 'threads', 'threads', 'processes', 'processes'] as const).map((executor) => ({ executor }));
  const labelled = (every: number): number[] => rows.flatMap((_, at) => (hasLabel(rows, at, every) ? [at] : []));

  test('stand at the first of each executor, and at others where there is room before the next', () => {
    expect(labelled(1)).toEqual([0, 1, 2, 3, 4]);
    expect(labelled(2)).toEqual([0, 3]);
    expect(labelled(3)).toEqual([0, 3]);
  });
});

describe('the coverage of a lane', () => {
  const stretch = { fromMs: 0, pixels: 10, pxPerMs: 0.1 };

  test('sums many short blocks in one pixel exactly', () => {
    const store = createBlockStore();
    store.add(
      blocks([
        [0, 1],
        [2, 3],
        [4, 5],
        [6, 7],
        [8, 9],
      ]),
    );
    const half = laneCoverage(store.lane('threads', 1), null, stretch).shade[0];
    store.clear();
    store.add(blocks([[0, 10]]));
    const whole = laneCoverage(store.lane('threads', 1), null, stretch).shade[0];
    expect((half ?? 0) / (whole ?? 1)).toBeCloseTo(0.5);
  });

  test('gives neighbours that are wide enough unlike tones', () => {
    const store = createBlockStore();
    store.add(
      blocks([
        [0, 40],
        [40, 80],
      ]),
    );
    const { shade } = laneCoverage(store.lane('threads', 1), null, stretch);
    expect(shade[2]).not.toBeCloseTo(shade[6] ?? 0);
    expect(shade[9]).toBe(0);
  });

  test('draws a running task to the end, beginning where the last block ended', () => {
    const store = createBlockStore();
    store.add(blocks([[0, 30]]));
    const { shade } = laneCoverage(store.lane('threads', 1), 50, stretch);
    expect(shade[4]).toBe(0);
    expect(shade[9]).toBeGreaterThan(0.5);
  });

  test('marks what failed', () => {
    const store = createBlockStore();
    store.add(
      blocks([
        [0, 20],
        [20, 40, true],
      ]),
    );
    expect([...laneCoverage(store.lane('threads', 1), null, stretch).failed]).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 0, 0]);
  });
});

describe('the painter of the workers', () => {
  const size = { width: 534, height: 100, ratio: 1 };
  const layout = layoutLanes(size, { rowCss: 20, remPx: 13, windowMs: 10_000 });
  const store = createBlockStore();
  store.add(
    blocks([
      [9000, 9500],
      [9600, 9700, true],
    ]),
  );
  const row: LaneRow = {
    executor: 'threads',
    worker: 1,
    lane: store.lane('threads', 1),
    sinceMs: 8000,
    untilMs: 10_000,
    runningSinceMs: null,
  };

  test('hatches where a worker lives without a task, and nothing before it came', () => {
    const { surface, drawn, rects } = recordingSurface(size);
    const painted = new Set<LaneState>();
    paintLanes(surface, layout, { rows: [row], scrollTop: 0, endMs: 10_000, painted });
    const hatched = rects('work threads');
    expect(hatched[0]?.slice(0, 3)).toEqual([layout.left + Math.round(8000 * layout.pxPerMs), 0, 51]);
    // Nothing of the hatch lies beneath a task.
    for (const [x = 0, , width = 0] of hatched) {
      const [fromMs, toMs] = [x, x + width].map((edge) => (edge - layout.left) / layout.pxPerMs);
      expect(fromMs! >= 9500 - 40 || toMs! <= 9000 + 40).toBe(true);
    }
    expect([...painted]).toEqual(['work', 'failed']);
    expect(drawn.find((one) => one.method === 'fillText')?.args[0]).toBe('T1');
  });

  test('draws waiting as a line in rows that are too low for a hatch', () => {
    const low = layoutLanes(size, { rowCss: 6, remPx: 13, windowMs: 10_000 });
    const { surface, rects } = recordingSurface(size);
    paintLanes(surface, low, { rows: [row], scrollTop: 0, endMs: 10_000 });
    expect(rects('work threads')).toEqual([]);
    for (const [, y, , height] of rects('edge')) expect([y, height]).toEqual([2, 1]);
    expect(rects('edge').length).toBeGreaterThan(0);
  });

  test('paints a failed task in the colour of alarm', () => {
    const { surface, rects } = recordingSurface(size);
    paintLanes(surface, layout, { rows: [row], scrollTop: 0, endMs: 10_000 });
    expect(rects('bad')[0]?.[0]).toBe(layout.left + Math.floor(9600 * layout.pxPerMs));
  });

  test('moves by whole pixels and paints only the right end', () => {
    const { surface, drawn, rects } = recordingSurface(size);
    scrollLanes(surface, layout, { rows: [row], scrollTop: 0, endMs: 10_100 }, { shift: 5, pixels: 0 });
    expect(drawn.find((one) => one.method === 'drawImage')?.args.slice(1, 3)).toEqual([layout.left + 5, 0]);
    for (const [x = 0] of rects('panel')) expect(x).toBe(layout.left + layout.width - 5);
  });

  test('paints only rows that are in view', () => {
    const many = Array.from({ length: 128 }, (_, index): LaneRow => ({ ...row, worker: index + 1 }));
    const { surface, drawn } = recordingSurface(size);
    paintLanes(surface, layout, { rows: many, scrollTop: 1000, endMs: 10_000 });
    const labels = drawn.filter((one) => one.method === 'fillText').map((one) => one.args[0]);
    expect(labels).toEqual(['T51', 'T52', 'T53', 'T54', 'T55']);
  });

  test('makes room for the longest label', () => {
    const wide = layoutLanes(size, {
      rowCss: 20,
      remPx: 13,
      windowMs: 10_000,
      labelChars: longestLabel([row, { ...row, executor: 'python-threads', worker: 128 }]),
    });
    expect(wide.left).toBeGreaterThan(layout.left);
    expect(wide.left + wide.width).toBe(size.width);
  });

  test('gives rows what room there is, and scrolls those that would be too thin', () => {
    expect(rowHeightCss(128, 220, 13)).toBe(6);
    expect(rowHeightCss(64, 220, 13)).toBe(3);
    expect(rowHeightCss(10, 220, 13)).toBe(22);
    expect(rowHeightCss(1, 220, 13)).toBe(34);
  });
});
