import {
  LAW_TITLES,
  NONE,
  SCALE_ENDS,
  capital,
  coefficient,
  coreCount,
  duration,
  executorTitle,
  factor,
  mostSpeedUp,
  noRecommendation,
  number,
  percent,
  plural,
  THREAD_HOST_WORDS,
  times,
  withInterval,
  type LawFit,
  type ScaleCurve,
  type ScaleReport,
} from '../../../../contract';
import {
  checksumTable,
  costTable,
  machineTable,
  settingsTable,
  taskRows,
  type KeyNumber,
  type ReportTable,
} from '../../../report/tables';
import { ranges } from '../../../report/words';

const titleOf = ({ executor }: ScaleCurve): string => capital(executorTitle(executor));

/** The numbers that a reader looks for first: how many workers to use. */
export function scaleKeys(report: ScaleReport): KeyNumber[] {
  const { curves, ceiling, roundCount, ended } = report;
  return [
    ...curves.flatMap((curve): KeyNumber[] => {
      const { recommendation } = curve;
      if (!recommendation) return [];
      const chosen = curve.points.find(({ workers }) => workers === recommendation.workers);
      const gain =
        chosen?.speedUp && chosen.workers > 1
          ? `${times(chosen.speedUp)} one worker`
          : `of up to ${number(curve.points.at(-1)?.workers ?? 1)} measured`;
      return [
        {
          label: titleOf(curve),
          value: `${number(recommendation.workers)}${recommendation.rising ? ' or more' : ''}`,
          note: gain,
        },
      ];
    }),
    {
      label: 'Ceiling',
      value: ceiling.cpus === null ? 'none' : factor(mostSpeedUp(Infinity, ceiling.cpus)),
      note: ceiling.cpus === null ? 'the cores set none' : 'the most that the cores allow',
    },
    { label: 'Rounds', value: number(roundCount), note: SCALE_ENDS[ended] },
  ];
}

/** What was measured of each executor, worker count by worker count. */
export function pointTables({ curves }: ScaleReport): ReportTable[] {
  return curves.filter(({ points }) => points.length > 0).map(pointTable);
}

const hostOf = ({ threadHost }: ScaleCurve): string =>
  threadHost === null ? '' : ` Its threads ran ${THREAD_HOST_WORDS[threadHost]}.`;

function pointTable(curve: ScaleCurve): ReportTable {
  const largest = Math.max(...curve.points.map(({ throughput }) => throughput.value));
  const throttled = curve.points.some((point) => point.coresThrottled !== null);
  const off = ({ residuals }: LawFit, at: number): string => percent((residuals[at] ?? 0) / largest);
  const head = [
    'Workers',
    'tasks per second',
    'speed-up',
    'efficiency',
    'cores busy',
    'helper threads and child processes',
    'waiting for a core',
    ...(throttled ? ['stopped by the quota'] : []),
    'p50',
    'p95',
    ...curve.fits.map(({ law }) => LAW_TITLES[law]),
  ];
  return {
    title: `${titleOf(curve)}, by number of workers`,
    note: `${curve.recommendation?.why ?? noRecommendation(curve)}${hostOf(curve)} Intervals are 95 %. The last columns show the deviation from each law: (measured − predicted) ÷ largest throughput.`,
    head,
    numbers: head.map((_, column) => column).slice(1),
    rows: curve.points.map(
      (
        {
          workers,
          throughput,
          speedUp,
          efficiency,
          coresBusy,
          coresOffThread,
          coresWaitedFor,
          coresThrottled,
          running,
        },
        at,
      ) => [
        `${number(workers)}${workers === curve.recommendation?.workers ? ' (recommended)' : ''}`,
        withInterval(throughput, number),
        times(speedUp),
        percent(efficiency),
        coreCount(coresBusy),
        coreCount(coresOffThread),
        coreCount(coresWaitedFor),
        ...(throttled ? [coreCount(coresThrottled)] : []),
        duration(running?.p50Ms),
        duration(running?.p95Ms),
        ...curve.fits.map((fit) => off(fit, at)),
      ],
    ),
  };
}

/** Each law with its parameters, and whether it fits. */
export function lawTable({ curves }: ScaleReport): ReportTable {
  return {
    title: 'The laws',
    note: 'Tasks per second of N workers = single × N ÷ (1 + contention × (N − 1) + coherency × N × (N − 1)). Contention is the share of the work that only one worker can do at a time; coherency is the cost of coordination between each pair of workers, 0 in Amdahl’s law. Intervals are 95 %, by bootstrap.',
    head: ['Executor', 'law', 'contention', 'coherency', 'single', 'peak', 'R²', 'does it fit?'],
    numbers: [2, 3, 4, 5, 6],
    rows: curves.flatMap((curve) =>
      curve.fits.map(({ law, contention, coherency, single, peak, rSquared, because }) => [
        titleOf(curve),
        LAW_TITLES[law],
        withInterval(contention, number),
        law === 'amdahl' ? NONE : withInterval(coherency, number),
        withInterval(single, number),
        // Far beyond what was measured a peak is a guess.
        peak === null || peak.workers > 10 * (curve.points.at(-1)?.workers ?? 0)
          ? 'none'
          : `at ${number(Math.max(1, Math.round(peak.workers)))}`,
        coefficient(rSquared),
        because,
      ]),
    ),
  };
}

/** Tables of what happened. */
export function scaleEventTables(report: ScaleReport): ReportTable[] {
  const { curves } = report;
  return [
    {
      title: 'Dropped out',
      head: ['Executor', 'why'],
      rows: curves.flatMap((curve) => (curve.failure ? [[titleOf(curve), curve.failure.message]] : [])),
    },
    checksumTable(report),
  ];
}

/** How it was made and on what. */
export function scaleSetupTables(report: ScaleReport): ReportTable[] {
  const { settings, observer, ceiling, curves } = report;
  const done = curves.reduce((sum, { counts }) => sum + counts.done, 0);
  return [
    settingsTable(report, [
      ...taskRows(report),
      ['Worker counts', ranges(settings.workers)],
      ['Rounds', settings.rounds === null ? 'until every interval is within 2.5 %' : number(settings.rounds)],
      ['Order', 'executors and worker counts shuffled in each round'],
      ['Seed', String(settings.seed)],
      ['Tasks in total', plural(done, 'task')],
      ['Ceiling', ceiling.explanation],
      ...curves.flatMap(({ executor, lock }) =>
        lock === null ? [] : [[`Interpreter lock, ${executorTitle(executor)}`, LOCKS[lock]]],
      ),
    ]),
    costTable(observer),
    machineTable(report.machine),
  ];
}

const LOCKS = { shared: 'one for all threads of the interpreter', own: 'one for each worker', off: 'off' } as const;
