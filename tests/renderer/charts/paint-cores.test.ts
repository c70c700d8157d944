import { describe, expect, test } from 'vitest';
import type { CrossCheck } from '../../../src/contract';
import { cellAt, layoutCores } from '../../../src/renderer/src/charts/cores-layout';
import { createCheckHistory } from '../../../src/renderer/src/charts/check-history';
import { createClockHistory } from '../../../src/renderer/src/charts/clock-history';
import { drawnCores, type DrawnCores } from '../../../src/renderer/src/charts/core-source';
import { newestStep, paintCoreLabels, paintCores, scrollCores } from '../../../src/renderer/src/charts/paint-cores';
import { createCoreHistory, type CoreHistory } from '../../../src/renderer/src/charts/core-history';
import { recordingSurface } from '../fake/context';
import { createFakeEngine } from '../fake/engine';

const SIZE = { width: 800, height: 260, ratio: 1 };
const OPTIONS = { remPx: 13, leastStepMs: 250 };

/** Drawn from the kernel alone. */
const alone = (history: CoreHistory): DrawnCores =>
  drawnCores(
    { bars: 'kernel', line: false, printed: 'kernel' },
    { history, checks: createCheckHistory(), clocks: createClockHistory() },
  );

function historyOf(cores: number, attribution = true): DrawnCores {
  const history = createCoreHistory();
  const fake = createFakeEngine({
    cores,
    attribution,
    historyMs: 62_000,
    run: { workload: 'sha256', workers: { threads: 2, processes: 1 }, taskMs: 20 },
  });
  for (const sample of fake.state().samples) history.push(sample);
  return alone(history);
}

describe('the layout of the cores', () => {
  test.each([1, 2, 4, 6, 8, 10, 12, 16, 20, 24, 32])(
    'keeps %i cells apart and inside, each on whole pixels',
    (cores) => {
      const layout = layoutCores(cores, SIZE, OPTIONS);
      expect(layout.columns * layout.rows).toBeGreaterThanOrEqual(cores);
      expect(layout.steps * layout.stepMs).toBeCloseTo(60_000);
      expect(layout.stepMs).toBeGreaterThanOrEqual(250);
      const last = cellAt(layout, layout.columns - 1);
      const lowest = cellAt(layout, cores - 1);
      expect(last.x + layout.cellWidth).toBeLessThanOrEqual(SIZE.width);
      expect(lowest.y + layout.cellHeight).toBeLessThanOrEqual(SIZE.height);
      expect(Number.isInteger(layout.cellWidth) && Number.isInteger(last.x) && Number.isInteger(lowest.y)).toBe(true);
    },
  );

  test('leaves no place empty on usual machines', () => {
    for (const cores of [2, 4, 6, 8, 12, 16, 20, 24, 32]) {
      const { columns, rows } = layoutCores(cores, SIZE, OPTIONS);
      expect(columns * rows).toBe(cores);
    }
  });

  test('has four columns up to 16 cores and eight above, and fewer where it is narrow', () => {
    const columns = (cores: number, width = 800): number => layoutCores(cores, { ...SIZE, width }, OPTIONS).columns;
    expect([4, 8, 16, 24, 32].map((cores) => columns(cores))).toEqual([4, 4, 4, 8, 8]);
    expect(columns(16, 300)).toBe(4);
    expect(columns(32, 300)).toBe(4);
    expect(columns(2, 300)).toBe(2);
  });
});

describe('the painter of the cores', () => {
  test('stacks the executors from the base line and everything else on top, within the cell', () => {
    const history = historyOf(4);
    const layout = layoutCores(4, SIZE, OPTIONS);
    const { surface, rects, drawn } = recordingSurface(SIZE);
    paintCores(surface, layout, { history, newest: newestStep(layout, history.newestMs ?? 0) });
    const base = cellAt(layout, 0).y + layout.cellHeight;
    const inFirstCell = (rect: number[]): boolean => (rect[0] ?? 0) < layout.cellWidth && (rect[1] ?? 0) < base;
    const filled = (colour: string, alpha: number): number[][] =>
      drawn
        .filter(({ method, fillStyle, alpha: at }) => method === 'fillRect' && fillStyle === colour && at === alpha)
        .map(({ args }) => args as number[])
        .filter(inFirstCell);
    const threads = filled('threads', surface.theme.fill);
    expect(threads.length).toBeGreaterThan(layout.steps / 2);
    for (const [, y = 0, , height = 0] of threads) expect(y + height).toBe(base);
    // Each fill has a line in the full colour at its top.
    const level = new Set(filled('threads', 1).map(([x, y, width]) => `${x} ${y} ${width}`));
    for (const [x, y, width] of threads) expect(level).toContain(`${x} ${y} ${width}`);
    for (const [, y = 0] of rects('other')) expect(y).toBeGreaterThanOrEqual(layout.labelHeight);
    expect(rects('processes').length).toBeGreaterThan(0);
  });

  test('shows plain utilization in a neutral colour where the cause is not available', () => {
    const history = historyOf(4, false);
    const layout = layoutCores(4, SIZE, OPTIONS);
    const { surface, rects } = recordingSurface(SIZE);
    paintCores(surface, layout, { history, newest: newestStep(layout, history.newestMs ?? 0) });
    expect(rects('plain').length).toBeGreaterThan(0);
    expect(rects('threads')).toEqual([]);
  });

  test('paints no well where nothing was measured, as that would say 0 %', () => {
    const history = createCoreHistory();
    for (const sample of createFakeEngine({ cores: 4, historyMs: 5000 }).state().samples) history.push(sample);
    const drawn = alone(history);
    const layout = layoutCores(4, SIZE, OPTIONS);
    const { surface, rects } = recordingSurface(SIZE);
    paintCores(surface, layout, { history: drawn, newest: newestStep(layout, history.newestMs ?? 0) });
    const measured = 4 * Math.ceil(5000 / layout.stepMs);
    expect(rects('well').length).toBeLessThanOrEqual(measured);
    expect(rects('line').length).toBeGreaterThanOrEqual(4 * layout.steps - measured);
  });

  test('scrolls what is there by whole columns and paints only the new one', () => {
    const history = historyOf(16);
    const layout = layoutCores(16, SIZE, OPTIONS);
    const newest = newestStep(layout, history.newestMs ?? 0);
    const { surface, drawn, rects } = recordingSurface(SIZE);
    scrollCores(surface, layout, { history, from: newest - 1, newest });
    const moves = drawn.filter((one) => one.method === 'drawImage');
    expect(moves).toHaveLength(1);
    expect(moves[0]?.args[1]).toBe(layout.stepPx);
    const wells = rects('well');
    expect(wells).toHaveLength(16);
    for (const [index, [x]] of wells.entries())
      expect(x).toBe(cellAt(layout, index).x + layout.cellWidth - layout.stepPx);
  });

  test('paints everything after a gap longer than the picture', () => {
    const history = historyOf(4);
    const layout = layoutCores(4, SIZE, OPTIONS);
    const newest = newestStep(layout, history.newestMs ?? 0);
    const { surface, drawn, rects } = recordingSurface(SIZE);
    scrollCores(surface, layout, { history, from: newest - layout.steps - 5, newest });
    expect(drawn.some((one) => one.method === 'drawImage')).toBe(false);
    expect(rects('well')).toHaveLength(4 * layout.steps);
  });

  test('writes a percentage only where there is one', () => {
    const layout = layoutCores(2, SIZE, OPTIONS);
    const { surface, drawn } = recordingSurface(SIZE);
    const texts = (): unknown[] => drawn.filter((one) => one.method === 'fillText').map((one) => one.args[0]);
    paintCoreLabels(surface, layout, { cores: [0, 3], shares: [] });
    expect(texts()).toEqual(['0', '3']);
    paintCoreLabels(surface, layout, { cores: [0, 3, 4], shares: [0.714, null, 0] });
    expect(texts().slice(2)).toEqual(['0', '71 %', '3', '4', '0 %']);
  });

  const check = (fromMs: number, utilization: (number | null)[]): CrossCheck => ({
    fromMs,
    toMs: fromMs + 1000,
    cores: [0, 1],
    utilization,
    kernel: [null, null],
  });
  const layout = layoutCores(2, SIZE, OPTIONS);
  const both = { bars: 'kernel', line: true, printed: 'systeminformation' } as const;
  const plot = layout.cellHeight - layout.labelHeight;
  const yOf = (share: number): number => layout.labelHeight + Math.round((1 - share) * (plot - 1.2));

  test('lays systeminformation over it as a dot a second, and none where it knows nothing', () => {
    const checks = createCheckHistory();
    checks.push(check(8_000, [0.25, null]));
    checks.push(check(9_000, [0.75, null]));
    const { surface, rects } = recordingSurface(SIZE);
    const newest = newestStep(layout, 10_000);
    paintCores(surface, layout, {
      history: drawnCores(both, { history: kernel(), checks, clocks: createClockHistory() }),
      newest,
    });
    const placeOf = (ms: number): number => layout.steps - 1 - (newest - (Math.ceil(ms / layout.stepMs) - 1));
    expect(rects('ink')).toEqual([
      [placeOf(8_500) * layout.stepPx, yOf(0.25), 1.2, 1.2],
      [placeOf(9_500) * layout.stepPx, yOf(0.75), 1.2, 1.2],
    ]);
  });

  test('paints again the columns that a reading speaks of when it comes', () => {
    const checks = createCheckHistory();
    const { surface, rects, drawn } = recordingSurface(SIZE);
    const newest = newestStep(layout, 10_000);
    checks.push(check(8_500, [0.5, 0.5]));
    scrollCores(surface, layout, {
      history: drawnCores(both, { history: kernel(), checks, clocks: createClockHistory() }),
      from: newest,
      newest,
      stale: Math.floor(8_500 / layout.stepMs),
    });
    expect(drawn.some((one) => one.method === 'drawImage')).toBe(false);
    expect(rects('ink')).toHaveLength(2);
    expect(rects('well').length).toBe(2 * (newest - Math.floor(8_500 / layout.stepMs) + 1));
  });

  test('draws all of it from systeminformation where that is asked for, without a cause, and no well of a core that it does not know', () => {
    const checks = createCheckHistory();
    checks.push(check(9_000, [0.5, null]));
    const { surface, rects, drawn } = recordingSurface(SIZE);
    paintCores(surface, layout, {
      history: drawnCores(
        { bars: 'systeminformation', line: false, printed: 'systeminformation' },
        { history: kernel(), checks, clocks: createClockHistory() },
      ),
      newest: newestStep(layout, 10_000),
    });
    expect(rects('threads')).toEqual([]);
    expect(rects('ink')).toEqual([]);
    const filled = drawn.filter(({ fillStyle, alpha }) => fillStyle === 'plain' && alpha === surface.theme.fill);
    expect(filled.length).toBeGreaterThan(0);
    for (const { args } of filled) {
      expect(args[0]).toBeLessThan(layout.cellWidth);
      expect(args[3]).toBe(Math.round(plot / 2));
    }
    expect(rects('well').every(([x = 0]) => x < layout.cellWidth)).toBe(true);
  });
});

/** Two cores over ten seconds. */
function kernel(): CoreHistory {
  const history = createCoreHistory();
  const [blank] = createFakeEngine({ cores: 2, historyMs: 100 }).state().samples;
  for (let ms = 100; ms <= 10_000; ms += 100)
    history.push({ ...blank!, atMs: ms, utilization: [0.4, 0.6], byExecutor: { threads: [0.4, 0.6] } });
  return history;
}
