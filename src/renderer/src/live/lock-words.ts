import type { LockProgress } from '../../../contract';
import { NOTHING_YET, percent } from '../theme/format';

/** One figure of a table; a null text means that it cannot be had here. */
export interface Cell {
  text: string | null;
  title?: string;
}

type Lock = LockProgress | null | undefined;
const nothing: Cell = { text: NOTHING_YET };

/** CPU time ÷ wall time: how many cores an interpreter's workers keep busy. */
export function coresBusyCell(lock: Lock): Cell {
  if (!lock) return nothing;
  return { text: lock.coresBusy === null ? null : lock.coresBusy.toFixed(2) };
}

/** How long the workers wait for the lock, of their time, and how that is known. */
export function lockWaitCell(lock: Lock): Cell {
  if (!lock) return nothing;
  if (lock.lock === 'off') return { text: 'no lock', title: 'This Python runs without an interpreter lock' };
  if (lock.lock === 'own')
    return { text: 'own lock', title: 'Each worker has an interpreter, and a lock, to itself: nobody can wait' };
  if (lock.waitingShare === null) return nothing;
  const { probe } = lock;
  const cost =
    probe?.cpuShare === null || probe === null ? '' : `, which took ${percent(probe.cpuShare, 1)} of one core`;
  const from =
    lock.waitingFrom === 'at-most'
      ? 'An upper bound, from the lock alone'
      : `An estimate from ${probe?.looks ?? 0} looks${cost}`;
  return { text: `${lock.waitingFrom === 'at-most' ? '≤ ' : ''}${percent(lock.waitingShare)}`, title: from };
}

/** Whether the workload was shown to let others compute while it works. */
export function releasesCell(lock: Lock): Cell {
  if (!lock || lock.lock !== 'shared' || lock.releasesLock === null)
    return { ...nothing, title: 'Not shown, or there is nobody to release it for' };
  return { text: lock.releasesLock ? 'yes' : 'no' };
}
