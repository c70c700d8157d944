import type { LockProgress } from '../../../contract';
import { wholePercent } from '../../report/words';

/** A share of waiting above this is worth a word. */
const NOTABLE_WAIT = 0.1;
/** More cores than this show that the lock was released; under it nobody can tell. */
const MORE_THAN_ONE = 1.15;

/** What is to be said of the lock that Python's threads share, as a further sentence; empty where nothing was shown. */
export function lockSentence(lock: LockProgress | null | undefined): string {
  if (lock?.lock !== 'shared') return '';
  const { coresBusy, waitingShare, waitingFrom, releasesLock } = lock;
  if (releasesLock === true && coresBusy !== null && coresBusy > MORE_THAN_ONE) {
    return ` It releases Python’s interpreter lock: Python’s threads keep ${coresBusy.toFixed(2)} cores busy.`;
  }
  if (waitingShare === null || waitingShare < NOTABLE_WAIT) return '';
  const share = `${waitingFrom === 'at-most' ? 'at most ' : ''}${wholePercent(waitingShare)}`;
  const together = coresBusy === null ? '' : `, and keep ${coresBusy.toFixed(2)} cores busy together`;
  return ` Python’s threads wait for the interpreter lock ${share} of the time${most(lock)}${together}.`;
}

/** How much of their time threads of one lock can wait for it at most; nothing where there were other numbers of them meanwhile. */
function most({ workers: { length: count }, waitingShare }: LockProgress): string {
  const share = (count - 1) / count;
  if (count < 2 || waitingShare === null || waitingShare > share) return '';
  return ` (of ${String(count)} one holds it: ${wholePercent(share)} is the most)`;
}
