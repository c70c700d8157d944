import type { Throttled } from '../../contract';
import { figure, listed, number, plural, wholePercent } from '../report/words';
import { stoppedShare } from '../throttling';

/** What is known of workers that were ready to run and had no core; cores' worth of time, null: not known. */
export interface CoreWait {
  /** Of the time of all workers. */
  share: number;
  workers: number;
  /** Cores that they may run on, whatever a quota grants of their time. */
  cores: number;
  /** Whether each of them, given a core, would use most of it. */
  compute: boolean;
  /** Cores that the workers used, with what their tasks used off their threads. */
  usedCores: number;
  /** Cores that Coreloom's own engine used, which hands out the tasks. */
  engineCores: number | null;
  /** Cores that neither these workers nor the engine used. */
  besidesCores: number | null;
  /** Workers that were being started meanwhile. */
  starting: number;
  throttled: Throttled | null;
  quotaCpus: number | null;
}

/** What kept workers from the cores, with the number that shows it. */
export type CoreCause =
  | { by: 'quota'; cpus: number; periods: number }
  | { by: 'own-workers'; workers: number; cores: number }
  | { by: 'engine'; cores: number }
  | { by: 'start-up'; workers: number }
  | { by: 'besides'; cores: number; of: number };

/** A share of waiting above this is worth a word. */
export const NOTABLE_WAIT = 0.1;
/** More waiting than this that is not the workers' own doing, and nothing is said of what more of them would do. */
export const TOO_BUSY = 0.25;
/** Less than this of a core explains no waiting that is worth a word. */
const LEAST_CORES = 0.1;
/** Of the cores that may be used, the share above which all of them are as good as used. */
const USED_UP = 0.85;

/** Who had the cores, as far as it was seen: the quota alone where it stopped the workers, else whoever used some of them. */
export function coreCauses(wait: CoreWait): CoreCause[] {
  const { workers, cores, engineCores, besidesCores, starting } = wait;
  const quota = quotaCause(wait);
  if (quota !== null) return [quota];
  const own = ownDoing(wait);
  // Where the workers themselves fill the cores, what little others use is no cause.
  const least = own ? Math.max(LEAST_CORES, (1 - USED_UP) * cores) : LEAST_CORES;
  const causes: CoreCause[] = [];
  if (own) causes.push({ by: 'own-workers', workers, cores });
  if (engineCores !== null && engineCores >= least) causes.push({ by: 'engine', cores: engineCores });
  if (starting > 0) causes.push({ by: 'start-up', workers: starting });
  // What starts is among what else uses the cores.
  else if (besidesCores !== null && besidesCores >= least) causes.push({ by: 'besides', cores: besidesCores, of: cores });
  return causes;
}

/** Whether the workers queue for the cores because there are more of them. */
function ownDoing({ workers, cores, compute, usedCores }: CoreWait): boolean {
  return workers > cores && (compute || usedCores >= USED_UP * cores);
}

/** The quota, where it stopped the workers often enough to be felt; null where it did not. */
export function quotaCause({ throttled, quotaCpus }: Pick<CoreWait, 'throttled' | 'quotaCpus'>): Extract<CoreCause, { by: 'quota' }> | null {
  const periods = stoppedShare(throttled);
  return quotaCpus === null || periods < NOTABLE_WAIT ? null : { by: 'quota', cpus: quotaCpus, periods };
}

/** Whether so much waiting has its cause outside the workers that nothing can be said of what more of them would do. */
export function tooBusy(wait: CoreWait, causes: readonly CoreCause[]): boolean {
  const seen = (by: CoreCause['by']): boolean => causes.some((cause) => cause.by === by);
  if (wait.share <= TOO_BUSY || seen('quota') || seen('start-up') || (seen('engine') && !seen('besides'))) return false;
  return !ownDoing(wait) || wait.usedCores < (1 - TOO_BUSY) * wait.cores;
}

interface Wording {
  them: 'it' | 'them';
  /** Beyond this number of workers all further ones only queue, where that is to be said. */
  most?: number | null;
}

/** The causes as a clause; that none was seen where there is none. */
export function causeWords(causes: readonly CoreCause[], wording: Wording): string {
  return causes.length === 0 ? 'what had the cores was not seen' : listed(causes.map((cause) => causeWord(cause, wording)));
}

function causeWord(cause: CoreCause, { them, most = null }: Wording): string {
  switch (cause.by) {
    case 'quota':
      return `the quota of ${plural(cause.cpus, 'CPU')} stopped ${them} in ${wholePercent(cause.periods)} of its periods`;
    case 'own-workers':
      return `there are ${plural(cause.workers, 'worker')} for ${plural(cause.cores, 'core')}${most === null ? '' : ` (more than ${number(most)} only queue)`}`;
    case 'engine':
      return `Coreloom’s own engine, which hands out the tasks, used ${figure(cause.cores)} cores`;
    case 'start-up':
      return `${plural(cause.workers, 'worker')} ${cause.workers === 1 ? 'was' : 'were'} starting`;
    case 'besides':
      return `something besides ${them === 'it' ? 'this worker' : 'these workers'} used ${figure(cause.cores)} of ${plural(cause.of, 'core')}`;
  }
}
