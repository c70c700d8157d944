import {
  coreCount,
  NONE,
  durationOfUs,
  instant,
  points,
  apartOf,
  apartWords,
  executorTitle,
  KEPT_WORDS,
  startUpWords,
  WHY_APART,
  bytes,
  celsius,
  duration,
  megahertz,
  wholeSeconds,
  number,
  percentOf,
  plural,
  rate,
  type CoreComparison,
  type ExecutorReport,
  type LatencySummary,
  type LiveReport,
  type SampleTable,
  type Thinned,
} from '../../../../contract';
import { lockRows } from '../../../report/lock-rows';
import {
  checksumTable,
  costTable,
  machineTable,
  OFF_THREAD,
  offThreadRow,
  settingsTable,
  shareRows,
  taskRows,
  type KeyNumber,
  type ReportTable,
} from '../../../report/tables';
import { NOT_AVAILABLE, threadHostRow, workerName, workersOf } from '../../../report/words';

/** The numbers that a reader looks for first. */
export function keyNumbers(report: LiveReport): KeyNumber[] {
  const { counts, underWay, running, coresBusy, throughputPerSecond, droppedEvents } = report.totals;
  const {
    hardwareThreads,
    limits: { effectiveCpus },
  } = report.machine;
  const of = effectiveCpus === hardwareThreads ? plural(hardwareThreads, 'core') : plural(effectiveCpus, 'usable core');
  return [
    {
      label: 'Throughput',
      value: rate(throughputPerSecond),
      note: `${plural(counts.done, 'task')} in ${duration(report.elapsedMs)}`,
    },
    {
      label: 'Latency p50',
      value: duration(running?.p50Ms),
      note: 'from started to finished; half of the tasks take at most this long',
    },
    { label: 'p95', value: duration(running?.p95Ms), note: '19 of 20 tasks at most' },
    {
      label: 'p99',
      value: duration(running?.p99Ms),
      note: running && running.p99Ms === null ? 'needs 100 tasks' : '99 of 100 tasks at most',
    },
    {
      label: 'Cores busy',
      value: coreCount(coresBusy),
      note: coresBusy === null ? 'CPU time ÷ wall time' : `of ${of}; CPU time ÷ wall time`,
    },
    ...clockNumber(report),
    {
      label: 'Failed',
      value: number(counts.failed),
      note: `${number(counts.retried)} retried · ${number(counts.cancelled)} cancelled${underWay === undefined ? '' : ` · ${number(underWay)} in progress`} · ${plural(droppedEvents, 'progress message')} dropped${untimed(counts)}`,
    },
  ];
}

/** Clock and temperature, where they are known. */
function clockNumber({ clock, samples }: LiveReport): KeyNumber[] {
  const warmest = samples.temperatureC.value.length === 0 ? null : Math.max(...samples.temperatureC.value);
  const hot = warmest === null ? '' : `; processor at most ${celsius(warmest)}`;
  if (clock === undefined || clock === null)
    return warmest === null ? [] : [{ label: 'Temperature', value: celsius(warmest), note: 'the processor, at most' }];
  const { meanMhz, lowestMhz, highestMhz, fell } = clock;
  const from =
    fell === null
      ? ''
      : `; fell from ${megahertz(fell.fromMhz)} to ${megahertz(fell.toMhz)} after ${duration(wholeSeconds(fell.afterMs))}`;
  const note = `mean of busy cores; ${number(lowestMhz)} to ${megahertz(highestMhz)}${from}${hot}`;
  return [{ label: 'Clock', value: megahertz(meanMhz), note }];
}

/** What is added where tasks have no times. */
function untimed({ untimed: count = 0 }: LiveReport['totals']['counts']): string {
  return count === 0 ? '' : ` · ${plural(count, 'task')} without times`;
}

/** Every executor beside the others. */
export function executorTable(report: LiveReport): ReportTable {
  const row = (name: string, value: (executor: ExecutorReport) => string): string[] => [
    name,
    ...report.executors.map(value),
  ];
  const failedToo = report.executors.some(({ failedRunning }) => failedRunning !== null);
  const timed = (name: string, pick: (summary: LatencySummary) => number | null): string[] =>
    row(name, ({ running }) => duration(running && pick(running)));
  return {
    title: 'Executor by executor',
    note: `Cores busy is CPU time ÷ wall time, including helper threads and child processes: 1 is one core kept busy all the time. ${OFF_THREAD} Shares of the workers’ time add up to 100 %.`,
    head: ['', ...report.executors.map(({ executor }) => executorTitle(executor))],
    rows: [
      row('Workers at the start', ({ executor }) => number(report.settings.workers[executor] ?? 0)),
      ...threadHostRow(report.executors),
      row('Tasks done', ({ counts }) => number(counts.done)),
      row(
        'Failed · retried · cancelled',
        ({ counts }) =>
          `${number(counts.failed)} · ${number(counts.retried)} · ${number(counts.cancelled)}${untimed(counts)}`,
      ),
      row('Throughput', ({ throughputPerSecond }) => rate(throughputPerSecond)),
      row('Throughput per worker', (executor) => perWorker(report, executor)),
      row('CPU time of task threads', ({ cpuMs }) => duration(cpuMs)),
      offThreadRow(report.executors),
      row('Cores busy', ({ coresBusy }) => coreCount(coresBusy)),
      row('Time waiting for a core', ({ runQueueMs }) => duration(runQueueMs)),
      ...shareRows(report.executors),
      timed('Latency p50', (l) => l.p50Ms),
      timed('Latency p95', (l) => l.p95Ms),
      timed('Latency p99', (l) => l.p99Ms),
      timed('Latency, longest', (l) => l.maxMs),
      ...(failedToo
        ? [
            row('Of failed tasks: p50 · p95 · longest', ({ failedRunning: of }) =>
              of ? [of.p50Ms, of.p95Ms, of.maxMs].map(duration).join(' · ') : NONE,
            ),
          ]
        : []),
      row('Waiting p50', ({ waiting }) => duration(waiting?.p50Ms)),
      row('Waiting p95', ({ waiting }) => duration(waiting?.p95Ms)),
      row('Start-up of a worker', startUpWords),
      row('Hand-over, round trip', ({ handOverUs }) => durationOfUs(handOverUs)),
      row('Memory each, resident', ({ memory }) => bytes(memory?.residentBytesPerWorker)),
      row('Memory each, proportional', ({ memory }) => bytes(memory?.proportionalBytesPerWorker)),
      ...lockRows(report.executors),
      row('Workers that died', ({ deaths }) => number(deaths.length)),
    ],
  };
}

/** Only where the count stood still: an average over a changing number of workers would mislead. */
function perWorker(report: LiveReport, { executor, throughputPerSecond }: ExecutorReport): string {
  const workers = report.settings.workers[executor] ?? 0;
  if (report.resizes.some((resize) => resize.executor === executor)) return 'the count varied';
  return rate(workers > 0 ? throughputPerSecond / workers : null);
}

export function workerTable(report: LiveReport): ReportTable {
  return {
    title: 'Worker by worker',
    note: 'Busy: CPU time of the worker ÷ elapsed time of the run; 100 % is one core.',
    head: ['Worker', 'process id', 'thread id', 'tasks', 'CPU time', 'busy', 'waiting for a core', 'start-up'],
    numbers: [1, 2, 3, 4, 5, 6, 7],
    rows: report.executors.flatMap(({ executor, workers }) =>
      workers.map((worker) => [
        workerName(executor, worker.worker),
        String(worker.pid),
        worker.tid === null ? NONE : String(worker.tid),
        number(worker.settled),
        duration(worker.cpuMs),
        percentOf(worker.cpuMs === null ? null : worker.cpuMs / report.elapsedMs, 'one core'),
        duration(worker.runQueueMs),
        worker.reused === true ? KEPT_WORDS : duration(worker.startUpMs),
      ]),
    ),
  };
}

/** Each core by both sources of utilization, over the same seconds. */
export function coreTable({ samples }: LiveReport): ReportTable {
  const row = ({ core, readings, kernel, systeminformation, meanApart, worstApart }: CoreComparison): string[] => [
    String(core),
    ...[kernel, systeminformation].map((share) => percentOf(share, 'this core')),
    ...[meanApart, worstApart].map(points),
    number(readings),
  ];
  return {
    title: 'Core by core, by two sources',
    note: `${sourcesSentence(samples)} Both are means of the same seconds: the kernel’s of the samples, systeminformation’s of its currentLoad(), about once per second.`,
    head: ['Core', 'kernel', 'systeminformation', 'apart, mean', 'worst', 'seconds'],
    numbers: [1, 2, 3, 4, 5],
    rows: (samples.crossCheck.cores ?? []).map(row),
  };
}

/** How far the two sources of utilization were apart. */
export function sourcesSentence({ crossCheck }: SampleTable): string {
  const apart = crossCheck.cores === null ? null : apartOf(crossCheck.cores);
  return apart === null
    ? `Utilization of the cores from systeminformation is ${NOT_AVAILABLE}.`
    : `The kernel and systeminformation were ${apartWords(apart)}; ${WHY_APART}.`;
}

/** Tables of what happened. */
export function eventTables(report: LiveReport): ReportTable[] {
  const deaths = report.executors.flatMap(({ executor, deaths: own }) => own.map((death) => ({ executor, ...death })));
  return [
    {
      title: 'Changes of worker counts',
      head: ['At', 'executor', 'from', 'to'],
      numbers: [2, 3],
      rows: report.resizes.map(({ atMs, executor, from, to }) => [
        instant(atMs),
        executorTitle(executor),
        String(from),
        String(to),
      ]),
    },
    {
      title: 'Workers that died',
      head: ['At', 'worker', 'exit code', 'signal'],
      rows: deaths.map(({ atMs, executor, worker, code, signal }) => [
        instant(atMs),
        workerName(executor, worker),
        code === null ? 'none' : String(code),
        signal ?? 'none',
      ]),
    },
    {
      title: 'Failed tasks',
      head: ['Task', 'error'],
      rows: report.tasks.errors.map(({ id, message }) => [String(id), message]),
    },
    {
      title: 'Lines',
      head: ['At', 'worker', 'line'],
      rows: report.lines.map(({ atMs, executor, worker, text }) => [instant(atMs), workerName(executor, worker), text]),
    },
    checksumTable(report),
  ];
}

/** How the run was made and what it was made on: enough to repeat it. */
export function setupTables(report: LiveReport): ReportTable[] {
  const { settings, observer, thinned } = report;
  return [
    settingsTable(report, [
      ...taskRows(report),
      ['Workers at the start', workersOf(settings)],
      ['Ends after', endsAfter(report)],
      ['Seed', String(settings.seed)],
    ]),
    costTable(observer, [['Progress messages dropped', number(report.totals.droppedEvents)]]),
    {
      title: 'What this report contains',
      note: 'Counts, throughput and latency above always cover everything; only these lists are limited.',
      head: ['', 'saved', 'of', 'how chosen'],
      numbers: [1, 2],
      rows: [
        thinnedRow('Tasks', thinned.tasks),
        thinnedRow('Samples', thinned.samples),
        thinnedRow('Lines', thinned.lines),
      ],
    },
    machineTable(report.machine),
  ];
}

function thinnedRow(name: string, { kept, seen, method }: Thinned): string[] {
  return [name, number(kept), number(seen), method];
}

function endsAfter({ settings }: LiveReport): string {
  const ends = [
    settings.durationMs === null ? null : duration(settings.durationMs),
    settings.tasks === null ? null : plural(settings.tasks, 'task'),
  ];
  return ends.filter((end) => end !== null).join(' or ') || 'when stopped';
}
