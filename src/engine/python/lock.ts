import type { LockProgress } from '../../contract';
import type { LockCounters, WorkerLockCounters } from '../lock-counters';

/** Under this many looks nothing is said of the lock: one look more or less would be 5 % and more. */
const FEWEST_LOOKS = 20;
/** Shorter times say nothing: the host tells its CPU time five times a second. */
const SHORTEST_MS = 150;
/** More cores than this cannot be kept busy under the lock; the hair above 1 is the probe, and what the system does. */
const MORE_THAN_ONE = 1.15;
/** A lock that is held this often is what all wait for; one held no more than this is not. */
const HELD = 0.8;
const FREE = 0.3;
/** Workers must have had a task for this much of the time before something is said of what it does. */
const UNDER_WAY = 0.5;

const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
const share = (part: number, whole: number): number | null =>
  whole > 0 ? Math.min(1, Math.max(0, part / whole)) : null;

/**
 * What the lock did between two pictures of one executor; null where they are under 150 ms apart. `coresBusy` = CPU
 * time ÷ wall time; on CPU = CPU time of the tasks' threads ÷ wall time of the tasks; waiting = looks at the workers
 * that found them waiting ÷ looks, or where threads cannot be seen at most (1 − on CPU) × held.
 */
export function lockBetween(earlier: LockCounters, later: LockCounters): LockProgress | null {
  const elapsedMs = later.atMs - earlier.atMs;
  if (elapsedMs < SHORTEST_MS) return null;
  const work = less(later.total, earlier.total);
  const coresBusy = ratio(Math.max(0, later.cpuMs - earlier.cpuMs), elapsedMs);
  const onCpuShare = share(work.cpuMs, work.workMs);
  const probe = probed(earlier, later, elapsedMs);
  const before = new Map(earlier.workers.map((worker) => [worker.worker, worker]));
  return {
    lock: later.lock,
    coresBusy,
    onCpuShare,
    ...waiting(later.lock, work, probe.heldShare),
    ...probe,
    releasesLock:
      later.lock === 'shared'
        ? releases({ coresBusy, underWay: work.workMs / elapsedMs, heldShare: probe.heldShare })
        : null,
    workers: later.workers.map((worker) => {
      const own = less(worker, before.get(worker.worker));
      return {
        worker: worker.worker,
        onCpuShare: share(own.cpuMs, own.workMs),
        waitingShare: waiting(later.lock, own, probe.heldShare).waitingShare,
      };
    }),
  };
}

function less(later: WorkerLockCounters, earlier: WorkerLockCounters | undefined): WorkerLockCounters {
  return {
    workMs: later.workMs - (earlier?.workMs ?? 0),
    cpuMs: later.cpuMs - (earlier?.cpuMs ?? 0),
    looks: later.looks === null ? null : later.looks - (earlier?.looks ?? 0),
    waits: later.waits === null ? null : later.waits - (earlier?.waits ?? 0),
  };
}

function probed(
  earlier: LockCounters,
  later: LockCounters,
  elapsedMs: number,
): Pick<LockProgress, 'probe' | 'heldShare'> {
  if (later.probe === null) return { probe: null, heldShare: null };
  const before = earlier.probe ?? { looks: 0, held: 0, waitMs: 0, cpuMs: 0 };
  const looks = later.probe.looks - before.looks;
  const held = later.probe.held - before.held;
  const cpuShare = Math.max(0, later.probe.cpuMs - before.cpuMs) / elapsedMs;
  return {
    heldShare: looks >= FEWEST_LOOKS ? share(held, looks) : null,
    probe: { looks, meanWaitMs: ratio(later.probe.waitMs - before.waitMs, held), cpuShare },
  };
}

function waiting(
  lock: LockCounters['lock'],
  work: WorkerLockCounters,
  heldShare: number | null,
): Pick<LockProgress, 'waitingShare' | 'waitingFrom'> {
  if (lock !== 'shared') return { waitingShare: 0, waitingFrom: 'none' };
  if (work.looks !== null && work.waits !== null) {
    return { waitingShare: work.looks >= FEWEST_LOOKS ? share(work.waits, work.looks) : null, waitingFrom: 'seen' };
  }
  const onCpu = share(work.cpuMs, work.workMs);
  return {
    waitingShare: onCpu === null || heldShare === null ? null : (1 - onCpu) * heldShare,
    waitingFrom: 'at-most',
  };
}

/** `underWay`: tasks under way at a time, on average. */
function releases({
  coresBusy,
  underWay,
  heldShare,
}: {
  coresBusy: number | null;
  underWay: number;
  heldShare: number | null;
}): boolean | null {
  if (underWay < UNDER_WAY) return null;
  if (coresBusy !== null && coresBusy > MORE_THAN_ONE) return true;
  if (heldShare === null) return null;
  if (heldShare <= FREE) return true;
  return heldShare >= HELD ? false : null;
}
