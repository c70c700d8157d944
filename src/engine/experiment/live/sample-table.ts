import { createCrossCheckSums, type ByExecutor, type CoreComparison, type CrossCheck, type ExecutorName, type Sample, type SampleTable, type Thinned } from '../../../contract';

/** Rows kept in a report's sample table at most (two minutes at 10 Hz before neighbours are merged). */
export const MAX_SAMPLE_ROWS = 1_200;

interface Row {
  atMs: number;
  intervalMs: number;
  utilization: number[];
  byExecutor: ByExecutor<number[]> | null;
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
  thinned(): Thinned;
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
const roundedOrNull = (value: number | null | undefined): number | null => (value === null || value === undefined ? null : rounded(value));
const milliseconds = (value: number): number => Math.round(value * 1e3) / 1e3;

function mean(a: number, aMs: number, b: number, bMs: number): number {
  return (a * aMs + b * bMs) / (aMs + bMs);
}

/** What is missing on one side counts as 0 there: an executor that came or went had no share. */
function meanRecord<T>(a: ByExecutor<T>, b: ByExecutor<T>, merge: (x: T | undefined, y: T | undefined) => T): ByExecutor<T> {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<ExecutorName>;
  return Object.fromEntries([...names].map((name) => [name, merge(a[name], b[name])]));
}

function merge(a: Row, b: Row): Row {
  const at = (x: number | undefined, y: number | undefined): number => mean(x ?? 0, a.intervalMs, y ?? 0, b.intervalMs);
  const columns = (x: number[] | undefined, y: number[] | undefined): number[] =>
    (x ?? y ?? []).map((_, core) => at(x?.[core], y?.[core]));
  return {
    atMs: b.atMs,
    intervalMs: a.intervalMs + b.intervalMs,
    utilization: columns(a.utilization, b.utilization),
    byExecutor: a.byExecutor && b.byExecutor ? meanRecord(a.byExecutor, b.byExecutor, columns) : (a.byExecutor ?? b.byExecutor),
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

const everySecond = <T>(rows: T[]): T[] => rows.filter((_, i) => i % 2 === 0);

export function createSampleRecorder(maxRows = MAX_SAMPLE_ROWS): SampleRecorder {
  let rows: Row[] = [];
  let pending: Row | null = null;
  let pendingTicks = 0;
  let stride = 1;
  let seen = 0;
  let cores: number[] = [];
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
      frequencies.push({ atMs: sample.atMs, mean: known.length > 0 ? known.reduce((sum, mhz) => sum + mhz, 0) / known.length : null });
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
      cores = sample.cores;
      slow(sample);
      push({
        atMs: sample.atMs,
        intervalMs: sample.intervalMs,
        utilization: sample.utilization,
        byExecutor: sample.byExecutor,
        throughput,
      });
    },
    table(startedMs) {
      const all = kept();
      const since = (ms: number): number => milliseconds(ms - startedMs);
      const perCore = (pick: (row: Row) => number[] | undefined): number[][] =>
        cores.map((_, core) => all.map((row) => rounded(pick(row)?.[core] ?? 0)));
      const named = [...new Set(all.flatMap((row) => Object.keys(row.byExecutor ?? {})))] as ExecutorName[];
      const fed = [...new Set(all.flatMap((row) => Object.keys(row.throughput)))] as ExecutorName[];
      return {
        cores,
        atMs: all.map((row) => since(row.atMs)),
        intervalMs: all.map((row) => milliseconds(row.intervalMs)),
        utilization: perCore((row) => row.utilization),
        byExecutor: all.some((row) => row.byExecutor)
          ? Object.fromEntries(named.map((name) => [name, perCore((row) => row.byExecutor?.[name])]))
          : null,
        crossCheck: {
          atMs: crossChecks.map((check) => since(check.toMs)),
          utilization: cores.map((core) => crossChecks.map((check) => roundedOrNull(check.utilization[check.cores.indexOf(core)]))),
          cores: compared.cores(),
        },
        frequencyMhz: { atMs: frequencies.map((f) => since(f.atMs)), mean: frequencies.map((f) => (f.mean === null ? null : Math.round(f.mean))) },
        temperatureC: { atMs: temperatures.map((t) => since(t.atMs)), value: temperatures.map((t) => t.value) },
        throughput: Object.fromEntries(fed.map((name) => [name, all.map((row) => milliseconds(row.throughput[name] ?? 0))])),
      };
    },
    compared: compared.cores,
    thinned: () => ({
      seen,
      kept: kept().length,
      method: stride === 1 ? 'all kept' : `${stride} neighbours merged into one, means weighted by time`,
    }),
  };
}
