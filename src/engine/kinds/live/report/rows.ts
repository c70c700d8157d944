import { keysOf, type ExecutorReport, type LiveReport, type SampleTable } from '../../../../contract';
import type { Cell } from '../../../report/reads';

export function* taskRows({ tasks, executors }: LiveReport): Generator<Cell[]> {
  yield [
    'task',
    'executor',
    'worker',
    'state',
    'attempts',
    'input',
    'queued_ms',
    'started_ms',
    'finished_ms',
    'waiting_ms',
    'running_ms',
    'checksum_uint32',
    'error',
    'thread_host',
    'thread_reused',
  ];
  const hosts = new Map(executors.map(({ executor, threadHost }) => [executor, threadHost]));
  const reused = new Map(executors.map((one) => [one.executor, reusedOf(one)]));
  const errors = new Map(tasks.errors.map(({ id, message }) => [id, message]));
  for (const [row, id] of tasks.id.entries()) {
    const started = tasks.attempts[row] === 0 ? null : (tasks.startedMs[row] ?? null);
    const finished = tasks.finishedMs[row] ?? null;
    const queued = tasks.queuedMs[row] ?? null;
    const state = tasks.states[tasks.state[row] ?? -1];
    const executor = tasks.executors[tasks.executor[row] ?? -1];
    yield [
      id,
      executor,
      tasks.worker[row],
      state,
      tasks.attempts[row],
      tasks.input[row],
      queued,
      started,
      finished,
      difference(started, queued),
      difference(finished, started),
      tasks.checksum[row],
      state === 'failed' ? errors.get(id) : null,
      executor === undefined ? null : hosts.get(executor),
      executor === undefined ? null : reused.get(executor)?.get(tasks.worker[row] ?? 0),
    ];
  }
}

/** By worker, whether it was kept from the run before; nothing of those that never are. */
function reusedOf({ threadHost, workers }: ExecutorReport): Map<number, string> {
  if (threadHost !== 'own-process') return new Map();
  return new Map(workers.map(({ worker, reused = false }) => [worker, String(reused)]));
}

/** b before a, in ms, without the tail of digits that binary fractions leave; null where either is not known. */
function difference(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.round((a - b) * 1e6) / 1e6;
}

/** One row for each moment at which anything was measured, so that values that came at their own pace are all kept. */
export function* sampleRows({ samples }: LiveReport): Generator<Cell[]> {
  const columns = sampleColumns(samples);
  yield ['at_ms', ...columns.map(({ title }) => title)];
  const lookUps = columns.map(({ atMs, values }) => new Map(atMs.map((at, row) => [at, values[row]])));
  const moments = new Set(columns.flatMap(({ atMs }) => atMs));
  for (const at of [...moments].sort((a, b) => a - b)) yield [at, ...lookUps.map((values) => values.get(at))];
}

interface SampleColumn {
  title: string;
  atMs: number[];
  values: (number | null)[];
}

function sampleColumns(samples: SampleTable): SampleColumn[] {
  const { atMs, cores, crossCheck, frequencyMhz, temperatureC } = samples;
  const ticks = (title: string, values: (number | null)[] | undefined): SampleColumn[] =>
    values ? [{ title, atMs, values }] : [];
  const perCore = (title: string, matrix: (number | null)[][] | undefined): SampleColumn[] =>
    cores.flatMap((core, at) => ticks(`core_${String(core)}_${title}_share_of_core`, matrix?.[at]));
  const slow = (title: string, series: { atMs: number[] }, values: (number | null)[]): SampleColumn[] =>
    values.length > 0 ? [{ title, atMs: series.atMs, values }] : [];
  return [
    ...ticks('interval_ms', samples.intervalMs),
    ...perCore('busy', samples.utilization),
    ...keysOf(samples.byExecutor ?? {}).flatMap((name) => perCore(name, samples.byExecutor?.[name])),
    ...keysOf(samples.throughput).flatMap((name) => ticks(`${name}_tasks_per_s`, samples.throughput[name])),
    ...cores.flatMap((core, at) =>
      slow(`core_${String(core)}_systeminformation_share_of_core`, crossCheck, crossCheck.utilization[at] ?? []),
    ),
    ...slow('mean_frequency_mhz', frequencyMhz, frequencyMhz.mean),
    ...slow('temperature_celsius', temperatureC, temperatureC.value),
  ];
}
