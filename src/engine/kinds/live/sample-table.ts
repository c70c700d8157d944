import {
  createCrossCheckSums,
  mapped,
  type ByExecutor,
  type CoreComparison,
  type CrossCheck,
  type ExecutorKey,
  type Sample,
  type SampleTable,
  type Thinned,
} from '../../../contract';

/** Rows kept in a report's sample table at most (two minutes at 10 Hz before neighbours are merged). */
const MAX_SAMPLE_ROWS = 1_200;

/** In the order in which cores were first seen; null of one that was not there, and nothing of those that came later. */
type Shares = (number | null)[];

interface Row {
  atMs: number;
  intervalMs: number;
  utilization: Shares;
  byExecutor: ByExecutor<Shares> | null;
  throughput: ByExecutor<number>;
}

/**
 * Keeps every sample until the table is full, then merges neighbours: means weighted by the length of their ticks,
 * so that the mean over any span stays what was measured.
 */
export interface SampleRecorder {
  add(sample: Sample, throughput: ByExecutor<number>): void;
  table(startedMs: number): SampleTable;
  /** How far systeminformation was from the samples, over all readings so far. */
  compared(): CoreComparison[];
  /** One sentence where cores came or went, else null. */
  changedCores(): string | null;
  thinned(): Thinned;
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
const roundedOrNull = (value: number | null | undefined): number | null =>
  value === null || value === undefined ? null : rounded(value);
const milliseconds = (value: number): number => Math.round(value * 1e3) / 1e3;

function mean(a: number, aMs: number, b: number, bMs: number): number {
  return (a * aMs + b * bMs) / (aMs + bMs);
}

/** What is missing on one side counts as 0 there: an executor that came or went had no share. */
function meanRecord<T>(
  a: ByExecutor<T>,
  b: ByExecutor<T>,
  merge: (x: T | undefined, y: T | undefined) => T,
): ByExecutor<T> {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<ExecutorKey>;
  return Object.fromEntries([...names].map((name) => [name, merge(a[name], b[name])]));
}

/** What an executor caused of cores that it is not told to have used. */
const noShare = (there: Shares): Shares => there.map((share) => (share === null ? null : 0));

function placedEach(
  byExecutor: ByExecutor<number[]>,
  placed: (values: readonly number[]) => Shares,
): ByExecutor<Shares> {
  return mapped(byExecutor, placed);
}

function merge(a: Row, b: Row): Row {
  const at = (x: number | undefined, y: number | undefined): number => mean(x ?? 0, a.intervalMs, y ?? 0, b.intervalMs);
  const both = (x: number | null, y: number | null): number | null =>
    x === null || y === null ? (x ?? y) : mean(x, a.intervalMs, y, b.intervalMs);
  // A core that was there on one side only has its value; an executor that was there on one side had no share on the other.
  const shares = (x: Shares, y: Shares): Shares =>
    Array.from({ length: Math.max(x.length, y.length) }, (_, core) => both(x[core] ?? null, y[core] ?? null));
  const columns = (x: Shares | undefined, y: Shares | undefined): Shares =>
    shares(x ?? noShare(a.utilization), y ?? noShare(b.utilization));
  return {
    atMs: b.atMs,
    intervalMs: a.intervalMs + b.intervalMs,
    utilization: shares(a.utilization, b.utilization),
    byExecutor:
      a.byExecutor && b.byExecutor ? meanRecord(a.byExecutor, b.byExecutor, columns) : (a.byExecutor ?? b.byExecutor),
    throughput: meanRecord(a.throughput, b.throughput, at),
  };
}

function halved(rows: Row[]): Row[] {
  const half: Row[] = [];
  for (let i = 0; i < rows.length; i += 2) {
    const a = rows[i] as Row;
    const b = rows[i + 1];
    half.push(b ? merge(a, b) : a);
  }
  return half;
}

/** Samples that lack a core before that is worth a word: one whose counters stood still for a moment was there all the same. */
const FEW_SAMPLES = 2;

/** Counts how many samples tell of each core. */
function createPresence(): { add(sample: Sample): void; warning(): string | null } {
  const seen = new Map<number, number>();
  let samples = 0;
  return {
    add(sample) {
      samples++;
      for (const core of sample.cores) seen.set(core, (seen.get(core) ?? 0) + 1);
    },
    warning() {
      const away = [...seen].filter(([, count]) => samples - count > FEW_SAMPLES).map(([core]) => String(core));
      if (away.length === 0) return null;
      const which = away.length === 1 ? `Core ${away.join('')} was` : `Cores ${away.join(', ')} were`;
      return `${which} offline for part of the run: there are no values for that time, and the number of usable cores changed.`;
    },
  };
}

const everySecond = <T>(rows: T[]): T[] => rows.filter((_, i) => i % 2 === 0);

export function createSampleRecorder(maxRows = MAX_SAMPLE_ROWS): SampleRecorder {
  let rows: Row[] = [];
  let pending: Row | null = null;
  let pendingTicks = 0;
  let stride = 1;
  let seen = 0;
  const cores: number[] = [];
  const presence = createPresence();
  let crossChecks: CrossCheck[] = [];
  const compared = createCrossCheckSums();
  let frequencies: { atMs: number; mean: number | null }[] = [];
  let temperatures: { atMs: number; value: number }[] = [];

  const slow = (sample: Sample): void => {
    if (sample.crossCheck) {
      crossChecks.push(sample.crossCheck);
      compared.add(sample.crossCheck);
    }
    if (crossChecks.length > maxRows) crossChecks = everySecond(crossChecks);
    if (sample.frequencyMhz) {
      const known = sample.frequencyMhz.filter((mhz) => mhz !== null);
      frequencies.push({
        atMs: sample.atMs,
        mean: known.length > 0 ? known.reduce((sum, mhz) => sum + mhz, 0) / known.length : null,
      });
    }
    if (frequencies.length > maxRows) frequencies = everySecond(frequencies);
    if (sample.temperatureC !== null) temperatures.push({ atMs: sample.atMs, value: sample.temperatureC });
    if (temperatures.length > maxRows) temperatures = everySecond(temperatures);
  };

  const push = (row: Row): void => {
    pending = pending ? merge(pending, row) : row;
    if (++pendingTicks < stride) return;
    rows.push(pending);
    pending = null;
    pendingTicks = 0;
    if (rows.length < maxRows) return;
    rows = halved(rows);
    stride *= 2;
  };

  const kept = (): Row[] => (pending ? [...rows, pending] : rows);

  return {
    add(sample, throughput) {
      seen++;
      for (const core of sample.cores) if (!cores.includes(core)) cores.push(core);
      const placed = (values: readonly number[]): Shares =>
        cores.map((core) => values[sample.cores.indexOf(core)] ?? null);
      presence.add(sample);
      slow(sample);
      push({
        atMs: sample.atMs,
        intervalMs: sample.intervalMs,
        utilization: placed(sample.utilization),
        byExecutor: sample.byExecutor && placedEach(sample.byExecutor, placed),
        throughput,
      });
    },
    table(startedMs) {
      const all = kept();
      const since = (ms: number): number => milliseconds(ms - startedMs);
      const ascending = cores.map((core, place) => ({ core, place })).sort((a, b) => a.core - b.core);
      const perCore = (pick: (row: Row) => Shares): (number | null)[][] =>
        ascending.map(({ place }) => all.map((row) => roundedOrNull(pick(row)[place])));
      const named = [...new Set(all.flatMap((row) => Object.keys(row.byExecutor ?? {})))] as ExecutorKey[];
      const fed = [...new Set(all.flatMap((row) => Object.keys(row.throughput)))] as ExecutorKey[];
      return {
        cores: ascending.map(({ core }) => core),
        atMs: all.map((row) => since(row.atMs)),
        intervalMs: all.map((row) => milliseconds(row.intervalMs)),
        utilization: perCore((row) => row.utilization),
        byExecutor: all.some((row) => row.byExecutor)
          ? Object.fromEntries(
              named.map((name) => [name, perCore((row) => row.byExecutor?.[name] ?? noShare(row.utilization))]),
            )
          : null,
        crossCheck: {
          atMs: crossChecks.map((check) => since(check.toMs)),
          utilization: ascending.map(({ core }) =>
            crossChecks.map((check) => roundedOrNull(check.utilization[check.cores.indexOf(core)])),
          ),
          cores: compared.cores(),
        },
        frequencyMhz: {
          atMs: frequencies.map((f) => since(f.atMs)),
          mean: frequencies.map((f) => (f.mean === null ? null : Math.round(f.mean))),
        },
        temperatureC: { atMs: temperatures.map((t) => since(t.atMs)), value: temperatures.map((t) => t.value) },
        throughput: Object.fromEntries(
          fed.map((name) => [name, all.map((row) => milliseconds(row.throughput[name] ?? 0))]),
        ),
      };
    },
    compared: compared.cores,
    changedCores: presence.warning,
    thinned: () => ({
      seen,
      kept: kept().length,
      method: stride === 1 ? 'all kept' : `${stride} neighbours merged into one, means weighted by time`,
    }),
  };
}
