import { describe, expect, test } from 'vitest';
import { createBlockStore } from '../../../src/renderer/src/charts/block-store';
import type { LaneRow } from '../../../src/renderer/src/charts/paint-lanes';
import { laneRows, leftRows } from '../../../src/renderer/src/live/lane-rows';
import { liveIn } from '../../support/experiment-state';
import { createFakeEngine } from '../fake/engine';

const engine = createFakeEngine({
  cores: 4,
  historyMs: 22_000,
  run: { workload: 'sha256', workers: { threads: 2, processes: 1 }, taskMs: 20 },
});
const state = engine.state();
const run = liveIn(state);
const store = createBlockStore();
const { blocks } = state.recent!;
store.add(blocks);
const rowsNow = (seen = new Map<string, number>()): LaneRow[] => laneRows(run, store, { seen, nowMs: engine.nowMs });

describe('the rows of the workers', () => {
  test('are one a worker, in the order of the executors', () => {
    expect(rowsNow().map((row) => `${row.executor} ${row.worker}`)).toEqual(['threads 1', 'threads 2', 'processes 1']);
  });

  test('leave out a worker that is still being started', () => {
    const starting = run!.executors.map((one) => ({
      ...one,
      workers: one.workers.map((worker) => ({ ...worker, state: { state: 'starting' as const } })),
    }));
    expect(laneRows({ ...run!, executors: starting }, store, { seen: new Map(), nowMs: engine.nowMs })).toEqual([]);
  });

  test('begin with the first block of a worker that is found in the middle of a run', () => {
    const [first] = rowsNow();
    expect(first?.sinceMs).toBe(
      Math.min(
        ...blocks.startMs.filter((_, index) => blocks.executor[index] === 'threads' && blocks.worker[index] === 1),
      ),
    );
  });

  test('keep a cancelled task until the end, as it left no block, and not one that has become a block', () => {
    const newestMs = store.newestMs ?? 0;
    const row: LaneRow = {
      executor: 'threads',
      worker: 1,
      lane: undefined,
      sinceMs: 0,
      untilMs: 0,
      runningSinceMs: newestMs + 5,
    };
    const over: LaneRow = { ...row, runningSinceMs: newestMs - 500 };
    const left = leftRows([row, over], store, { ended: true, nowMs: newestMs + 50 });
    expect(left.map((one) => one.runningSinceMs)).toEqual([newestMs + 5, null]);
  });

  test('of a run that ended before the page was opened are those that left blocks', () => {
    const gone = run!.executors.map((one) => ({ ...one, workers: [] }));
    const rows = laneRows({ ...run!, phase: 'ended', executors: gone }, store, {
      seen: new Map(),
      nowMs: engine.nowMs,
    });
    expect(rows.map((row) => `${row.executor} ${row.worker}`)).toEqual(['threads 1', 'threads 2', 'processes 1']);
  });
});
