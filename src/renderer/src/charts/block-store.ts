import type { ExecutorKey, TaskBlocks } from '../../../contract';

/** Blocks of one worker, oldest first, in columns; old ones are overwritten. */
export interface Lane {
  readonly executor: ExecutorKey;
  readonly worker: number;
  /** Blocks ever written; block `n` is kept while `n >= written - kept`. */
  readonly written: number;
  readonly kept: number;
  startMs(block: number): number;
  endMs(block: number): number;
  /** How many tasks the block stands for. */
  tasks(block: number): number;
  failed(block: number): boolean;
}

/** The recent blocks of all workers of a run. */
export interface BlockStore {
  /** Adds blocks, leaving out those already there; answers the earliest start of what was added, null for nothing. */
  add(blocks: TaskBlocks): number | null;
  lane(executor: ExecutorKey, worker: number): Lane | undefined;
  lanes(): Iterable<Lane>;
  /** Blocks added since the run began. */
  readonly total: number;
  /** Whether any block stands for more than one task. */
  readonly merged: boolean;
  /** End of the newest block, ms; null before the first. */
  readonly newestMs: number | null;
  /** Start of the oldest block that is kept of all workers, ms; null before the first. */
  oldestMs(): number | null;
  clear(): void;
}

const FIRST_ROOM = 128;
/** Blocks are at least about 4 ms long: at that length this is 16 s of one worker. */
const MOST_ROOM = 4096;
/** Longer than this nothing is kept that would need more room. */
const KEPT_MS = 60_000;

interface Ring extends Lane {
  push(startMs: number, endMs: number, of: { tasks: number; failed: boolean }): void;
}

function createRing(executor: ExecutorKey, worker: number): Ring {
  let room = FIRST_ROOM;
  let starts = new Float64Array(room);
  let ends = new Float64Array(room);
  let tasks = new Uint32Array(room);
  let failures = new Uint8Array(room);
  let written = 0;

  const grow = (): void => {
    // Only full rings that never wrapped grow, so positions stay what they are.
    const copy = <A extends Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(
      from: A,
      to: A,
    ): A => {
      to.set(from);
      return to;
    };
    room *= 2;
    starts = copy(starts, new Float64Array(room));
    ends = copy(ends, new Float64Array(room));
    tasks = copy(tasks, new Uint32Array(room));
    failures = copy(failures, new Uint8Array(room));
  };

  return {
    executor,
    worker,
    get written() {
      return written;
    },
    get kept() {
      return Math.min(written, room);
    },
    startMs: (block) => starts[block % room] ?? 0,
    endMs: (block) => ends[block % room] ?? 0,
    tasks: (block) => tasks[block % room] ?? 0,
    failed: (block) => failures[block % room] === 1,
    push(startMs, endMs, of) {
      if (written === room && room < MOST_ROOM && endMs - (starts[0] ?? 0) < KEPT_MS) grow();
      const at = written % room;
      starts[at] = startMs;
      ends[at] = endMs;
      tasks[at] = of.tasks;
      failures[at] = of.failed ? 1 : 0;
      written++;
    },
  };
}

/** An empty store. */
export function createBlockStore(): BlockStore {
  const rings = new Map<string, Ring>();
  let total = 0;
  let merged = false;
  let newestMs: number | null = null;

  const ringOf = (executor: ExecutorKey, worker: number): Ring => {
    const key = `${executor} ${worker}`;
    const known = rings.get(key);
    if (known) return known;
    const ring = createRing(executor, worker);
    rings.set(key, ring);
    return ring;
  };

  return {
    get total() {
      return total;
    },
    get merged() {
      return merged;
    },
    get newestMs() {
      return newestMs;
    },
    add(blocks) {
      let earliest: number | null = null;
      for (let index = 0; index < blocks.startMs.length; index++) {
        const executor = blocks.executor[index];
        const worker = blocks.worker[index];
        const startMs = blocks.startMs[index];
        const endMs = blocks.endMs[index];
        if (executor === undefined || worker === undefined || startMs === undefined || endMs === undefined) continue;
        const ring = ringOf(executor, worker);
        // The state of a reloaded page and the first events may overlap.
        if (ring.written > 0 && startMs < ring.endMs(ring.written - 1) - 0.001) continue;
        const tasks = blocks.tasks[index] ?? 1;
        ring.push(startMs, endMs, { tasks, failed: blocks.failed[index] ?? false });
        total++;
        merged ||= tasks > 1;
        if (earliest === null || startMs < earliest) earliest = startMs;
        if (newestMs === null || endMs > newestMs) newestMs = endMs;
      }
      return earliest;
    },
    oldestMs() {
      let oldest = Infinity;
      for (const ring of rings.values()) oldest = Math.min(oldest, ring.startMs(ring.written - ring.kept));
      return oldest === Infinity ? null : oldest;
    },
    lane: (executor, worker) => rings.get(`${executor} ${worker}`),
    lanes: () => rings.values(),
    clear() {
      rings.clear();
      total = 0;
      merged = false;
      newestMs = null;
    },
  };
}
