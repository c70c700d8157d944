import type { TimeShares } from '../../../contract';

/** Of the time in which a task was kept from nothing, the share of CPU time from which on it computes, and under which it waits. */
export const COMPUTES = 0.5;
export const WAITS = 0.2;
/** With less of such time than this nothing can be told from it. */
const LEAST_SEEN = 0.1;
/** Without a task for more than this of their time, and workers lack work, whatever a task does. */
export const NOTABLE_PAUSE = 0.3;
/** Less of a core than this is used by whatever a system does beside. */
export const SPARE_CORES = 0.25;
/** A task that takes no longer than this many hand-overs is short beside them: the next one is often not there in time. */
const SHORT = 10;
/** A pause of more than this, as against what hand-over makes of it, has another cause as well. */
const FITS = 1.5;

/** Of the time in which tasks were kept from nothing, the share in which they computed, here or elsewhere; null where there was too little of it. */
export function cpuOfFree({
  computing,
  offThread,
  waitingElse,
}: Pick<TimeShares, 'computing' | 'offThread' | 'waitingElse'>): number | null {
  const used = computing + (offThread ?? 0);
  return used + waitingElse < LEAST_SEEN ? null : used / (used + waitingElse);
}

/** A task, and the way of an empty message to a worker and back. */
interface HandedOver {
  meanTaskMs: number;
  handOverUs: number;
}

/** Whether tasks are short beside their hand-over. */
export function isShort({ meanTaskMs, handOverUs }: HandedOver): boolean {
  return meanTaskMs * 1000 <= SHORT * handOverUs;
}

/** Whether hand-over makes up for such a share of workers' time without a task. */
export function handOverExplains(share: number, { meanTaskMs, handOverUs }: HandedOver): boolean {
  return share <= FITS * (handOverUs / (handOverUs + meanTaskMs * 1000));
}
