import { describe, expect, test } from 'vitest';
import type { CoreTopology, Sample } from '../../../src/contract';
import { createCheckHistory } from '../../../src/renderer/src/charts/check-history';
import { createClockHistory } from '../../../src/renderer/src/charts/clock-history';
import { createCoreHistory, type CoreHistory } from '../../../src/renderer/src/charts/core-history';
import { corePlaces, groupCores, placeWords } from '../../../src/renderer/src/charts/core-places';
import { drawnCores } from '../../../src/renderer/src/charts/core-source';
import { heatAt, heatBeside, layoutHeat, type HeatLayout } from '../../../src/renderer/src/charts/heat-layout';
import { newestStep } from '../../../src/renderer/src/charts/paint-cores';
import { paintHeatNow, paintHeatSteps, scrollHeat } from '../../../src/renderer/src/charts/paint-heat';
import { readTopology } from '../../../src/engine/metrics/machine/topology';
import { recordedSysfs } from '../../support/sysfs';
import { recordingSurface } from '../fake/context';
import { createFakeEngine } from '../fake/engine';

const SIZE = { width: 1000, height: 208, ratio: 1 };
const listOf = (cores: number): number[] => Array.from({ length: cores }, (_, core) => core);

function drawnTopology(cores: number, packages: number, nodes: number): CoreTopology | null {
  return createFakeEngine({ cores, topology: { packages, nodes }, historyMs: 0 }).state().machine.topology ?? null;
}
function layout(cores: number, topology: CoreTopology | null, over: 'now' | 'minute' = 'now', size = SIZE): HeatLayout {
  const list = topology?.cores ?? listOf(cores);
  return layoutHeat(size, { remPx: 14, over, leastStepMs: 250, cores: list, groups: groupCores(list, topology) });
}

describe('where cores are', () => {
  test('groups nodes of packages, and hardware threads of a core, in order', () => {
    const groups = groupCores(listOf(256), drawnTopology(256, 2, 2));
    expect(groups.map(({ package: of, node }) => [of, node])).toEqual([
      [0, 0],
      [0, 1],
      [1, 2],
      [1, 3],
    ]);
    expect(groups[1]?.kinds[0]?.cores.slice(0, 2)).toEqual([
      [32, 160],
      [33, 161],
    ]);
  });

  test('puts efficiency cores after the others', () => {
    const { topology } = readTopology(
      recordedSysfs('intel-hybrid-20-threads', {
        '/sys/devices/cpu_core/cpus': '0-11\n',
        '/sys/devices/cpu_atom/cpus': '12-19\n',
      }),
    );
    const [group] = groupCores(listOf(20), topology);
    expect(group?.kinds.map(({ kind, cores }) => [kind, cores.length])).toEqual([
      ['performance', 6],
      ['efficiency', 8],
    ]);
  });

  test('is one group of single cores where nothing is told', () => {
    expect(groupCores([0, 2, 5], null)).toEqual([
      { package: null, node: null, kinds: [{ kind: null, cores: [[0], [1], [2]] }] },
    ]);
  });

  test('is said in words, with the core that it shares', () => {
    const [, second] = corePlaces([45, 173], {
      cores: [45, 173],
      physical: [45, 45],
      package: [0, 0],
      node: [1, 1],
      kind: null,
    });
    expect(second && placeWords(second)).toBe('package 0, node 1, shares a core with 45');
    expect(corePlaces([3], null).map(placeWords)).toEqual(['']);
  });
});

describe('the layout of a heat map', () => {
  test.each([
    [48, 1, 1],
    [64, 1, 1],
    [64, 2, 1],
    [96, 2, 4],
    [128, 1, 4],
    [256, 2, 2],
    [512, 2, 4],
  ])('keeps %i cells apart and inside, %i packages of %i nodes', (cores, packages, nodes) => {
    for (const size of [SIZE, { width: 330, height: 300, ratio: 1 }, { width: 4000, height: 900, ratio: 2 }]) {
      // A minute has a row a core, for which a small screen has too few pixels.
      for (const over of size.width < 1000 ? (['now'] as const) : (['now', 'minute'] as const)) {
        const { cells } = layout(cores, drawnTopology(cores, packages, nodes), over, size);
        expect(cells.filter(Boolean)).toHaveLength(cores);
        const taken = new Set<string>();
        for (const { x, y, width, height } of cells) {
          expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
          expect(x + width).toBeLessThanOrEqual(size.width);
          expect(y + height).toBeLessThanOrEqual(size.height);
          const key = `${x} ${y}`;
          expect(taken).not.toContain(key);
          taken.add(key);
        }
      }
    }
  });

  test('sets siblings 1 px apart and cores 5 px', () => {
    const { cells } = layout(256, drawnTopology(256, 2, 2));
    const [first, sibling, next] = [cells[0], cells[128], cells[1]];
    expect((sibling?.x ?? 0) - (first?.x ?? 0) - (first?.width ?? 0)).toBe(1);
    expect((next?.x ?? 0) - (sibling?.x ?? 0) - (sibling?.width ?? 0)).toBeGreaterThanOrEqual(5);
    expect(sibling?.y).toBe(first?.y);
  });

  test('numbers each row by its first core, and draws a line between packages', () => {
    const { labels, dividers, blocks } = layout(256, drawnTopology(256, 2, 2), 'minute');
    expect(blocks.map(({ title }) => title)).toEqual(['Package 0 · Node 0', 'Node 1', 'Package 1 · Node 2', 'Node 3']);
    expect(dividers).toHaveLength(1);
    expect(labels.map(({ text }) => text)).toContain('32');
  });

  test('makes efficiency cores lower, under a head of their own', () => {
    const topology = createFakeEngine({
      cores: 48,
      topology: { packages: 1, nodes: 1, efficiency: 16 },
      historyMs: 0,
    }).state().machine.topology;
    const { cells, labels } = layout(48, topology ?? null);
    expect((cells[0]?.height ?? 0) - (cells[47]?.height ?? 0)).toBe(4);
    expect(labels.map(({ text }) => text)).toContain('efficiency');
  });

  test('finds the core beneath a pointer and none between, and the one beside by arrows', () => {
    const heat = layout(256, drawnTopology(256, 2, 2));
    const cell = heat.cells[45];
    expect(heatAt(heat, { x: (cell?.x ?? 0) + 1, y: (cell?.y ?? 0) + 1 })?.core).toBe(45);
    expect(heatAt(heat, { x: (cell?.x ?? 0) - 2, y: (cell?.y ?? 0) + 1 })).toBeNull();
    expect(heatBeside(heat, 0, { x: 1, y: 0 })).toBe(128);
    expect(heatBeside(heat, 0, { x: -1, y: 0 })).toBe(0);
    const below = heatBeside(heat, 0, { x: 0, y: 1 });
    expect(heat.cells[below]?.x).toBe(heat.cells[0]?.x);
    expect(heatBeside(heat, below, { x: 0, y: -1 })).toBe(0);
  });
});

describe('the painter of a heat map', () => {
  const [blank] = createFakeEngine({ cores: 4, historyMs: 100 }).state().samples;
  const sample = (atMs: number, utilization: number[]): Sample => ({
    ...blank!,
    atMs,
    utilization,
    byExecutor: { threads: [utilization[0] ?? 0, 0, 0, 0], processes: [0, utilization[1] ?? 0, 0, 0] },
  });
  const historyOf = (rows: number[][]): CoreHistory => {
    const history = createCoreHistory();
    rows.forEach((row, at) => history.push(sample((at + 1) * 100, row)));
    return history;
  };

  test('colours a core by who used most of it, and paints only cells that changed', () => {
    const { surface, drawn } = recordingSurface(SIZE);
    const heat = layout(4, null);
    const cells = new Map<number, string>();
    const history = historyOf([
      [1, 0.5, 0.5, 0],
      [1, 0.5, 0.5, 1],
    ]);
    paintHeatNow(surface, heat, history.slice(0, 100), cells);
    const filled = drawn.filter(({ method, fillStyle }) => method === 'fill' && fillStyle !== 'well');
    expect(filled.map(({ fillStyle }) => fillStyle).sort()).toEqual([
      'other-edge',
      'other-edge',
      'processes',
      'threads',
    ]);
    expect(filled.find(({ fillStyle }) => fillStyle === 'threads')?.alpha).toBeCloseTo(0.94);
    drawn.length = 0;
    paintHeatNow(surface, heat, history.slice(100, 200), cells);
    expect(drawn.filter(({ method }) => method === 'roundRect').map(({ args }) => args[0])).toEqual([
      heat.cells[3]?.x,
      heat.cells[3]?.x,
    ]);
  });

  test('moves a minute by whole columns and paints only the new one', () => {
    const { surface, drawn, rects } = recordingSurface(SIZE);
    const heat = layout(4, null, 'minute');
    const rows = Array.from({ length: 620 }, () => [0.5, 0.5, 0.5, 0.5]);
    const history = drawnCores(
      { bars: 'kernel', line: false, printed: 'kernel' },
      { history: historyOf(rows), checks: createCheckHistory(), clocks: createClockHistory() },
    );
    const newest = newestStep(heat, 62_000);
    paintHeatSteps(surface, heat, { history, first: 0, newest });
    expect(rects('well')).toHaveLength(4 * heat.steps);
    drawn.length = 0;
    scrollHeat(surface, heat, { history, from: newest - 1, newest });
    expect(drawn.filter(({ method }) => method === 'drawImage')).toHaveLength(1);
    expect(rects('well')).toHaveLength(4);
    for (const [x] of rects('well')) expect(x).toBe((heat.cells[0]?.x ?? 0) + (heat.steps - 1) * heat.stepPx);
  });
});
