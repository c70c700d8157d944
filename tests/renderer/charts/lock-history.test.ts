import { describe, expect, test } from 'vitest';
import { createLockHistory } from '../../../src/renderer/src/charts/lock-history';
import { layoutLanes } from '../../../src/renderer/src/charts/lanes-layout';
import { createBlockStore } from '../../../src/renderer/src/charts/block-store';
import { paintLanes, type LaneRow } from '../../../src/renderer/src/charts/paint-lanes';
import { recordingSurface } from '../fake/context';
import { liveIn } from '../../support/experiment-state';
import { createFakeEngine } from '../fake/engine';

const fake = createFakeEngine({
  python: '3.13',
  cores: 2,
  historyMs: 20_000,
  run: { workload: 'primes', workers: { 'python-threads': 2, 'python-processes': 1 }, taskMs: 20 },
});
const run = liveIn(fake.state())!;

describe('the history of the lock', () => {
  test('knows the share for the time that it was told for, and none for others', () => {
    const history = createLockHistory();
    history.push(10_000, run);
    expect(history.shareAt('python-threads', 1, 9500)).toBeCloseTo(0.48);
    expect(history.shareAt('python-threads', 1, 10_400)).toBeCloseTo(0.48);
    expect(history.shareAt('python-threads', 1, 7000)).toBeNull();
    expect(history.shareAt('threads', 1, 9500)).toBeNull();
  });

  test('knows what the engine kept, before what is told now', () => {
    const history = createLockHistory();
    history.load(
      [4000, 5000].map((atMs) => ({
        atMs,
        executor: 'python-threads' as const,
        worker: [1, 2],
        waitingShare: [atMs / 1e4, null],
      })),
    );
    history.push(10_000, run);
    expect(history.shareAt('python-threads', 1, 3500)).toBeCloseTo(0.4);
    expect(history.shareAt('python-threads', 1, 4500)).toBeCloseTo(0.5);
    expect(history.shareAt('python-threads', 2, 4500)).toBeNull();
    expect(history.shareAt('python-threads', 1, 10_000)).toBeCloseTo(0.48);
  });

  test('does not take what could not be told for no waiting', () => {
    const history = createLockHistory();
    const executors = run.executors.map((one) =>
      one.lock
        ? {
            ...one,
            lock: { ...one.lock, workers: one.lock.workers.map((worker) => ({ ...worker, waitingShare: null })) },
          }
        : one,
    );
    history.push(10_000, { ...run, executors });
    expect(history.shareAt('python-threads', 1, 10_000)).toBeNull();
  });
});

describe('the rows of workers that share a lock', () => {
  const size = { width: 534, height: 100, ratio: 1 };
  const layout = layoutLanes(size, { rowCss: 20, remPx: 13, windowMs: 1000 });
  const store = createBlockStore();
  store.add({ executor: ['python-threads'], worker: [1], startMs: [200], endMs: [600], tasks: [1], failed: [false] });
  const row: LaneRow = {
    executor: 'python-threads',
    worker: 1,
    lane: store.lane('python-threads', 1),
    sinceMs: 0,
    untilMs: 1000,
    runningSinceMs: null,
  };
  const crossed = (share: number | null): { lock: number[][]; unknown: number[][]; cleared: number[][] } => {
    const { surface, rects } = recordingSurface(size);
    paintLanes(surface, layout, { rows: [{ ...row, lockShareAt: () => share }], scrollTop: 0, endMs: 1000 });
    return {
      lock: rects('lock python-threads'),
      unknown: rects('unknown faint'),
      // Not the one that clears the whole picture, nor that of its time axis.
      cleared: rects('panel').slice(2),
    };
  };

  test('are crossed in as much of their height as of the time, and only where there was a task', () => {
    const half = crossed(0.5);
    expect(half.lock.length).toBeGreaterThan(0);
    for (const [x = 0, y = 0, width = 0, height = 0] of half.lock) {
      expect(x).toBeGreaterThanOrEqual(layout.left + Math.floor(200 * layout.pxPerMs));
      expect(x + width).toBeLessThanOrEqual(layout.left + Math.ceil(600 * layout.pxPerMs));
      expect(y + height).toBe(layout.barHeight);
      expect(height).toBe(Math.round(layout.barHeight / 2));
    }
    // What waits is not filled as work is.
    expect(half.cleared).toEqual(half.lock);
    expect(crossed(0)).toEqual({ lock: [], unknown: [], cleared: [] });
  });

  test('are crossed in grey over all of their height where it is not known', () => {
    const { lock, unknown } = crossed(null);
    expect(lock).toEqual([]);
    expect(unknown.length).toBeGreaterThan(0);
    for (const [, y, , height] of unknown) expect([y, height]).toEqual([0, layout.barHeight]);
  });
});
