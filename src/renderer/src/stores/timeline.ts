import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { keysOf, type RecentWork, type LiveState, type TaskBlocks, type TaskLine } from '../../../contract';
import { createBlockStore } from '../charts/block-store';
import { createLockHistory } from '../charts/lock-history';
import { withMove, type Move } from '../charts/moves';
import { createRateHistory } from '../charts/rate-history';

const MOST_LINES = 500;
/** As long as the longest picture of it. */
const MOVES_KEPT_MS = 60_000;

/** What the workers of the run did: blocks, rates and printed lines. */
export const useTimeline = defineStore('timeline', () => {
  const blocks = createBlockStore();
  const rates = createRateHistory();
  const locks = createLockHistory();
  const lines = shallowRef<readonly TaskLine[]>([]);
  /** What sliders did in the last minute of the run, oldest first. */
  const moves = shallowRef<readonly Move[]>([]);
  /** Goes up when something new is to be drawn. */
  const revision = shallowRef(0);
  let arrived: TaskLine[] = [];
  let dirtyFromMs: number | null = null;
  let changed = false;
  let runId: string | null = null;
  /** What the run was last asked for. */
  let counts: LiveState['settings']['workers'] | null = null;

  /** Forgets what belongs to another run than this one. */
  function follow(id: string | null): void {
    if (id !== runId) clear();
    runId = id;
  }
  function clear(): void {
    blocks.clear();
    rates.clear();
    locks.clear();
    arrived = [];
    moves.value = [];
    counts = null;
    dirtyFromMs = null;
    changed = true;
  }
  function addBlocks(added: TaskBlocks): void {
    const earliest = blocks.add(added);
    if (earliest === null) return;
    dirtyFromMs = Math.min(dirtyFromMs ?? earliest, earliest);
    changed = true;
  }
  /** A worker's lines come in order: what is not newer than its last one is there already. */
  function addLines(added: readonly TaskLine[]): void {
    const isNew = (line: TaskLine): boolean =>
      !arrived.some(
        (known) => known.executor === line.executor && known.worker === line.worker && known.atMs >= line.atMs,
      );
    const fresh = added.filter(isNew);
    if (fresh.length === 0) return;
    arrived = [...arrived, ...fresh].slice(-MOST_LINES);
    changed = true;
  }
  /** Notes what was asked for otherwise than before. */
  function noteMoves(atMs: number, { workers }: LiveState['settings']): void {
    const before = counts;
    counts = workers;
    if (before === null || before === workers) return;
    for (const executor of keysOf({ ...before, ...workers })) {
      const [from, to] = [before[executor] ?? 0, workers[executor] ?? 0];
      if (from !== to) moves.value = withMove(moves.value, { atMs, executor, from, to });
    }
    moves.value = moves.value.filter((one) => one.atMs > atMs - MOVES_KEPT_MS);
  }
  function addRates(run: LiveState): void {
    if (run.phase !== 'running') return;
    noteMoves(run.startedMs + run.elapsedMs, run.settings);
    rates.push(run.startedMs + run.elapsedMs, run);
    locks.push(run.startedMs + run.elapsedMs, run);
    changed = true;
  }
  /** Takes what the engine kept of the run, and what it says of the lock now or said at the end. */
  function load(recent: RecentWork, run: LiveState): void {
    addBlocks(recent.blocks);
    addLines(recent.lines);
    rates.load(recent.rates);
    locks.load(recent.rates.locks);
    locks.push(run.startedMs + run.elapsedMs, run);
    changed = true;
    addRates(run);
  }
  /** The earliest time that has to be drawn again because blocks came for it; asking forgets it. */
  function takeDirty(): number | null {
    const taken = dirtyFromMs;
    dirtyFromMs = null;
    return taken;
  }
  /** Shows what has come; called once a frame. */
  function publish(): void {
    if (!changed) return;
    changed = false;
    lines.value = arrived;
    revision.value++;
  }
  return {
    blocks,
    rates,
    locks,
    lines,
    moves,
    revision,
    follow,
    clear,
    addBlocks,
    addLines,
    addRates,
    load,
    takeDirty,
    publish,
  };
});
