import type { ExecutorKey, LockRow, LiveState } from '../../../contract';

/** Each share that is told is a mean over about this time before, ms. */
const SPAN_MS = 2000;
const ROWS = 256;

interface Ring {
  atMs: Float64Array;
  share: Float32Array;
  written: number;
}

/** How long each worker waited for its interpreter's lock, of its time, over the last seconds. */
export interface LockHistory {
  push(atMs: number, run: LiveState): void;
  /** What the engine kept, oldest first, for a page that comes later. */
  load(rows: readonly LockRow[]): void;
  /** The share that was told for a time, 0 to 1; null where nothing was. */
  shareAt(executor: ExecutorKey, worker: number, atMs: number): number | null;
  clear(): void;
}

export function createLockHistory(): LockHistory {
  const rings = new Map<string, Ring>();
  const at = (ring: Ring, index: number): number => ring.atMs[index % ROWS] ?? 0;

  function write(key: string, atMs: number, share: number | null): void {
    const ring = rings.get(key) ?? { atMs: new Float64Array(ROWS), share: new Float32Array(ROWS), written: 0 };
    rings.set(key, ring);
    if (ring.written > 0 && atMs <= at(ring, ring.written - 1)) return;
    ring.atMs[ring.written % ROWS] = atMs;
    ring.share[ring.written % ROWS] = share ?? Number.NaN;
    ring.written++;
  }

  return {
    push(atMs, run) {
      for (const { executor, lock } of run.executors) {
        for (const { worker, waitingShare } of lock?.workers ?? []) write(`${executor} ${worker}`, atMs, waitingShare);
      }
    },
    load(rows) {
      for (const { atMs, executor, worker, waitingShare } of rows) {
        for (const [index, one] of worker.entries()) write(`${executor} ${one}`, atMs, waitingShare[index] ?? null);
      }
    },
    shareAt(executor, worker, atMs) {
      const ring = rings.get(`${executor} ${worker}`);
      if (!ring) return null;
      let low = Math.max(0, ring.written - ROWS);
      let high = ring.written;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (at(ring, middle) >= atMs) high = middle;
        else low = middle + 1;
      }
      // The newest that was told also speaks for what is drawn after it.
      const index = Math.min(low, ring.written - 1);
      const share = ring.share[index % ROWS] ?? Number.NaN;
      return Number.isNaN(share) || at(ring, index) - atMs > SPAN_MS ? null : share;
    },
    clear: () => {
      rings.clear();
    },
  };
}
