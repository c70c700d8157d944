import {
  coreCount,
  factor,
  mostSpeedUp,
  number,
  percent,
  plural,
  times,
  type ScaleCeiling,
  type ScaleCurve,
  type ScalePoint,
  type ScaleRecommendation,
} from '../../../contract';
import { recommendedWorkers, type RecommendedWorkers } from '../../statistics/recommend';
import { NOTABLE_WAIT, partOf, waitedOf } from '../shared/core-wait';
import { ALL, FULL, ONE_AT_A_TIME } from '../shared/thresholds';

/** What a curve is judged by, beside its own points. */
export interface CurveContext {
  ceiling: ScaleCeiling;
  seed: number;
}

/** A task that takes more CPU time than this, as against one worker's, is worth a word. */
const NOTABLY = 1.05;
/** Of what workers wanted of the cores and may have: less than the rest of this, and others had them. */
const CROWDED = 0.1;
/** Workers that may do less than this of what the best count does are not said to be enough. */
const SURE_ENOUGH = 0.8;

/** How many workers to use, and why; null where fewer than two counts were measured, or too loosely to say. */
export function recommendation(curve: ScaleCurve, { ceiling, seed }: CurveContext): ScaleRecommendation | null {
  const last = curve.points.at(-1);
  const found = foundIn(curve, seed);
  if (last === undefined || found === null || isLoose(found)) return null;
  const { workers, best, share, interval } = found;
  const told = {
    workers,
    best,
    share: { value: share, ...interval },
    rising: workers === last.workers && (ceiling.cpus === null || workers < mostSpeedUp(Infinity, ceiling.cpus)),
  };
  return { ...told, why: why(curve, told, ceiling) };
}

/** Says between which counts too wide an interval leaves the choice open; null where it does not. */
export function openChoice(curve: ScaleCurve, { seed }: Pick<CurveContext, 'seed'>): string | null {
  const found = foundIn(curve, seed);
  if (found === null || !isLoose(found)) return null;
  const { workers, best, share, interval } = found;
  return `${plural(workers, 'worker')} ${workers === 1 ? 'achieves' : 'achieve'} ${times({ value: share, ...interval })} the throughput of ${number(best)}: too uncertain to recommend a number.`;
}

function foundIn({ points }: ScaleCurve, seed: number): RecommendedWorkers | null {
  return points.length < 2
    ? null
    : recommendedWorkers(
        points.map(({ workers, rounds }) => ({ workers, throughputs: rounds.throughput })),
        { seed },
      );
}

/** A wide interval reaches the best count's throughput by being wide. */
const isLoose = ({ interval }: RecommendedWorkers): boolean => interval.low < SURE_ENOUGH;

function why(curve: ScaleCurve, found: Omit<ScaleRecommendation, 'why'>, ceiling: ScaleCeiling): string {
  const chosen = curve.points.find(({ workers }) => workers === found.workers);
  const last = curve.points.at(-1);
  if (!chosen || !last) return '';
  const gain = chosen.speedUp === null ? '' : `, which achieve ${times(chosen.speedUp)} the throughput of one`;
  if (found.rising)
    return `Use at least ${number(found.workers)}${gain}: throughput is still rising, and ${number(last.workers)} is the largest number measured.`;
  const seen = seenOf(curve, chosen, last, ceiling);
  if (found.workers === 1)
    return `One worker is enough; no number of workers up to ${number(last.workers)} was shown to have 2 % more throughput.${seen}`;
  const more = found.workers === last.workers ? 'more were not measured' : 'more are not shown to gain another 2 %';
  return `Use ${number(found.workers)}${gain}; ${more}.${seen}`;
}

/**
 * Whether others kept workers from a core where there was one for each of them, one under a quota below one CPU: they had
 * less than they wanted and may have, and waited for longer than the quota kept them waiting.
 */
export function crowded(curve: ScaleCurve, ceiling: ScaleCeiling): boolean {
  return crowdedAt(curve, ceiling).length > 0;
}

/** The worker counts at which that was so. */
export function crowdedAt(
  { points, lock }: Pick<ScaleCurve, 'points' | 'lock'>,
  { cpus }: Pick<ScaleCeiling, 'cpus'>,
): ScalePoint[] {
  return points.filter(({ workers, coresBusy, coresWaitedFor, coresThrottled }) => {
    // Threads behind one lock, and workers that wake each other, wait a little by themselves.
    if (
      cpus === null ||
      workers > mostSpeedUp(workers, cpus) ||
      (workers > 1 && lock === 'shared') ||
      coresBusy === null ||
      coresWaitedFor === null
    )
      return false;
    const wanted = coresBusy + coresWaitedFor;
    return (
      coresBusy < (1 - CROWDED) * Math.min(wanted, cpus) && coresWaitedFor - (coresThrottled ?? 0) > CROWDED * wanted
    );
  });
}

/** What was seen where the rise ends: a sentence that begins with a space, or nothing. */
function seenOf(curve: ScaleCurve, chosen: ScalePoint, last: ScalePoint, { cpus, marks }: ScaleCeiling): string {
  if (lockHolds(curve, last))
    return ` ${keptWords(last, cpus)}, as expected of threads that share one interpreter lock; waiting for the lock was not measured.`;
  // What tasks wait for was not measured.
  if (cpus === null) return '';
  // Cores that are used up show why the rise ends where it does; where they are not, the most workers show it.
  if (isFull(chosen, cpus)) return ` ${keptWords(chosen, cpus)}, ${allOf(chosen, cpus)}.`;
  const shared = marks.findLast((mark) => mark.workers <= chosen.workers && mark.workers < cpus);
  if (shared && (chosen.coresBusy ?? 0) >= FULL * chosen.workers)
    return ` ${keptWords(chosen, cpus)}; beyond ${shared.what}, workers share cores or have slower ones.`;
  if (last.coresBusy === null) return ' How busy the cores were is not known here.';
  const more = [isFull(last, cpus) ? `, ${allOf(last, cpus)}` : unseen(last), dearer(curve, last)];
  return ` ${keptWords(last, cpus)}${more.join('')}.`;
}

/** Threads of one interpreter that keep about one core busy, and did not wait for one. */
function lockHolds({ lock }: ScaleCurve, { workers, coresBusy, coresWaitedFor }: ScalePoint): boolean {
  if (lock !== 'shared' || workers < 2 || coresBusy === null) return false;
  return (
    coresBusy >= ONE_AT_A_TIME.least &&
    coresBusy <= ONE_AT_A_TIME.most &&
    (coresWaitedFor ?? 0) <= NOTABLE_WAIT * workers
  );
}

const isFull = ({ coresBusy }: ScalePoint, cpus: number): boolean => coresBusy !== null && coresBusy >= FULL * cpus;

const allOf = ({ workers, coresBusy }: ScalePoint, cpus: number): string =>
  `which is ${(coresBusy ?? 0) >= ALL * cpus ? 'all' : 'nearly all'} that ${workers === 1 ? 'it' : 'they'} may use`;

/** `4 workers kept 3.98 of 4 cores busy`; more than there are is not said to be some of them. */
function keptWords({ workers, coresBusy }: ScalePoint, cpus: number | null): string {
  const busy = coresBusy ?? 0;
  const some = cpus === null ? null : partOf(busy, cpus);
  const cores = coreCount(some ?? busy);
  return `${plural(workers, 'worker')} kept ${cpus === null || some === null ? `${cores} cores` : `${cores} of ${plural(cpus, 'core')}`} busy`;
}

/** What workers did instead of computing: a clause, or nothing where they hardly did anything else. */
function unseen({ workers, coresBusy, coresWaitedFor }: ScalePoint): string {
  const waited = waitedOf(coresWaitedFor, workers) ?? 0;
  const rest = 1 - (coresBusy ?? 0) / workers - waited;
  const alsoElse = rest > 1 - FULL;
  if (waited <= NOTABLE_WAIT) return alsoElse ? '; what they waited for is unknown' : '';
  const unknown = alsoElse ? 'what used the cores, and what else they waited for,' : 'what used the cores';
  return ` and waited for a core for ${percent(waited)} of their time; ${unknown} is unknown`;
}

/** That a task took more CPU time than with one worker: a clause; nothing where that is not known or not worth a word. */
function dearer({ points }: ScaleCurve, at: ScalePoint): string {
  const each = ({ coresBusy, throughput }: ScalePoint): number | null =>
    coresBusy === null || !(throughput.value > 0) ? null : coresBusy / throughput.value;
  const one = points.find(({ workers }) => workers === 1);
  const [own, alone] = [each(at), one === undefined ? null : each(one)];
  return own === null || alone === null || !(own > alone * NOTABLY)
    ? ''
    : `; a task took ${factor(own / alone)} the CPU time that it takes with one worker`;
}
