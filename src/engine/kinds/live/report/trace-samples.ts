import { executorTitle, keysOf, type ExecutorKey, type LiveReport } from '../../../../contract';
import { at, microseconds, type TraceEvent } from '../../../report/trace/event';

export interface SampleOptions {
  most: number;
  pidOf(executor: ExecutorKey): number;
  machine: number;
}

/** Every nth of some values, so that at most `most` are left; the last is always one of them. */
export function everyNth<T>(values: readonly T[], most: number): T[] {
  if (values.length <= most) return [...values];
  const step = values.length / Math.max(1, most);
  return Array.from(
    { length: Math.max(1, most) },
    (_, at) => values[values.length - 1 - Math.floor((Math.max(1, most) - 1 - at) * step)] as T,
  );
}

/** Counters at the moments of the samples: each core, tasks finished a second, tasks waiting; `left` moments have no room. */
export function samplesInTrace(
  report: LiveReport,
  { most, pidOf, machine }: SampleOptions,
): { counters: TraceEvent[]; left: number } {
  const { samples } = report;
  const fed = keysOf(samples.throughput);
  const waiting = waitingTasks(report);
  const events = samples.cores.length + fed.length + waiting.size;
  const moments = everyNth(
    samples.atMs.map((_, row) => row),
    Math.floor(most / Math.max(1, events)),
  );
  const counters = moments.flatMap((row): TraceEvent[] => {
    const atMs = samples.atMs[row] ?? 0;
    // A value stands in the picture from its moment until the next: a core's is of the time that its sample ends.
    const sinceMs = Math.max(0, atMs - (samples.intervalMs[row] ?? 0));
    const counter = (name: string, pid: number, value: { ms: number; args: Record<string, number> }): TraceEvent => ({
      ph: 'C',
      name,
      ts: microseconds(value.ms),
      ...at({ pid }),
      args: value.args,
    });
    return [
      ...samples.cores.flatMap((core, index) => {
        const share = samples.utilization[index]?.[row] ?? null;
        // A counter cannot say that there is no value: that of before stands on, which is less wrong than none busy.
        return share === null
          ? []
          : [
              counter(`core ${String(core)}, % of it`, machine, {
                ms: sinceMs,
                args: { busy: Math.round(share * 1000) / 10 },
              }),
            ];
      }),
      ...fed.map((name) =>
        counter(`${executorTitle(name)}, tasks per second`, pidOf(name), {
          ms: atMs,
          args: { finished: samples.throughput[name]?.[row] ?? 0 },
        }),
      ),
      ...[...waiting].map(([name, countAt]) =>
        counter(`${executorTitle(name)}, tasks waiting`, pidOf(name), { ms: atMs, args: { waiting: countAt(atMs) } }),
      ),
    ];
  });
  return { counters, left: samples.atMs.length - moments.length };
}

/** How many tasks waited at a time, by executor. Only where every task is in the report: of some of them the count would be wrong. */
function waitingTasks({ tasks, thinned }: LiveReport): Map<ExecutorKey, (atMs: number) => number> {
  const counts = new Map<ExecutorKey, (atMs: number) => number>();
  if (thinned.tasks.kept < thinned.tasks.seen) return counts;
  for (const [index, name] of tasks.executors.entries()) {
    const rows = tasks.id.flatMap((_, row) => (tasks.executor[row] === index ? [row] : []));
    const times = (pick: (row: number) => number | undefined): Float64Array =>
      Float64Array.from(rows, (row) => pick(row) ?? 0).sort();
    const queued = times((row) => tasks.queuedMs[row]);
    // A task that no worker took waited until it was dropped.
    const left = times((row) => ((tasks.attempts[row] ?? 0) > 0 ? tasks.startedMs[row] : tasks.finishedMs[row]));
    counts.set(name, (atMs) => upTo(queued, atMs) - upTo(left, atMs));
  }
  return counts;
}

/** How many of some sorted values are at most this. */
function upTo(sorted: Float64Array, most: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}
