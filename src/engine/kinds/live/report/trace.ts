import { executorTitle, languageFacts, type ExecutorKey, type LiveReport } from '../../../../contract';
import { workerName } from '../../../report/words';
import { at, microseconds, rowName, type TraceEvent } from '../../../report/trace/event';
import { everyNth, samplesInTrace } from './trace-samples';

/** Most events of tasks and of counters: together about 15 MB, which a browser opens at once. */
const MOST_TASKS = 60_000;
const MOST_COUNTERS = 40_000;
const MOST_DEATHS = 1_000;

/** The machine as a whole is the first process of a trace, executors are the others. */
const MACHINE = 1;

export interface LeftOut {
  /** Tasks that the report keeps and the trace has no room for, and those that the report has left out itself. */
  tasks: number;
  tasksBeforeReport: number;
  /** Moments of counters. */
  samples: number;
  deaths: number;
}

/** A live run as events: a row a worker, a block a task; cores, throughput and waiting tasks as counters. */
export function liveTrace(
  report: LiveReport,
  most = { tasks: MOST_TASKS, counters: MOST_COUNTERS },
): { events: TraceEvent[]; leftOut: LeftOut } {
  const { tasks, thinned } = report;
  const pid = pidOf(report);
  const ran = tasks.id.flatMap((_, row) => ((tasks.attempts[row] ?? 0) > 0 ? [row] : []));
  // The last ones: what is left is whole from some moment on.
  const shown = ran.sort((a, b) => (tasks.startedMs[a] ?? 0) - (tasks.startedMs[b] ?? 0)).slice(-most.tasks);
  const { counters, left } = samplesInTrace(report, { most: most.counters, pidOf: pid, machine: MACHINE });
  const deaths = deathsIn(report);
  const leftOut = {
    tasks: ran.length - shown.length,
    tasksBeforeReport: thinned.tasks.seen - thinned.tasks.kept,
    samples: left + thinned.samples.seen - thinned.samples.kept,
    deaths: Math.max(0, deaths.length - MOST_DEATHS),
  };
  return {
    events: [
      ...names(report, workersOf(report, shown), leftOut),
      ...shown.map((row) => taskEvent(report, row, pid)),
      ...counters,
      ...everyNth(deaths, MOST_DEATHS),
    ],
    leftOut,
  };
}

const pidOf = ({ executors }: LiveReport) => {
  const places = new Map(executors.map(({ executor }, at) => [executor, MACHINE + 1 + at]));
  return (executor: ExecutorKey): number => places.get(executor) ?? MACHINE;
};

/** Who ran the task of a row; a report that was read has one for each. */
function executorAt({ executors, executor }: LiveReport['tasks'], row: number): ExecutorKey {
  return executors[executor[row] ?? -1] ?? languageFacts('node').startedBy;
}

/** Those that have a block or an end in the trace. */
function workersOf(
  { tasks, executors }: LiveReport,
  shown: readonly number[],
): { executor: ExecutorKey; worker: number }[] {
  const ran = shown.map((row) => ({ executor: executorAt(tasks, row), worker: tasks.worker[row] ?? 0 }));
  const died = executors.flatMap(({ executor, deaths }) => deaths.map(({ worker }) => ({ executor, worker })));
  return [...new Map([...ran, ...died].map((one) => [`${one.executor} ${String(one.worker)}`, one])).values()];
}

function names(report: LiveReport, workers: ReturnType<typeof workersOf>, leftOut: LeftOut): TraceEvent[] {
  const pid = pidOf(report);
  return [
    ...rowName({ pid: MACHINE }, { order: 0, title: 'machine' }),
    { ph: 'M', name: 'process_labels', ...at({ pid: MACHINE }), args: { labels: sayLeftOut(leftOut) } },
    ...report.executors.flatMap(({ executor }, place) =>
      rowName({ pid: pid(executor) }, { order: place + 1, title: executorTitle(executor) }),
    ),
    ...workers.flatMap(({ executor, worker }) =>
      rowName({ pid: pid(executor), worker }, { order: worker, title: workerName(executor, worker) }),
    ),
  ];
}

function taskEvent({ tasks }: LiveReport, row: number, pid: ReturnType<typeof pidOf>): TraceEvent {
  const executor = executorAt(tasks, row);
  const startedMs = tasks.startedMs[row] ?? 0;
  const ts = microseconds(startedMs);
  const state = tasks.states[tasks.state[row] ?? -1] ?? 'cancelled';
  return {
    ph: 'X',
    name: state === 'done' ? 'task' : `task, ${state}`,
    cat: state,
    ts,
    // From end to start, as they stand here: a block that reaches into the next by a rounding would be left out by Perfetto.
    dur: Math.max(0, microseconds((microseconds(tasks.finishedMs[row] ?? startedMs) - ts) / 1e3)),
    ...at({ pid: pid(executor), worker: tasks.worker[row] ?? 0 }),
    args: {
      task: tasks.id[row] ?? 0,
      input: tasks.input[row] ?? 0,
      waited_us: Math.max(0, microseconds(startedMs - (tasks.queuedMs[row] ?? startedMs))),
    },
  };
}

function deathsIn(report: LiveReport): TraceEvent[] {
  const pid = pidOf(report);
  return report.executors.flatMap(({ executor, deaths }) =>
    deaths.map(({ atMs, worker }): TraceEvent => ({
      ph: 'i',
      name: 'worker died',
      cat: 'death',
      ts: microseconds(atMs),
      ...at({ pid: pid(executor), worker }),
      s: 't',
    })),
  );
}

/** In words, for the reader of the trace. */
export function sayLeftOut({ tasks, tasksBeforeReport, samples, deaths }: LeftOut): string {
  const parts = [
    ...(tasks > 0 ? [`the first ${String(tasks)} tasks`] : []),
    ...(tasksBeforeReport > 0 ? [`${String(tasksBeforeReport)} tasks that the report itself does not keep`] : []),
    ...(samples > 0 ? [`${String(samples)} samples`] : []),
    ...(deaths > 0 ? [`${String(deaths)} deaths of workers`] : []),
  ];
  return parts.length === 0 ? 'nothing was left out' : `left out: ${parts.join(', ')}`;
}
