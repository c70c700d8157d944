import {
  executorTitle,
  fixed,
  interval,
  LAW_TITLES,
  proofWords,
  SCALE_ENDS,
  withInterval,
  type ScaleCurve,
  type ScaleReport,
} from '../../../../contract';
import { duration, number, OUTCOME_WORDS } from '../../../report/words';
import { leftLines } from '../../shared/left-lines';
import { textTable } from '../../../report/text-table';

const NONE = '–';
const HEAD = ['workers', 'tasks/s', '95 % interval', 'speed-up', 'efficiency', 'cores busy', 'off thread', 'p95'];
/** Columns of the longest bar. */
const BAR = 24;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/** A scaling experiment in a screenful: what to use first, then each executor worker by worker, then what was checked. */
export function scaleSummary(report: ScaleReport): string {
  const { workload, settings, outcome, elapsedMs, curves, roundCount, ended, ceiling, warnings } = report;
  const most = Math.max(0, ...curves.flatMap(({ points }) => points.map(({ throughput }) => throughput.value)));
  return [
    `${report.finding}\n\n`,
    `${workload.title}, size ${number(settings.size)}, ${duration(elapsedMs)}, ${OUTCOME_WORDS[outcome]}, seed ${String(settings.seed)}\n`,
    ...leftLines(
      curves.map(({ executor, failure }) => ({ title: executorTitle(executor), failure })),
      report.finding,
    ),
    ...curves.map((curve) => curveText(curve, most)),
    curves.some(({ points }) => points.some(({ efficiency, coresBusy }) => efficiency === null || coresBusy === null))
      ? `${NONE}: not available here, or no ceiling to hold it against\n`
      : '',
    `\nCeiling: ${ceiling.explanation}\n`,
    `Rounds: ${number(roundCount)}, ${SCALE_ENDS[ended]}\n`,
    `Checksums: ${proofWords(report)}\n`,
    ...warnings.map((warning) => `Warning: ${warning}\n`),
  ].join('');
}

function curveText(curve: ScaleCurve, most: number): string {
  const { executor, points, recommendation } = curve;
  const title = executorTitle(executor);
  if (points.length === 0) return `\n${title}: not measured\n`;
  const throttled = points.some(({ coresThrottled }) => coresThrottled !== null);
  const rows = points.map(
    ({ workers, throughput, speedUp, efficiency, coresBusy, coresOffThread, coresThrottled, running }) => [
      number(workers),
      number(throughput.value),
      interval(throughput, number),
      speedUp === null ? NONE : `${speedUp.value.toFixed(2)} ×`,
      efficiency === null ? NONE : `${(efficiency * 100).toFixed(0)} %`,
      coresBusy === null ? NONE : coresBusy.toFixed(2),
      coresOffThread === null ? NONE : coresOffThread.toFixed(2),
      ...(throttled ? [coresThrottled === null ? NONE : coresThrottled.toFixed(2)] : []),
      running ? duration(running.p95Ms) : NONE,
    ],
  );
  const lines = textTable([throttled ? HEAD.toSpliced(-1, 0, 'held by quota') : HEAD, ...rows])
    .trimEnd()
    .split('\n');
  const width = Math.max(...lines.map((line) => line.length));
  const drawn = lines.map((line, at) => {
    const point = points[at - 1];
    if (!point) return line;
    const mark =
      point.workers === recommendation?.workers ? ` ◄ ${recommendation.rising ? 'this or more' : 'enough'}` : '';
    return `${line.padEnd(width)}   ${bar(point.throughput.value / most)}${mark}`;
  });
  return `\n${title}\n${drawn.join('\n')}\n${laws(curve)}`;
}

/** From 0, so that twice as long is twice as much. */
function bar(share: number): string {
  const eighths = Math.round(share * BAR * 8);
  return `${'█'.repeat(Math.floor(eighths / 8))}${EIGHTHS[eighths % 8] ?? ''}` || '▏';
}

const parameter = (value: number): string =>
  value === 0 ? '0' : value < 1e-4 ? value.toExponential(1) : value.toFixed(4);

function laws({ fits }: ScaleCurve): string {
  return fits
    .map(({ law, contention, coherency, because, rSquared }) => {
      const beta = law === 'amdahl' ? '' : `, coherency ${withInterval(coherency, parameter)}`;
      const alpha = `contention ${withInterval(contention, parameter)}`;
      return `${LAW_TITLES[law]} law: ${alpha}${beta}${rSquared === null ? '' : `, R² ${fixed(rSquared, 3)}`}. ${because}\n`;
    })
    .join('');
}
