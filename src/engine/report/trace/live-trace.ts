import type { LiveReport } from '../../../contract';
import { EXECUTOR_TITLES, workerName } from '../words';
import { microseconds, rowName, type TraceEvent } from './event';
import { everyNth, samplesInTrace } from './samples';

/** Most events of tasks and of counters: together about 15 MB, which a browser opens at once. */
const MOST_TASKS = 60_000;
const MOST_COUNTERS = 40_000;

/** The machine as a whole is the first process of a trace, executors are the others. */
const MACHINE = 1;

export interface LeftOut {
  /** Tasks that the report keeps and the trace has no room for, and those that the report has left out itself. */
  tasks: number;
  tasksBeforeReport: number;
  /** Moments of counters. */
  samples: number;
}

/** A live run as events: a row a worker, a block a task; cores, throughput and waiting tasks as counters. */
export function liveTrace(report: LiveReport, most = { tasks: MOST_TASKS, counters: MOST_COUNTERS }): { events: TraceEvent[]; leftOut: LeftOut } {
  const { tasks, thinned } = report;
  const pid = pidOf(report);
  const ran = tasks.id.flatMap((_, row) => ((tasks.attempts[row] ?? 0) > 0 ? [row] : []));
  // The last ones: what is left is whole from some moment on.
  const shown = ran.sort((a, b) => (tasks.startedMs[a] ?? 0) - (tasks.startedMs[b] ?? 0)).slice(-most.tasks);
  const { counters, left } = samplesInTrace(report, { most: most.counters, pidOf: pid, machine: MACHINE });
  const leftOut = { tasks: ran.length - shown.length, tasksBeforeReport: thinned.tasks.seen - thinned.tasks.kept, samples: left + thinned.samples.seen - thinned.samples.kept };
  return { events: [...names(report, shown, leftOut), ...shown.map((row) => taskEvent(report, row, pid)), ...counters, ...deaths(report)], leftOut };
}

const pidOf = ({ executors }: LiveReport) => {
  const places = new Map(executors.map(({ executor }, at) => [executor, MACHINE + 1 + at]));
  return (executor: LiveReport['executors'][number]['executor']): number => places.get(executor) ?? MACHINE;
};

function names(report: LiveReport, shown: readonly number[], leftOut: LeftOut): TraceEvent[] {
  const { tasks } = report;
  const pid = pidOf(report);
  const rows = new Map(shown.map((row) => {
    const executor = tasks.executors[tasks.executor[row] ?? -1] ?? 'threads';
    const worker = tasks.worker[row] ?? 0;
    return [`${executor} ${String(worker)}`, { executor, worker }] as const;
  }));
  return [
    ...rowName('process_name', { pid: MACHINE, tid: 0, order: 0, title: 'machine' }),
    { ph: 'M', name: 'process_labels', pid: MACHINE, tid: 0, args: { labels: sayLeftOut(leftOut) } },
    ...report.executors.flatMap(({ executor }, at) => rowName('process_name', { pid: pid(executor), tid: 0, order: at + 1, title: EXECUTOR_TITLES[executor] })),
    ...[...rows.values()].flatMap(({ executor, worker }) => rowName('thread_name', { pid: pid(executor), tid: worker, order: worker, title: workerName(executor, worker) })),
  ];
}

function taskEvent({ tasks }: LiveReport, row: number, pid: ReturnType<typeof pidOf>): TraceEvent {
  const executor = tasks.executors[tasks.executor[row] ?? -1] ?? 'threads';
  const started = tasks.startedMs[row] ?? 0;
  const state = tasks.states[tasks.state[row] ?? -1] ?? 'cancelled';
  return {
    ph: 'X',
    name: state === 'done' ? 'task' : `task, ${state}`,
    cat: state,
    ts: microseconds(started),
    dur: Math.max(0, microseconds((tasks.finishedMs[row] ?? started) - started)),
    pid: pid(executor),
    tid: tasks.worker[row] ?? 0,
    args: { task: tasks.id[row] ?? 0, input: tasks.input[row] ?? 0, waited_us: Math.max(0, microseconds(started - (tasks.queuedMs[row] ?? started))) },
  };
}

function deaths(report: LiveReport): TraceEvent[] {
  const pid = pidOf(report);
  return report.executors.flatMap(({ executor, deaths: all }) =>
    everyNth(all, 1_000).map(({ atMs, worker }): TraceEvent => ({ ph: 'i', name: 'worker died', cat: 'death', ts: microseconds(atMs), pid: pid(executor), tid: worker, s: 't' })),
  );
}

/** In words, for whoever opens the trace. */
export function sayLeftOut({ tasks, tasksBeforeReport, samples }: LeftOut): string {
  const parts = [
    ...(tasks > 0 ? [`the first ${String(tasks)} tasks`] : []),
    ...(tasksBeforeReport > 0 ? [`${String(tasksBeforeReport)} tasks that the report itself does not keep`] : []),
    ...(samples > 0 ? [`${String(samples)} samples`] : []),
  ];
  return parts.length === 0 ? 'nothing was left out' : `left out: ${parts.join(', ')}`;
}
