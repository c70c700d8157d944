import { inOrder, keysOf, type ExecutorKey, type Sample } from '../../../contract';

/** Utilization of every core over a stretch of time, by cause. Values are 0 to 1 of one core. */
export interface CoreSlice {
  /** False where no sample covers the stretch. */
  known: boolean;
  /** False where the system cannot tell who used the cores: then `causes` is empty. */
  attributed: boolean;
  /** By core, in the order of the history's; NaN for one that was not there. */
  total: Float64Array;
  causes: { executor: ExecutorKey; share: Float64Array }[];
}

/** The last minute of samples in typed columns; one row a tick, nothing allocated as they come. */
export interface CoreHistory {
  /** All that any sample told of, ascending: one that went keeps its place. */
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
  causes: Map<ExecutorKey, Float32Array>;
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

/** The same rows with more cores. */
function widened(from: Columns, cores: readonly number[]): Columns {
  const to = createColumns(cores);
  to.atMs.set(from.atMs);
  to.intervalMs.set(from.intervalMs);
  to.attributed.set(from.attributed);
  const places = from.cores.map((core) => cores.indexOf(core));
  const moved = (values: Float32Array, missing: number): Float32Array => {
    const wide = new Float32Array(ROWS * cores.length).fill(missing);
    values.forEach((value, at) => {
      const place = places[at % places.length] ?? 0;
      wide[Math.floor(at / places.length) * cores.length + place] = value;
    });
    return wide;
  };
  return {
    ...to,
    total: moved(from.total, NaN),
    causes: new Map([...from.causes].map(([executor, share]) => [executor, moved(share, 0)])),
  };
}

/** Puts the values of a sample in the places of its cores; one that it does not tell of has `missing`. */
function place(
  columns: Columns,
  to: Float32Array,
  row: number,
  { cores, values, missing }: { cores: readonly number[]; values: readonly number[]; missing: number },
): void {
  const base = row * columns.cores.length;
  to.fill(missing, base, base + columns.cores.length);
  cores.forEach((core, at) => (to[base + columns.cores.indexOf(core)] = values[at] ?? missing));
}

function write(columns: Columns, row: number, sample: Sample): void {
  const width = columns.cores.length;
  const { cores } = sample;
  columns.atMs[row] = sample.atMs;
  columns.intervalMs[row] = sample.intervalMs;
  columns.attributed[row] = sample.byExecutor === null ? 0 : 1;
  place(columns, columns.total, row, { cores, values: sample.utilization, missing: NaN });
  for (const executor of inOrder([...columns.causes.keys(), ...keysOf(sample.byExecutor ?? {})])) {
    const share = sample.byExecutor?.[executor];
    const column = columns.causes.get(executor) ?? (share ? new Float32Array(ROWS * width) : null);
    if (!column) continue;
    columns.causes.set(executor, column);
    place(columns, column, row, { cores: share ? cores : [], values: share ?? [], missing: 0 });
  }
}

/** Adds `weight` times one row of `from` to `to`, and the weight to that of each core that has a value there. */
function accumulate(
  to: { values: Float64Array; weights: Float64Array },
  from: Float32Array,
  row: number,
  weight: number,
): void {
  const { values, weights } = to;
  const base = row * values.length;
  for (let core = 0; core < values.length; core++) {
    const value = from[base + core] ?? NaN;
    if (Number.isNaN(value)) continue;
    values[core] = (values[core] ?? 0) + weight * value;
    weights[core] = (weights[core] ?? 0) + weight;
  }
}

/** The means; NaN for a core without a value. */
function means({ values, weights }: { values: Float64Array; weights: Float64Array }): Float64Array {
  return values.map((value, core) => (weights[core] ? value / weights[core] : NaN));
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
        const known = new Set(columns.cores);
        if (sample.cores.some((core) => !known.has(core)))
          columns = widened(
            columns,
            [...new Set([...known, ...sample.cores])].sort((a, b) => a - b),
          );
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
      const sum = (): { values: Float64Array; weights: Float64Array } => ({
        values: new Float64Array(width),
        weights: new Float64Array(width),
      });
      const total = sum();
      const causes = [...columns.causes].map(([executor, from]) => ({ executor, from, sum: sum() }));
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
        for (const cause of causes) accumulate(cause.sum, cause.from, row, overlap);
      }
      const shares = attributed ? causes.map(({ executor, sum: of }) => ({ executor, share: means(of) })) : [];
      return { known: covered > 0, attributed: covered > 0 && attributed, total: means(total), causes: shares };
    },
  };
}
