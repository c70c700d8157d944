import {
  LAW_TITLES,
  NONE_MEANS,
  SCALE_ENDS,
  coefficient,
  coreCount,
  duration,
  executorTitle,
  factor,
  interval,
  number,
  percent,
  proofWords,
  threadHostSentences,
  withInterval,
  type ScaleCurve,
  type ScaleReport,
} from '../../../../contract';
import { OUTCOME_WORDS } from '../../../report/words';
import { leftLines } from '../../shared/left-lines';
import { textTable } from '../../../report/text-table';

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
      ? `${NONE_MEANS}\n`
      : '',
    `\nCeiling: ${ceiling.explanation}\n`,
    `Rounds: ${number(roundCount)}, ${SCALE_ENDS[ended]}\n`,
    `Checksums: ${proofWords(report)}\n`,
    ...threadHostSentences(
      curves.map(({ executor, threadHost }) => ({ title: executorTitle(executor), threadHost })),
    ).map((sentence) => `${sentence}\n`),
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
      factor(speedUp?.value),
      percent(efficiency),
      coreCount(coresBusy),
      coreCount(coresOffThread),
      ...(throttled ? [coreCount(coresThrottled)] : []),
      duration(running?.p95Ms),
    ],
  );
  const lines = textTable([throttled ? HEAD.toSpliced(-1, 0, 'stopped by quota') : HEAD, ...rows])
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

function laws({ fits }: ScaleCurve): string {
  return fits
    .map(({ law, contention, coherency, because, rSquared }) => {
      const beta = law === 'amdahl' ? '' : `, coherency ${withInterval(coherency, number)}`;
      const alpha = `contention ${withInterval(contention, number)}`;
      return `${LAW_TITLES[law]} law: ${alpha}${beta}${rSquared === null ? '' : `, R² ${coefficient(rSquared)}`}. ${because}\n`;
    })
    .join('');
}
