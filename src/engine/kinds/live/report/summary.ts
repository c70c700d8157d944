import {
  NONE,
  NONE_MEANS,
  TIME_SHARES,
  apartOf,
  apartWords,
  coreCount,
  duration,
  number,
  percent,
  percentOf,
  plural,
  threadHostSentences,
  proofWords,
  executorTitle,
  type ExecutorKey,
  type ExecutorReport,
  type LatencySummary,
  type LiveReport,
  type TaskCounts,
} from '../../../../contract';
import { OUTCOME_WORDS, toldOffThread } from '../../../report/words';
import { unsaidFailure } from '../../../report/view';
import { textTable } from '../../../report/text-table';

const HEAD = ['', 'workers', 'tasks', 'tasks/s', 'cores busy', 'off thread', 'p50', 'p95', 'p99', 'failed', 'retried'];
/** More of them than this are in the report alone. */
const SENTENCES = 3;
const CORES = 16;

/** A live run in a screenful: the finding first, then who took part, then what was checked. */
export function liveSummary(report: LiveReport): string {
  const { workload, settings, outcome, elapsedMs } = report;
  const failure = unsaidFailure(report);
  const rows = tableRows(report);
  return [
    `${report.finding}\n\n`,
    `${workload.title}, size ${number(settings.size)}, ${duration(elapsedMs)}, ${OUTCOME_WORDS[outcome]}, seed ${String(settings.seed)}\n`,
    failure === null ? '' : `${failure}\n`,
    ...failures(report).map((line) => `${line}\n`),
    `\n${textTable([HEAD, ...rows])}`,
    rows.some((row) => row.includes(NONE)) ? `${NONE_MEANS}\n` : '',
    ...report.executors.map(timeLine),
    `\n${checks(report).join('\n')}\n`,
  ].join('');
}

/** Where the time of an executor's workers went: parts of one whole; nothing where that is not known. */
function timeLine({ executor, shares }: ExecutorReport): string {
  if (shares === null) return '';
  const parts = TIME_SHARES.flatMap(({ key, title }) =>
    Math.round((shares[key] ?? 0) * 100) === 0 ? [] : [`${title.toLowerCase()} ${percent(shares[key] ?? 0)}`],
  );
  return `Time of ${executorTitle(executor)}: ${parts.join(', ')}\n`;
}

interface Row {
  title: string;
  workers: number;
  counts: TaskCounts;
  throughputPerSecond: number;
  cpuMs: number | null;
  offThreadCpuMs: number | null;
  coresBusy: number | null;
  running: LatencySummary | null;
}

function tableRows({ executors, totals, settings }: LiveReport): string[][] {
  // At once: those that came for workers that died are no further ones.
  const atOnce = (name: ExecutorKey): number => settings.workers[name] ?? 0;
  const rows = executors.map((executor) =>
    cells({ ...executor, title: executorTitle(executor.executor), workers: atOnce(executor.executor) }),
  );
  if (executors.length < 2) return rows;
  const workers = executors.reduce((sum, { executor }) => sum + atOnce(executor), 0);
  return [...rows, cells({ ...totals, title: 'together', workers })];
}

function cells({ title, workers, counts, throughputPerSecond, coresBusy, running, ...used }: Row): string[] {
  return [
    title,
    number(workers),
    number(counts.done),
    number(throughputPerSecond),
    coreCount(coresBusy),
    percent(toldOffThread({ ...used, coresBusy })),
    ...[running?.p50Ms, running?.p95Ms, running?.p99Ms].map(duration),
    number(counts.failed),
    number(counts.retried),
  ];
}

function checks(report: LiveReport): string[] {
  const { totals, warnings, observer, executors } = report;
  const deaths = executors.reduce((sum, executor) => sum + executor.deaths.length, 0);
  const cost = observer.samplerShare === null ? '' : `, which took ${percentOf(observer.samplerShare, 'one core')}`;
  return [
    `Checksums: ${proofWords(report)}`,
    ...(totals.underWay === undefined ? [] : [`In progress at the end, and lost: ${plural(totals.underWay, 'task')}`]),
    ...(totals.failedRunning === null
      ? []
      : [
          `Latency of failed tasks, not included above: p50 ${duration(totals.failedRunning.p50Ms)}, longest ${duration(totals.failedRunning.maxMs)}`,
        ]),
    ...(totals.counts.cancelled > 0 ? [`Cancelled: ${plural(totals.counts.cancelled, 'task')}`] : []),
    ...threadHostSentences(
      executors.map(({ executor, threadHost }) => ({ title: executorTitle(executor), threadHost })),
    ),
    ...(deaths > 0 ? [`Died: ${plural(deaths, 'worker')}`] : []),
    ...coreLines(report),
    `Samples: ${number(observer.samples)}${cost}; ${number(observer.lateSamples)} late`,
    ...warnings.map((warning) => `Warning: ${warning}`),
  ];
}

/** The cores by both sources of utilization; where there are many, each is in the report alone. */
function coreLines({ samples }: LiveReport): string[] {
  const cores = samples.crossCheck.cores ?? [];
  const apart = apartOf(cores);
  if (apart === null) return [];
  const each =
    cores.length > CORES
      ? ''
      : `${cores.map(({ core, kernel, systeminformation }) => `core ${String(core)} ${percent(kernel)} and ${percent(systeminformation)}`).join(', ')}; `;
  return [`Cores by the kernel and by systeminformation: ${each}${apartWords(apart)}`];
}

/** What failed tasks said, most often said first. Of a failure of the whole run that is its sentence already. */
function failures({ tasks, totals, failure, thinned }: LiveReport): string[] {
  if (totals.counts.failed === 0 || failure !== null) return [];
  const times = new Map<string, number>();
  for (const { message } of tasks.errors) times.set(message, (times.get(message) ?? 0) + 1);
  const said = [...times].sort((a, b) => b[1] - a[1]);
  const all = thinned.tasks.kept === thinned.tasks.seen;
  return [
    ...said
      .slice(0, SENTENCES)
      .map(([message, count]) => `Failed${all ? `, ${plural(count, 'task')}` : ''}: ${message}`),
    ...(said.length > SENTENCES ? [`Failed: ${plural(said.length - SENTENCES, 'more sentence')} in the report`] : []),
  ];
}
