import { mostSpeedUp, type ScaleCeiling, type ScaleCurve, type ScalePoint, type ScaleRecommendation } from '../../../contract';
import { recommendedWorkers } from '../../statistics/recommend';
import { factor, number, plural, times } from '../../report/words';
import { FULL, ONE_AT_A_TIME } from '../thresholds';
import type { CurveContext } from './build-report';

/** So many task threads without a core on average are more than chance. */
const NOTABLE_WAIT = 0.25;
/** A task that takes more CPU time than this, as against one worker's, is worth a word. */
const NOTABLY = 1.05;
/** Of what workers wanted of the cores and may have: less than the rest of this, and others had them. */
const CROWDED = 0.1;

/** How many workers to use, and why; null where fewer than two counts were measured. */
export function recommendation(curve: ScaleCurve, { ceiling, seed }: CurveContext): ScaleRecommendation | null {
  const { points } = curve;
  const last = points.at(-1);
  if (points.length < 2 || last === undefined) return null;
  const { workers, best, share, interval } = recommendedWorkers(points.map((point) => ({ workers: point.workers, throughputs: point.rounds.throughput })), { seed });
  const found = { workers, best, share: { value: share, ...interval }, rising: workers === last.workers && (ceiling.cpus === null || workers < mostSpeedUp(Infinity, ceiling.cpus)) };
  return { ...found, why: why(curve, found, ceiling) };
}

function why(curve: ScaleCurve, found: Omit<ScaleRecommendation, 'why'>, ceiling: ScaleCeiling): string {
  const { points } = curve;
  const chosen = points.find(({ workers }) => workers === found.workers);
  const last = points.at(-1);
  if (!chosen || !last) return '';
  if (found.workers === 1) return `One is enough: up to ${number(last.workers)}, no more of them are shown to do more${because(curve, last, found, ceiling)}.`;
  const gain = gainOf(chosen);
  if (found.workers === last.workers && !found.rising) return `Use ${number(found.workers)}${gain}; more were not measured${because(curve, chosen, found, ceiling)}.`;
  if (!found.rising) return `Use ${number(found.workers)}${gain}; more are not shown to gain another 2 %${because(curve, chosen, found, ceiling)}.`;
  const end = ceiling.cpus === null ? 'cores set no ceiling that was seen' : `no more than ${number(last.workers)} were measured`;
  return `Use ${number(found.workers)} at least${gain}: throughput still rises there, and ${end}.`;
}

const gainOf = ({ speedUp }: ScalePoint): string => (speedUp === null ? '' : `, which do ${times(speedUp)} what one does`);

/**
 * Whether others kept workers from a core where there was one for each of them, one under a quota below one CPU: they had
 * less than they wanted and may have, and waited for longer than the quota kept them waiting.
 */
export function crowded(curve: ScaleCurve, ceiling: ScaleCeiling): boolean {
  return crowdedAt(curve, ceiling).length > 0;
}

/** The worker counts at which that was so. */
export function crowdedAt({ points, lock }: Pick<ScaleCurve, 'points' | 'lock'>, { cpus }: Pick<ScaleCeiling, 'cpus'>): ScalePoint[] {
  return points.filter(({ workers, coresBusy, coresWaitedFor, coresThrottled }) => {
    // Threads behind one lock, and workers that wake each other, wait a little by themselves.
    if (cpus === null || workers > mostSpeedUp(workers, cpus) || (workers > 1 && lock === 'shared') || coresBusy === null || coresWaitedFor === null) return false;
    const wanted = coresBusy + coresWaitedFor;
    return coresBusy < (1 - CROWDED) * Math.min(wanted, cpus) && coresWaitedFor - (coresThrottled ?? 0) > CROWDED * wanted;
  });
}

/** What ends the rise, as far as it was measured: a clause that begins with a comma or a colon, or nothing. */
function because(curve: ScaleCurve, at: ScalePoint, { workers }: Pick<ScaleRecommendation, 'workers'>, { cpus, marks }: ScaleCeiling): string {
  const { coresBusy, coresWaitedFor } = at;
  if (curve.lock === 'shared' && coresBusy !== null && coresBusy >= ONE_AT_A_TIME.least && coresBusy < ONE_AT_A_TIME.most && at.workers > 1 && (coresWaitedFor ?? 0) < NOTABLE_WAIT) {
    return ', as the interpreter lock lets one of them compute at a time';
  }
  // What tasks wait for was not measured.
  if (cpus === null) return '';
  const busy = coresBusy === null ? '' : `: ${busyWords(coresBusy, cpus)} busy`;
  const usedUp = coresBusy === null || coresBusy >= FULL * cpus;
  if (workers >= Math.floor(mostSpeedUp(Infinity, cpus))) return usedUp ? `${busy}, and there are no more` : busy;
  const shared = marks.find((mark) => mark.workers <= workers && mark.workers < cpus);
  if (shared) return `${busy}; beyond ${shared.what}, workers share cores or have slower ones`;
  if (coresBusy !== null && coresBusy < FULL * at.workers) return `${busy}, and what the workers waited for was not seen`;
  const most = curve.points.at(-1);
  const dearer = most === undefined ? null : dearness(curve, most);
  return most === undefined || dearer === null ? busy : `${busy}, and with ${plural(most.workers, 'worker')} a task takes ${factor(dearer)} the CPU time that it takes with one`;
}

/** `1.98 of 2 cores`; more than there are is not said to be some of them. */
function busyWords(coresBusy: number, cpus: number): string {
  const cores = number(Math.round(Math.min(coresBusy, coresBusy > cpus * 1.05 ? Infinity : cpus) * 100) / 100);
  return coresBusy > cpus * 1.05 ? `${cores} cores` : `${cores} of ${plural(cpus, 'core')}`;
}

/** CPU time of a task ÷ that with one worker; null where it is not known or not worth a word. */
function dearness({ points }: ScaleCurve, at: ScalePoint): number | null {
  const each = ({ coresBusy, throughput }: ScalePoint): number | null => (coresBusy === null || !(throughput.value > 0) ? null : coresBusy / throughput.value);
  const one = points.find(({ workers }) => workers === 1);
  const [own, alone] = [each(at), one === undefined ? null : each(one)];
  return own === null || alone === null || !(own > alone * NOTABLY) ? null : own / alone;
}
