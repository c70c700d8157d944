import { EXECUTORS, type ExecutorName, type Sample } from '../../../contract';

/** Utilization of every core over a stretch of time, by cause. Values are 0 to 1 of one core. */
export interface CoreSlice {
  /** False where no sample covers the stretch. */
  known: boolean;
  /** False where the system cannot tell who used the cores: then `causes` is empty. */
  attributed: boolean;
  total: Float64Array;
  causes: { executor: ExecutorName; share: Float64Array }[];
}

/** The last minute of samples in typed columns; one row a tick, nothing allocated as they come. */
export interface CoreHistory {
  readonly cores: readonly number[];
  /** End of the newest sample on the engine's clock, ms; null before the first. */
  readonly newestMs: number | null;
  /** False for a sample that is not newer than the newest one. */
  push(sample: Sample): boolean;
  clear(): void;
  /** Mean over (fromMs, toMs], each sample weighted by how much of it lies inside. */
  slice(fromMs: number, toMs: number): CoreSlice;
}

const ROWS = 1024;

interface Columns {
  cores: readonly number[];
  atMs: Float64Array;
  intervalMs: Float64Array;
  attributed: Uint8Array;
  total: Float32Array;
  causes: Map<ExecutorName, Float32Array>;
}

function createColumns(cores: readonly number[]): Columns {
  return {
    cores,
    atMs: new Float64Array(ROWS),
    intervalMs: new Float64Array(ROWS),
    attributed: new Uint8Array(ROWS),
    total: new Float32Array(ROWS * cores.length),
    causes: new Map(),
  };
}

function write(columns: Columns, row: number, sample: Sample): void {
  const width = columns.cores.length;
  columns.atMs[row] = sample.atMs;
  columns.intervalMs[row] = sample.intervalMs;
  columns.attributed[row] = sample.byExecutor === null ? 0 : 1;
  columns.total.set(sample.utilization, row * width);
  for (const executor of EXECUTORS) {
    const share = sample.byExecutor?.[executor];
    const column = columns.causes.get(executor) ?? (share ? new Float32Array(ROWS * width) : null);
    if (!column) continue;
    columns.causes.set(executor, column);
    if (share) column.set(share, row * width);
    else column.fill(0, row * width, (row + 1) * width);
  }
}

/** Adds `weight` times one row of `from` to `to`. */
function accumulate(to: Float64Array, from: Float32Array, row: number, weight: number): void {
  const base = row * to.length;
  for (let core = 0; core < to.length; core++) to[core] = (to[core] ?? 0) + weight * (from[base + core] ?? 0);
}

function scale(values: Float64Array, by: number): void {
  for (let index = 0; index < values.length; index++) values[index] = (values[index] ?? 0) * by;
}

/** A history of up to 1024 ticks: 60 s at 10 Hz with room to spare. */
export function createCoreHistory(): CoreHistory {
  let columns = createColumns([]);
  let written = 0;
  const rowAt = (index: number): number => index % ROWS;
  const newest = (): number | null => (written === 0 ? null : (columns.atMs[rowAt(written - 1)] ?? null));

  /** Index of the first kept tick that ends after the time. */
  const firstAfter = (ms: number): number => {
    let low = Math.max(0, written - ROWS);
    let high = written;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((columns.atMs[rowAt(middle)] ?? 0) > ms) high = middle;
      else low = middle + 1;
    }
    return low;
  };

  return {
    get cores() {
      return columns.cores;
    },
    get newestMs() {
      return newest();
    },
    push(sample) {
      const last = newest();
      if (last !== null && sample.atMs <= last) return false;
      if (sample.cores.join() !== columns.cores.join()) {
        columns = createColumns([...sample.cores]);
        written = 0;
      }
      write(columns, rowAt(written), sample);
      written++;
      return true;
    },
    clear() {
      columns = createColumns([]);
      written = 0;
    },
    slice(fromMs, toMs) {
      const width = columns.cores.length;
      const total = new Float64Array(width);
      const causes = [...columns.causes].map(([executor, from]) => ({ executor, from, share: new Float64Array(width) }));
      let covered = 0;
      let attributed = true;
      for (let index = firstAfter(fromMs); index < written; index++) {
        const row = rowAt(index);
        const end = columns.atMs[row] ?? 0;
        const start = end - (columns.intervalMs[row] ?? 0);
        if (start >= toMs) break;
        const overlap = Math.min(end, toMs) - Math.max(start, fromMs);
        if (overlap <= 0) continue;
        covered += overlap;
        attributed &&= columns.attributed[row] === 1;
        accumulate(total, columns.total, row, overlap);
        for (const cause of causes) accumulate(cause.share, cause.from, row, overlap);
      }
      if (covered > 0) for (const values of [total, ...causes.map((cause) => cause.share)]) scale(values, 1 / covered);
      return { known: covered > 0, attributed: covered > 0 && attributed, total, causes: attributed ? causes : [] };
    },
  };
}
