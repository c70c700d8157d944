import type { ExecutorKey, TaskBlocks } from '../../../contract';

/** How long the worker rows look back, in ms. */
const BLOCKS_WINDOW_MS = 10_000;

/** Neighbours closer than this belong to one block, in ms. */
const GAP_MS = 0.5;

interface OpenBlock {
  startMs: number;
  endMs: number;
  tasks: number;
  failed: boolean;
}

interface FinishedTask {
  executor: ExecutorKey;
  worker: number;
  startMs: number;
  endMs: number;
  failed: boolean;
}

/** Merges finished tasks into blocks for the worker rows; their number is bounded by time, not by tasks. */
export interface BlockBuilder {
  add(task: FinishedTask): void;
  /** Takes all blocks since the last take, and remembers them for `recent`. */
  take(atMs: number): TaskBlocks;
  /** Blocks of the last `BLOCKS_WINDOW_MS`. */
  recent(): TaskBlocks;
}

function emptyBlocks(): TaskBlocks {
  return { executor: [], worker: [], startMs: [], endMs: [], tasks: [], failed: [] };
}

function append(to: TaskBlocks, from: TaskBlocks): void {
  for (let i = 0; i < from.worker.length; i++) {
    to.executor.push(from.executor[i] as ExecutorKey);
    to.worker.push(from.worker[i] as number);
    to.startMs.push(from.startMs[i] as number);
    to.endMs.push(from.endMs[i] as number);
    to.tasks.push(from.tasks[i] as number);
    to.failed.push(from.failed[i] as boolean);
  }
}

export function createBlockBuilder(): BlockBuilder {
  const open = new Map<ExecutorKey, Map<number, OpenBlock>>();
  let ready = emptyBlocks();
  let kept: { atMs: number; blocks: TaskBlocks }[] = [];

  const close = (executor: ExecutorKey, worker: number, block: OpenBlock): void => {
    ready.executor.push(executor);
    ready.worker.push(worker);
    ready.startMs.push(block.startMs);
    ready.endMs.push(block.endMs);
    ready.tasks.push(block.tasks);
    ready.failed.push(block.failed);
  };

  const rows = (executor: ExecutorKey): Map<number, OpenBlock> => {
    const found = open.get(executor);
    if (found) return found;
    const made = new Map<number, OpenBlock>();
    open.set(executor, made);
    return made;
  };

  /** A block is about 4 ms long, longer where many workers share the picture. */
  const targetMs = (): number => {
    let workers = 0;
    for (const executor of open.values()) workers += executor.size;
    return Math.max(4, workers / 8);
  };

  return {
    add(task) {
      const row = rows(task.executor);
      const block = row.get(task.worker);
      if (block && task.startMs - block.endMs < GAP_MS && task.endMs - block.startMs <= targetMs()) {
        block.endMs = task.endMs;
        block.tasks++;
        block.failed ||= task.failed;
        return;
      }
      if (block) close(task.executor, task.worker, block);
      row.set(task.worker, { startMs: task.startMs, endMs: task.endMs, tasks: 1, failed: task.failed });
    },
    take(atMs) {
      for (const [executor, row] of open) for (const [worker, block] of row) close(executor, worker, block);
      open.clear();
      const blocks = ready;
      ready = emptyBlocks();
      kept.push({ atMs, blocks });
      kept = kept.filter((batch) => atMs - batch.atMs <= BLOCKS_WINDOW_MS);
      return blocks;
    },
    recent() {
      const all = emptyBlocks();
      for (const batch of kept) append(all, batch.blocks);
      return all;
    },
  };
}
