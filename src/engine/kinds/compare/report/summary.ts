import {
  TIME_PARTS,
  NONE_MEANS,
  PAIR_VERDICTS,
  compareEnd,
  claimedRatio,
  contenderTitle,
  coreCount,
  duration,
  factor,
  intervalBeside,
  livesWords,
  number,
  partEstimate,
  percent,
  plural,
  threadHostSentences,
  proofWords,
  withInterval,
  type CompareReport,
  type ContenderReport,
} from '../../../../contract';
import { OUTCOME_WORDS, toldOffThread } from '../../../report/words';
import { leftLines } from '../../shared/left-lines';
import { textTable } from '../../../report/text-table';

const HEAD = [
  '',
  'workers',
  'rounds',
  'makespan',
  '95 % interval',
  'speed-up',
  '95 % interval',
  'efficiency',
  'cores busy',
  'off thread',
  'p95',
  'outliers',
];

/** A comparison in a screenful: the verdict first, then each contender, where its time went, and what was checked. */
export function compareSummary(report: CompareReport): string {
  const { workload, settings, outcome, elapsedMs, contenders, roundCount, warnings } = report;
  const tasks = settings.tasks === null ? '' : `, ${plural(settings.tasks, 'task')} per round`;
  return [
    `${report.finding}\n\n`,
    `${workload.title}, size ${number(settings.size)}${shortened(settings)}${tasks}, ${duration(elapsedMs)}, ${OUTCOME_WORDS[outcome]}, seed ${String(settings.seed)}\n`,
    ...leftLines(
      contenders.map(({ contender, failure }) => ({ title: contenderTitle(contender), failure })),
      report.finding,
    ),
    '\n',
    textTable([HEAD, ...contenders.map(row)]),
    `${NONE_MEANS}\n`,
    report.differences.length === 0 ? '' : `\nTakes, as a share of the other’s time:\n${textTable(pairs(report))}`,
    timeText(contenders),
    `\nRounds: ${number(roundCount)}, ${compareEnd(report)}\n`,
    `Checksums: ${proofWords(report)}\n`,
    ...threadHostSentences(
      contenders.map(({ contender, threadHost }) => ({ title: contenderTitle(contender), threadHost })),
    ).map((sentence) => `${sentence}\n`),
    ...contenders.flatMap(({ contender, outliers }) =>
      outliers.map(
        ({ round, happened }) => `Outlier: round ${number(round + 1)} of ${contenderTitle(contender)}. ${happened}\n`,
      ),
    ),
    ...warnings.map((warning) => `Warning: ${warning}\n`),
  ].join('');
}

/** From which size tasks were made smaller. */
function shortened({ defaultSize = null }: CompareReport['settings']): string {
  return defaultSize === null ? '' : ` (made smaller from ${number(defaultSize)})`;
}

function row({
  contender,
  workers,
  rounds,
  makespanMs,
  speedUp,
  efficiency,
  coresBusy,
  running,
  outliers,
  ...used
}: ContenderReport): string[] {
  return [
    contenderTitle(contender),
    number(workers),
    number(rounds.round.length),
    duration(makespanMs?.value),
    intervalBeside(makespanMs, duration),
    factor(speedUp?.value),
    intervalBeside(speedUp, factor),
    percent(efficiency),
    coreCount(coresBusy),
    percent(toldOffThread({ ...used, coresBusy })),
    duration(running?.p95Ms),
    number(outliers.length),
  ];
}

function pairs({ differences }: CompareReport): string[][] {
  return differences.map((pair) => [
    `${contenderTitle(pair.contender)} / ${contenderTitle(pair.against)}`,
    withInterval(claimedRatio(pair), factor),
    PAIR_VERDICTS[pair.verdict],
  ]);
}

function timeText(contenders: readonly ContenderReport[]): string {
  const lived = contenders.filter(({ parts }) => parts !== null);
  if (lived.length === 0) return '';
  const keys = [...TIME_PARTS.map(({ key }) => key), 'wholeMs'] as const;
  const rows = lived.flatMap((one) => {
    const estimates = keys.map((key) => partEstimate(one, key));
    const values = [contenderTitle(one.contender), ...estimates.map((part) => duration(part?.value))];
    const intervals = estimates.map((part) =>
      part?.interval ? intervalBeside({ value: part.value, ...part.interval }, duration) : '',
    );
    return intervals.every((text) => text === '') ? [values] : [values, ['  95 % interval', ...intervals]];
  });
  return `\nWhere the time went, ${livesWords(contenders)}:\n${textTable([['', ...TIME_PARTS.map(({ title }) => title.toLowerCase()), 'whole'], ...rows])}`;
}
