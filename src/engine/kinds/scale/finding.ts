import {
  capital,
  factor,
  noRecommendation,
  percent,
  plural,
  executorTitle,
  type ScaleCurve,
  type ScaleReport,
} from '../../../contract';
import { waitedOf } from '../shared/core-wait';
import { ENOUGH_ROUNDS } from '../shared/thresholds';
import { crowdedAt, openChoice } from './recommendation';
import { measuredPoints, medianOf, throughputs, type Track } from './track';

const NOTHING_YET = 'No result yet: fewer than two worker counts are measured.';

/** Handing out tasks shorter than this takes a part of a core that counts, ms. */
const SHORT_MS = 1;

const title = ({ executor }: ScaleCurve): string => capital(executorTitle(executor));

/** What a scaling experiment shows, in a few plain sentences: how many workers to use on each executor, and why. */
export function scaleFinding(report: ScaleReport): string {
  if (report.failure && report.outcome !== 'interrupted') return report.failure.message;
  const said = report.curves.flatMap((curve) => chosenWords(curve, report));
  const left = report.curves.flatMap((curve) =>
    curve.failure === null ? [] : [`${title(curve)} dropped out before the end.`],
  );
  const quiet = report.curves.filter((curve) => curve.crowded).map((curve) => keptWaiting(curve, report));
  if (said.length === 0 && quiet.length === 0)
    return [...left, 'The experiment ended before two worker counts were measured, so there is no result.'].join(' ');
  const few =
    report.roundCount < ENOUGH_ROUNDS
      ? [
          `This is from ${plural(report.roundCount, 'complete round')}; with fewer than ${String(ENOUGH_ROUNDS)}, the intervals cover less than the stated 95 %.`,
        ]
      : [];
  return [...left, ...quiet, ...said, ...few].join(' ');
}

function chosenWords(curve: ScaleCurve, { settings }: ScaleReport): string[] {
  if (curve.failure !== null || curve.crowded) return [];
  const words = curve.recommendation?.why ?? openChoice(curve, settings);
  return words === null ? [] : [`${title(curve)}: ${lower(words)}`];
}

/** How long workers waited for cores that were there for them, which leaves nothing to say of the executor. */
function keptWaiting(curve: ScaleCurve, { ceiling }: ScaleReport): string {
  const waited = crowdedAt(curve, ceiling).flatMap(({ workers, coresWaitedFor, running }) => {
    const share = waitedOf(coresWaitedFor, workers);
    return share === null ? [] : [{ workers, share, running }];
  });
  const most = waited.reduce<(typeof waited)[number] | null>(
    (one, other) => (one === null || other.share > one.share ? other : one),
    null,
  );
  if (most === null) return `${title(curve)}: ${lower(noRecommendation(curve))}`;
  const one = most.workers === 1;
  const short = most.running !== null && most.running.meanMs < SHORT_MS;
  const who = short ? ' Coreloom’s own engine, which hands out the tasks, uses some of them if tasks are short.' : '';
  return `${title(curve)}: ${plural(most.workers, 'worker')} waited for a core for ${percent(most.share)} of ${one ? 'its' : 'their'} time, although there was one for ${one ? 'it' : 'each'}; what used the cores is unknown.${who} Measure again when this machine is idle${short ? ', and with longer tasks' : ''}.`;
}

/** What is seen while it is on: the count with the largest throughput so far. */
export function findingSoFar(tracks: readonly Track[]): string {
  const said = tracks.flatMap((track) => {
    const points = measuredPoints(track).map((point) => ({
      workers: point.workers,
      throughput: medianOf(throughputs(point)) ?? 0,
    }));
    const [first] = points;
    if (first === undefined || points.length < 2) return [];
    const best = points.reduce((one, other) => (other.throughput > one.throughput ? other : one), first);
    const one = points.find(({ workers }) => workers === 1);
    const gain =
      one && one.throughput > 0 && best.workers > 1 ? `, ${factor(best.throughput / one.throughput)} that of one` : '';
    return [
      `${capital(executorTitle(track.name))}: highest throughput so far with ${plural(best.workers, 'worker')}${gain}.`,
    ];
  });
  return said.join(' ') || NOTHING_YET;
}

const lower = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
