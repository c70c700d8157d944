import type { LiveState, WorkerState } from '../../../contract';
import type { BlockStore, Lane } from '../charts/block-store';
import type { LaneRow } from '../charts/paint-lanes';

function runningSince(state: WorkerState, run: LiveState): number | null {
  return state.state === 'running' && run.phase !== 'ended' ? state.sinceMs : null;
}

/** Since when each worker has been seen, ms; a worker found in the middle of a run is as old as its first block. */
export type FirstSeen = Map<string, number>;

/** The rows of a run's workers: those that live, and once it has ended those that did. */
export function laneRows(
  run: LiveState | null,
  blocks: BlockStore,
  memory: { seen: FirstSeen; nowMs: number },
): LaneRow[] {
  if (!run) return [];
  const rows: LaneRow[] = [];
  for (const progress of run.executors) {
    for (const status of progress.workers) {
      if (status.state.state === 'starting') continue;
      const { worker } = status;
      const lane = blocks.lane(progress.executor, worker);
      const key = `${progress.executor} ${worker}`;
      const first = lane && lane.written > 0 ? lane.startMs(lane.written - lane.kept) : memory.nowMs;
      const sinceMs = Math.min(memory.seen.get(key) ?? memory.nowMs, first);
      memory.seen.set(key, sinceMs);
      rows.push({
        executor: progress.executor,
        worker,
        lane,
        sinceMs,
        untilMs: memory.nowMs,
        runningSinceMs: runningSince(status.state, run),
      });
    }
  }
  return rows.length > 0 || run.phase !== 'ended' ? rows : rowsOfBlocks(blocks, run, memory.seen);
}

/** Whether a running task has become a block; one that was cancelled never does, and ran until the end. */
function hasBlock(lane: Lane | undefined, runningSinceMs: number | null): boolean {
  return (
    runningSinceMs !== null && lane !== undefined && lane.written > 0 && lane.endMs(lane.written - 1) > runningSinceMs
  );
}

/** The rows of a run that is being stopped stay those that worked: workers that are put in another's place get none. */
export function leftRows(
  rows: readonly LaneRow[],
  blocks: BlockStore,
  now: { ended: boolean; nowMs: number },
): LaneRow[] {
  const untilMs = now.ended ? (blocks.newestMs ?? now.nowMs) : now.nowMs;
  return rows.map((row) => {
    const lane = blocks.lane(row.executor, row.worker);
    return { ...row, lane, untilMs, runningSinceMs: hasBlock(lane, row.runningSinceMs) ? null : row.runningSinceMs };
  });
}

/** A run that has ended may have no workers any more: its rows are those that left blocks. */
function rowsOfBlocks(blocks: BlockStore, run: LiveState, seen: FirstSeen): LaneRow[] {
  const endMs = blocks.newestMs ?? run.startedMs + run.elapsedMs;
  const order = run.executors.map((one) => one.executor);
  return [...blocks.lanes()]
    .map((lane) => ({
      executor: lane.executor,
      worker: lane.worker,
      lane,
      sinceMs: seen.get(`${lane.executor} ${lane.worker}`) ?? lane.startMs(lane.written - lane.kept),
      // What it did after its last block is not known: a cancelled task leaves none.
      untilMs: lane.endMs(lane.written - 1),
      runningSinceMs: null,
    }))
    .filter((row) => row.lane.endMs(row.lane.written - 1) > endMs - 10_000)
    .sort((a, b) => order.indexOf(a.executor) - order.indexOf(b.executor) || a.worker - b.worker);
}
