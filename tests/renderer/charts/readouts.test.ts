import { describe, expect, test } from 'vitest';
import type { RateTable, Sample, TaskBlocks } from '../../../src/contract';
import { createBlockStore } from '../../../src/renderer/src/charts/block-store';
import { createCheckHistory } from '../../../src/renderer/src/charts/check-history';
import { createClockHistory } from '../../../src/renderer/src/charts/clock-history';
import { createCoreHistory, type CoreHistory } from '../../../src/renderer/src/charts/core-history';
import { drawnCores, type DrawnCores } from '../../../src/renderer/src/charts/core-source';
import { cellAt, layoutCores } from '../../../src/renderer/src/charts/cores-layout';
import { layoutLanes } from '../../../src/renderer/src/charts/lanes-layout';
import { newestStep } from '../../../src/renderer/src/charts/paint-cores';
import type { LaneRow } from '../../../src/renderer/src/charts/paint-lanes';
import { axisOf, RATES_MS } from '../../../src/renderer/src/charts/paint-rates';
import { createRateHistory } from '../../../src/renderer/src/charts/rate-history';
import { coreAt, readCores } from '../../../src/renderer/src/charts/read-cores';
import { momentAt, readLanes } from '../../../src/renderer/src/charts/read-lanes';
import { readRates } from '../../../src/renderer/src/charts/read-rates';
import { recordingSurface } from '../fake/context';
import { createFakeEngine } from '../fake/engine';

const SIZE = { width: 800, height: 260, ratio: 1 };

const alone = (history: CoreHistory, clocks = createClockHistory()): DrawnCores =>
  drawnCores({ bars: 'kernel', line: true, printed: 'kernel' }, { history, checks: createCheckHistory(), clocks });

describe('the readout of the cores', () => {
  const layout = layoutCores(4, SIZE, { remPx: 13, leastStepMs: 250 });
  const [blank] = createFakeEngine({ cores: 4, historyMs: 100 }).state().samples;
  const sample = (atMs: number): Sample => ({
    ...blank!,
    atMs,
    utilization: [0, 0.25, 0.5, 1],
    byExecutor: { threads: [0, 0.2, 0.4, 0.75] },
    frequencyMhz: null,
    temperatureC: null,
    coreTemperatureC: null,
  });

  test('finds the core and the column beneath the pointer, and none between the cells', () => {
    for (const core of [0, 1, 2, 3]) {
      const { x, y } = cellAt(layout, core);
      expect(coreAt(layout, 4, { x: x + layout.cellWidth - 1, y: y + 5 })).toEqual({ core, place: layout.steps - 1 });
    }
    expect(coreAt(layout, 4, { x: cellAt(layout, 1).x - 1, y: 5 })).toBeNull();
  });

  test('says the mean of that column by cause, of one core', () => {
    const history = createCoreHistory();
    for (let ms = 100; ms <= 60_000; ms += 100) history.push(sample(ms));
    const newest = newestStep(layout, 60_000);
    const { x, y } = cellAt(layout, 3);
    const readout = readCores(layout, { history: alone(history), newest }, { x: x + layout.cellWidth - 1, y: y + 30 });
    expect(readout?.title).toMatch(/^core 3 · (now|−0\.\d s), mean of \d+ ms$/);
    expect(readout?.rows.map((row) => `${row.name} ${row.value}`)).toEqual([
      'threads 75 %',
      'everything else 25 %',
      'busy 100 %',
    ]);
  });

  test('says clock and temperature of that core and time, and neither where it is not known', () => {
    const history = createCoreHistory();
    const clocks = createClockHistory();
    const read = (ms: number): Partial<Sample> => {
      if (ms % 1000 !== 0) return {};
      const fast = ms <= 50_000 ? 4090 : 2940;
      return { frequencyMhz: [1400, null, fast, fast], temperatureC: 83, coreTemperatureC: [44, 45, null, 82.6] };
    };
    for (let ms = 100; ms <= 60_000; ms += 100) {
      const one = { ...sample(ms), ...read(ms) };
      history.push(one);
      clocks.push(one);
    }
    const newest = newestStep(layout, 60_000);
    const rowsAt = (core: number, stepsBack: number): string[] => {
      const { x, y } = cellAt(layout, core);
      const place = { x: x + layout.cellWidth - 1 - stepsBack * layout.stepPx, y: y + 30 };
      const readout = readCores(layout, { history: alone(history, clocks), newest }, place);
      return (readout?.rows ?? [])
        .filter(({ name }) => /clock|temperature/.test(name))
        .map((row) => `${row.name} ${row.value}`);
    };
    expect(rowsAt(3, 0)).toEqual(['clock 2.9 GHz', 'temperature 83 °C']);
    expect(rowsAt(3, Math.ceil(20_000 / layout.stepMs))).toEqual(['clock 4.1 GHz', 'temperature 83 °C']);
    expect(rowsAt(2, 0)).toEqual(['clock 2.9 GHz']);
    expect(rowsAt(1, 0)).toEqual(['temperature 45 °C']);
  });

  test('says so where nothing was measured', () => {
    const history = createCoreHistory();
    history.push(sample(60_000));
    const readout = readCores(layout, { history: alone(history), newest: newestStep(layout, 60_000) }, { x: 1, y: 30 });
    expect(readout?.rows[0]?.name).toBe('not measured');
  });
});

describe('the readout of the workers', () => {
  const store = createBlockStore();
  const spans: [number, number, number, boolean][] = [
    [1000, 1040, 1, false],
    [1060, 1070, 12, true],
  ];
  const blocks: TaskBlocks = {
    executor: spans.map(() => 'threads'),
    worker: spans.map(() => 3),
    startMs: spans.map(([start]) => start),
    endMs: spans.map(([, end]) => end),
    tasks: spans.map(([, , tasks]) => tasks),
    failed: spans.map(([, , , failed]) => failed),
  };
  store.add(blocks);
  const row: LaneRow = {
    executor: 'threads',
    worker: 3,
    lane: store.lane('threads', 3),
    sinceMs: 950,
    untilMs: 2000,
    runningSinceMs: 1500,
  };

  test.each([
    [900, { state: 'away' }],
    [980, { state: 'waiting', fromMs: 950, toMs: 1000 }],
    [1020, { state: 'working', tasks: 1, fromMs: 1000, toMs: 1040, failed: false }],
    [1050, { state: 'waiting', fromMs: 1040, toMs: 1060 }],
    [1065, { state: 'working', tasks: 12, fromMs: 1060, toMs: 1070, failed: true }],
    [1200, { state: 'waiting', fromMs: 1070, toMs: 1500 }],
    [1600, { state: 'running', fromMs: 1500 }],
    [2100, { state: 'away' }],
  ])('knows what the worker did at %i ms', (atMs, moment) => {
    expect(momentAt(row, atMs)).toEqual(moment);
  });

  test('says time, tasks and length; over a label, what the number means', () => {
    const layout = layoutLanes(SIZE, { rowCss: 20, remPx: 13, windowMs: 2000 });
    const view = { rows: [row], scrollTop: 0, endMs: 2000, startedMs: 500 };
    const x = layout.left + Math.round(1020 * layout.pxPerMs);
    expect(readLanes(layout, view, { x, y: 5 })).toMatchObject({
      title: 'T3 · 0.52 s into the run',
      rows: [{ executor: 'threads', name: '1 task', value: '40 ms' }],
    });
    expect(readLanes(layout, view, { x: 4, y: 5 })?.title).toBe('T3 · number 3 of the threads started in this run');
    expect(readLanes(layout, view, { x, y: 50 })).toBeNull();
  });
});

describe('the readout of the rates', () => {
  const { surface } = recordingSurface(SIZE);
  const history = createRateHistory();
  const table: RateTable = {
    atMs: [1000, 1100, 1200],
    byExecutor: {
      threads: { perSecond: [10, 20, 30], live: [1, 1, 1] },
      processes: { perSecond: [0, 0, 5], live: [0, 0, 1] },
    },
    locks: [],
  };
  history.load(table);
  const view = { endMs: 1200, top: 50, ended: false };
  const axis = axisOf(surface, view);

  test('is that of the nearest point, of the executors that took part then', () => {
    const at = (ms: number): number => axis.right - ((1200 - ms) / RATES_MS) * (axis.right - axis.left);
    expect(readRates(surface, history, view, { x: at(1200) })).toMatchObject({
      title: 'now, over one second',
      rows: [{ value: '30 /s' }, { executor: 'processes', value: '5 /s' }],
    });
    expect(readRates(surface, history, view, { x: at(1090) })?.rows).toEqual([
      { executor: 'threads', name: 'threads', value: '20 /s' },
    ]);
  });

  test('says after the run that its last point is its end, and not now', () => {
    expect(readRates(surface, history, { ...view, ended: true }, { x: axis.right })?.title).toBe(
      'end, over one second',
    );
  });

  test('is none where nothing ran', () => {
    expect(readRates(surface, history, view, { x: axis.left + 5 })).toBeNull();
  });
});
