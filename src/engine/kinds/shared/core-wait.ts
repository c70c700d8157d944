import { coreCount, number, percent, plural, type Throttled } from '../../../contract';
import { listed } from '../../report/words';
import { stoppedShare } from '../../system/throttling';
import { FULL } from './thresholds';

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
  /** Those that were used off their threads. */
  offThreadCores: number | null;
  /** Cores that Coreloom's own engine used, which hands out the tasks. */
  engineCores: number | null;
  /** Cores that neither these workers nor the engine used. */
  besidesCores: number | null;
  /** Workers that were being started meanwhile. */
  starting: number;
  /** Whether there were now more and now fewer workers, so that their number is an average. */
  changed?: boolean;
  throttled: Throttled | null;
  quotaCpus: number | null;
}

/** Of workers' time, the share in which they were ready to run and had no core, from both in one unit; null where one is not known. */
export function waitedOf(queued: number | null, whole: number): number | null {
  return queued === null || !(whole > 0) ? null : Math.min(1, queued / whole);
}

/** What was used of a whole, at most all of it; null where that is more than counts are coarse, and it is not said to be some of it. */
export function partOf(used: number, whole: number): number | null {
  return used > whole * 1.05 ? null : Math.min(used, whole);
}

/** What kept workers from the cores, with the number that shows it. */
export type CoreCause =
  | { by: 'quota'; cpus: number; periods: number }
  | { by: 'own-workers'; workers: number; cores: number; onAverage: boolean }
  | { by: 'helper-threads'; cores: number; of: number }
  | { by: 'engine'; cores: number }
  | { by: 'start-up'; workers: number; cores: number; of: number }
  | { by: 'besides'; cores: number; of: number }
  | { by: 'unseen'; cores: number; of: number };

/** A share of waiting above this is worth a word. */
export const NOTABLE_WAIT = 0.1;
/** More waiting than this that is not the workers' own doing, and nothing is said of what more of them would do. */
export const TOO_BUSY = 0.25;
/** Less than this of a core explains no waiting that is worth a word. */
const LEAST_CORES = 0.1;

/**
 * What had the cores, as far as it was seen: the quota alone where it stopped workers that used it up, else all that used some of
 * them. Where a good part of them was idle, what used the others explains no waiting.
 */
export function coreCauses(wait: CoreWait): CoreCause[] {
  const quota = quotaCause(wait);
  if (quota !== null && wait.usedCores + (wait.engineCores ?? 0) >= (1 - TOO_BUSY) * quota.cpus) return [quota];
  const users = notableIdle(wait) === null ? coreUsers(wait) : [];
  return quota === null ? users : [quota, ...users.filter(({ by }) => by === 'besides')];
}

function coreUsers(wait: CoreWait): CoreCause[] {
  const { workers, cores, usedCores, engineCores, besidesCores, starting } = wait;
  const own = ownDoing(wait);
  // Where the workers themselves fill the cores, what little others use is no cause.
  const least = own ? Math.max(LEAST_CORES, (1 - FULL) * cores) : LEAST_CORES;
  const causes: CoreCause[] = [];
  if (mostlyOffThread(wait)) causes.push({ by: 'helper-threads', cores: wait.offThreadCores ?? 0, of: cores });
  else if (own) causes.push({ by: 'own-workers', workers, cores, onAverage: wait.changed === true });
  if (engineCores !== null && engineCores >= least) causes.push({ by: 'engine', cores: engineCores });
  const otherCores = cores - usedCores - (engineCores ?? 0);
  if (besidesCores === null && causes.length > 0 && otherCores > (1 - FULL) * cores)
    causes.push({ by: 'unseen', cores: otherCores, of: cores });
  if (besidesCores !== null && besidesCores >= least) {
    // What starts is among what else uses the cores; how much of it was not measured.
    causes.push(
      starting > 0
        ? { by: 'start-up', workers: starting, cores: besidesCores, of: cores }
        : { by: 'besides', cores: besidesCores, of: cores },
    );
  }
  return causes;
}

/** Cores that nothing used, where they are a good part of all; null where not, and where it is not known. */
export function notableIdle({ cores, usedCores, engineCores, besidesCores }: CoreWait): number | null {
  const idle = besidesCores === null ? 0 : cores - usedCores - (engineCores ?? 0) - besidesCores;
  return idle > (1 - FULL) * cores ? idle : null;
}

/** Whether what the workers used was used off their threads for the most part, and is enough to wait for. */
function mostlyOffThread({ offThreadCores, usedCores }: CoreWait): boolean {
  return offThreadCores !== null && offThreadCores >= LEAST_CORES && offThreadCores > usedCores / 2;
}

/** Whether the workers queue for the cores because there are more of them. */
function ownDoing({ workers, cores, compute, usedCores }: CoreWait): boolean {
  return workers > cores && (compute || usedCores >= FULL * cores);
}

/** The quota, where it stopped the workers often enough to be felt; null where it did not. */
export function quotaCause({
  throttled,
  quotaCpus,
}: Pick<CoreWait, 'throttled' | 'quotaCpus'>): Extract<CoreCause, { by: 'quota' }> | null {
  const periods = stoppedShare(throttled);
  return quotaCpus === null || periods < NOTABLE_WAIT ? null : { by: 'quota', cpus: quotaCpus, periods };
}

/** Whether so much waiting has its cause outside the workers, seen or not, that it is not told how they are without it. */
export function keptFromCores(wait: CoreWait, causes: readonly CoreCause[]): boolean {
  const seen = (by: CoreCause['by']): boolean => causes.some((cause) => cause.by === by);
  if (
    wait.share <= TOO_BUSY ||
    (seen('quota') && !seen('besides')) ||
    seen('start-up') ||
    (seen('engine') && !seen('besides'))
  )
    return false;
  return !ownDoing(wait) || wait.usedCores < (1 - TOO_BUSY) * wait.cores;
}

/** Whether they were kept from the cores by something that was seen to use them. */
export function tooBusy(wait: CoreWait, causes: readonly CoreCause[]): boolean {
  return keptFromCores(wait, causes) && causes.some(({ by }) => by === 'besides');
}

interface Wording {
  them: 'it' | 'them';
  /** The number of workers that fill the cores, where that is to be said. */
  enough?: number | null;
}

/** What follows `waited for a core … of their time`: the causes, or that none was seen, with the cores that were idle meanwhile. */
export function causesAfter(causes: readonly CoreCause[], wait: CoreWait, wording: Wording): string {
  const idle = notableIdle(wait);
  return causes.length > 0 || idle === null
    ? `: ${causeWords(causes, wording)}`
    : `, although ${coreCount(idle)} of ${plural(wait.cores, 'core')} were idle; the reason is unknown`;
}

/** The causes as a clause; that none was seen where there is none. */
export function causeWords(causes: readonly CoreCause[], wording: Wording): string {
  return causes.length === 0
    ? 'what used the cores is unknown'
    : listed(causes.map((cause) => causeWord(cause, wording)));
}

function causeWord(cause: CoreCause, { them, enough = null }: Wording): string {
  const besides = `something other than ${them === 'it' ? 'this worker' : 'these workers'} used`;
  switch (cause.by) {
    case 'quota':
      return `the quota of ${plural(cause.cpus, 'CPU')} stopped ${them} in ${percent(cause.periods)} of its periods`;
    case 'own-workers':
      if (cause.onAverage)
        return `there were ${plural(cause.workers, 'worker')} on average for ${plural(cause.cores, 'core')}`;
      return `there are ${plural(cause.workers, 'worker')} for ${plural(cause.cores, 'core')}${enough === null ? '' : enough === 1 ? ', and one is enough to use it fully' : `, and ${number(enough)} are enough to use them fully`}`;
    case 'helper-threads':
      return `${them === 'it' ? 'its' : 'their'} helper threads or child processes used ${coreCount(cause.cores)} of ${plural(cause.of, 'core')}`;
    case 'engine':
      return `Coreloom’s own engine, which hands out the tasks, used ${coreCount(cause.cores)} cores`;
    case 'start-up':
      return `${besides} ${coreCount(cause.cores)} of ${plural(cause.of, 'core')}, while ${number(cause.workers)} more ${cause.workers === 1 ? 'worker was' : 'workers were'} starting`;
    case 'unseen':
      return `what the other ${coreCount(cause.cores)} of ${plural(cause.of, 'core')} did is unknown`;
    case 'besides':
      return `${besides} ${coreCount(cause.cores)} of ${plural(cause.of, 'core')}`;
  }
}
