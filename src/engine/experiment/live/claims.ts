import { timeShares, type CpuLimits, type LockProgress, type Throttled, type TimeShares, type WorkerTime, type WorkloadInfo } from '../../../contract';
import { SHORTEST_LOOK_MS } from '../thresholds';
import { coreCauses, NOTABLE_WAIT, quotaCause, tooBusy, type CoreCause, type CoreWait } from '../core-wait';

/** What a finding is made from: sums over the time it speaks of. */
export interface Seen extends Omit<WorkerTime, 'lockMs'> {
  workload: Pick<WorkloadInfo, 'title' | 'kind'>;
  limits: Pick<CpuLimits, 'effectiveCpus' | 'quotaCpus'>;
  /** Cores that they may run on, whatever a quota grants of their time. */
  cores: number;
  workers: number;
  /** Tasks of the whole run so far. */
  tasks: number;
  failed: number;
  elapsedMs: number;
  /** Whether samples are missing for a part of the time that is worth a word. */
  incomplete?: boolean;
  /** Mean running time of a task, and the median way of an empty message to a worker and back. */
  meanTaskMs: number | null;
  handOverUs: number | null;
  /** CPU time of Coreloom's own engine and sampler, and of everything on the cores that may be used, ms. */
  engineCpuMs: number | null;
  machineCpuMs: number | null;
  /** Workers that were being started meanwhile. */
  starting: number;
  /** What a quota of CPU time did meanwhile. */
  throttled: Throttled | null;
  /** The lock that Python's threads share, and those threads' time; null where there is none. */
  lock: (Pick<LockProgress, 'coresBusy' | 'waitingShare' | 'waitingFrom' | 'releasesLock'> & { workers: number; workersMs: number }) | null;
}

/** How busy workers kept the cores. */
interface Use {
  workers: number;
  /** CPU time ÷ wall time, what was used off the tasks' threads included. */
  cores: number;
  offThreadCores: number | null;
  ceiling: number;
  shares: TimeShares;
}

/** What is said, before it is in words: each claim with the numbers that it stands on. */
export type Claim =
  | { kind: 'shown'; what: 'failed'; failed: number; of: number }
  | ({ kind: 'shown'; what: 'computes' | 'waits' | 'both' | 'off-thread' | 'busy' } & Use)
  | { kind: 'shown'; what: 'between-tasks' | 'waited-for-core'; share: number }
  | { kind: 'shown'; what: 'lock-released'; cores: number }
  | { kind: 'cause'; of: 'between-tasks'; by: 'hand-over'; taskMs: number; handOverUs: number }
  | { kind: 'cause'; of: 'waiting-for-core'; by: CoreCause[] }
  | { kind: 'cause'; of: 'waiting-for-lock'; share: number; atMost: boolean; threads: number; most: number | null; cores: number | null; all: boolean }
  | { kind: 'advice'; advice: 'more-can-wait' }
  | { kind: 'advice'; advice: 'cores-left'; idleCores: number; ceiling: number }
  | { kind: 'advice'; advice: 'only-queue'; cores: number }
  | { kind: 'not-known'; why: 'nothing-done' | 'all-failed' | 'no-worker' | 'no-sample' | 'samples-stopped' | 'too-short' | 'not-available' | 'impossible' }
  | { kind: 'not-known'; why: 'who-had-the-cores' }
  | { kind: 'not-known'; why: 'rest'; share: number }
  | { kind: 'not-known'; why: 'too-busy'; to: 'tell-what-it-does' | 'advise' };

/** Of the time in which a task was not kept from the cores, the share of CPU time above which it computes, and below which it waits. */
const COMPUTES = 0.5;
const WAITS = 0.2;
/** With less of such time than this nothing can be told from it. */
const LEAST_SEEN = 0.1;
/** Without a task for more than this of their time, and it is worth a word. */
const NOTABLE_PAUSE = 0.3;
/** A task of so many hand-overs is short beside them. */
const SHORT = 10;
/** Less of a core than this is used by whatever a system does beside. */
const SPARE_CORES = 0.25;
/** Less of a core than this off the tasks' threads is what a runtime does beside. */
const NOTABLE_OFF = 0.05;
/** More than one core shows that the lock was released; under it nobody can tell. */
const MORE_THAN_ONE = 1.15;
/** CPU time that was counted above what can be, by the coarseness of the counts. */
const COARSE = 1.1;

/** What can be said of what was seen, and no more; in the order in which it is said. */
export function claimsOf(seen: Seen): Claim[] {
  const { tasks, failed } = seen;
  if (tasks === 0) return [{ kind: 'not-known', why: failed === 0 ? 'nothing-done' : 'all-failed' }];
  const first: Claim[] = failed === 0 ? [] : [{ kind: 'shown', what: 'failed', failed, of: tasks + failed }];
  const unknown = notKnown(seen);
  return [...first, ...(unknown === null ? measured(seen) : [unknown])];
}

function notKnown(seen: Seen): Claim | null {
  const { workers, incomplete = false, elapsedMs, cpuMs, workersMs } = seen;
  const not = (why: 'no-worker' | 'no-sample' | 'samples-stopped' | 'too-short' | 'not-available' | 'impossible'): Claim => ({ kind: 'not-known', why });
  if (workers === 0) return not('no-worker');
  if (incomplete && elapsedMs <= 0) return not('no-sample');
  if (incomplete && elapsedMs < SHORTEST_LOOK_MS) return not('samples-stopped');
  if (cpuMs === null || elapsedMs <= 0 || workersMs <= 0) return not('not-available');
  if (elapsedMs < SHORTEST_LOOK_MS) return not('too-short');
  return cpuMs > COARSE * workersMs ? not('impossible') : null;
}

/** What all further claims are made from. */
interface Picture {
  seen: Seen;
  use: Use;
  wait: CoreWait;
  causes: CoreCause[];
  busy: boolean;
  what: 'computes' | 'waits' | 'both' | 'off-thread' | 'busy';
}

function measured(seen: Seen): Claim[] {
  const picture = pictureOf(seen);
  if (picture === null) return [{ kind: 'not-known', why: 'not-available' }];
  const pauses = [...betweenTasks(picture), ...waitedForCore(picture), ...waitedForLock(picture)];
  const held = pauses.some((claim) => claim.kind === 'cause' && claim.of === 'waiting-for-lock');
  const ends: Claim[] = picture.busy ? [{ kind: 'not-known', why: 'too-busy', to: picture.what === 'busy' ? 'tell-what-it-does' : 'advise' }] : held || mostFail(seen) ? [] : advice(picture);
  return [{ kind: 'shown', what: picture.what, ...picture.use }, ...unseenRest(picture), ...pauses, ...released(seen), ...ends];
}

function pictureOf(seen: Seen): Picture | null {
  const { lock, elapsedMs, limits } = seen;
  const lockMs = lock === null || lock.waitingShare === null ? null : lock.waitingShare * lock.workersMs;
  const shares = timeShares({ ...seen, lockMs });
  if (shares === null) return null;
  const per = (ms: number): number => ms / elapsedMs;
  const offThreadCores = seen.offThreadCpuMs === null || seen.offThreadCpuMs === undefined ? null : per(seen.offThreadCpuMs);
  const use: Use = { workers: seen.workers, cores: per(seen.cpuMs ?? 0) + (offThreadCores ?? 0), offThreadCores, ceiling: limits.effectiveCpus, shares };
  const own = seen.workload.kind === 'cpu' ? COMPUTES : cpuOfFree(shares);
  const engineCores = seen.engineCpuMs === null ? null : per(seen.engineCpuMs);
  const besidesCores = seen.machineCpuMs === null ? null : Math.max(0, per(seen.machineCpuMs) - use.cores - (engineCores ?? 0));
  const wait: CoreWait = {
    share: shares.waitingForCore ?? 0, workers: seen.workers, cores: seen.cores, compute: own !== null && own >= COMPUTES, usedCores: use.cores,
    engineCores, besidesCores, starting: seen.starting, throttled: seen.throttled, quotaCpus: limits.quotaCpus,
  };
  const causes = coreCauses(wait);
  const busy = tooBusy(wait, causes);
  return { seen, use, wait, causes, busy, what: whatItDoes({ seen, use, wait, busy }) };
}

/** Of the time in which tasks were kept from nothing, the share in which they computed, here or elsewhere; null where there was too little of it. */
function cpuOfFree({ computing, offThread, waitingElse }: TimeShares): number | null {
  const used = computing + (offThread ?? 0);
  return used + waitingElse < LEAST_SEEN ? null : used / (used + waitingElse);
}

/** By CPU time, and where that leaves it open by the workload's kind; never by how long workers waited for a core. */
function whatItDoes({ seen, use, wait, busy }: Pick<Picture, 'seen' | 'use' | 'wait' | 'busy'>): Picture['what'] {
  const { kind } = seen.workload;
  const { shares, cores, offThreadCores } = use;
  const used = cpuOfFree(shares);
  if (offThreadCores !== null && offThreadCores > cores - offThreadCores && (offThreadCores > SPARE_CORES || (used ?? 0) >= WAITS)) return 'off-thread';
  if (kind === 'cpu') return used !== null && used < COMPUTES ? 'busy' : 'computes';
  // How it would be with a core of its own cannot be told from how it was kept from one.
  if (used === null || (busy && used >= WAITS)) return 'busy';
  if (used >= COMPUTES) return 'computes';
  if (quotaCause(wait) !== null) return 'busy';
  if (used >= WAITS || cores >= use.ceiling * COMPUTES) return 'both';
  return waitingIsSure(seen, use, wait) ? 'waits' : 'busy';
}

/** Whether what does not compute on its thread is sure to wait: nothing of it computes elsewhere. */
function waitingIsSure({ workload, machineCpuMs, elapsedMs, cores }: Seen, { offThreadCores }: Use, wait: CoreWait): boolean {
  // What it has others do may wait for a core: that is not counted.
  const full = machineCpuMs === null || cores - machineCpuMs / elapsedMs < SPARE_CORES;
  if (workload.kind !== 'io' && full && (offThreadCores ?? 0) >= NOTABLE_OFF) return false;
  if (workload.kind === 'io' || offThreadCores !== null) return true;
  return wait.besidesCores !== null && wait.besidesCores < SPARE_CORES;
}

/** What they did for much of their time, where that is neither named nor explained. */
function unseenRest({ what, use: { shares }, causes, busy }: Picture): Claim[] {
  const explained = what !== 'busy' || busy || causes.some(({ by }) => by === 'quota');
  return explained || shares.waitingElse < NOTABLE_PAUSE ? [] : [{ kind: 'not-known', why: 'rest', share: shares.waitingElse }];
}

function betweenTasks({ seen, use }: Picture): Claim[] {
  const share = use.shares.betweenTasks;
  if (share === null || share < NOTABLE_PAUSE) return [];
  const { meanTaskMs, handOverUs } = seen;
  const short = meanTaskMs !== null && handOverUs !== null && meanTaskMs * 1000 <= SHORT * handOverUs;
  return [
    { kind: 'shown', what: 'between-tasks', share },
    ...(short ? [{ kind: 'cause', of: 'between-tasks', by: 'hand-over', taskMs: meanTaskMs, handOverUs } as const] : []),
  ];
}

function waitedForCore({ use, wait, causes, what, busy }: Picture): Claim[] {
  const share = use.shares.waitingForCore;
  const quota = causes.filter(({ by }) => by === 'quota');
  if (share === null || share <= NOTABLE_WAIT) return quota.length === 0 ? [] : [{ kind: 'cause', of: 'waiting-for-core', by: quota }];
  const who: Claim = causes.length === 0 ? { kind: 'not-known', why: 'who-had-the-cores' } : { kind: 'cause', of: 'waiting-for-core', by: causes };
  const { cores } = wait;
  const queue = !busy && what === 'computes' && causes.some(({ by }) => by === 'own-workers');
  const only: Claim[] = queue ? [{ kind: 'advice', advice: 'only-queue', cores }] : [];
  return [{ kind: 'shown', what: 'waited-for-core', share }, who, ...only];
}

function waitedForLock({ seen: { lock, workers }, use: { shares } }: Picture): Claim[] {
  if (lock === null || lock.waitingShare === null || isReleased(lock)) return [];
  const all = lock.workers === workers;
  // Beside other workers it is a share of its own threads' time.
  const share = all ? (shares.waitingForLock ?? 0) : lock.waitingShare;
  if (share < NOTABLE_WAIT) return [];
  const most = lock.workers < 2 ? null : (lock.workers - 1) / lock.workers;
  return [{
    kind: 'cause', of: 'waiting-for-lock', share, atMost: lock.waitingFrom === 'at-most', threads: lock.workers,
    most: most !== null && share <= most ? most : null, cores: lock.coresBusy, all,
  }];
}

const isReleased = ({ releasesLock, coresBusy }: NonNullable<Seen['lock']>): boolean => releasesLock === true && coresBusy !== null && coresBusy > MORE_THAN_ONE;

function released({ lock }: Seen): Claim[] {
  return lock === null || !isReleased(lock) || lock.coresBusy === null ? [] : [{ kind: 'shown', what: 'lock-released', cores: lock.coresBusy }];
}

/** Tasks that fail show little of those that would not. */
const mostFail = ({ tasks, failed }: Seen): boolean => failed * 2 >= tasks + failed;

/** More workers are spoken of only where nothing was in the way of those that there are, and cores were seen to be idle. */
function advice({ seen, use, wait, causes, what }: Picture): Claim[] {
  const { waitingForCore, betweenTasks: pause } = use.shares;
  const hampered = waitingForCore === null || waitingForCore > NOTABLE_WAIT || pause === null || pause >= NOTABLE_PAUSE || causes.some(({ by }) => by === 'quota');
  if (hampered || seen.machineCpuMs === null) return [];
  const idleCores = Math.min(use.ceiling - use.cores, seen.cores - seen.machineCpuMs / seen.elapsedMs);
  if (what === 'waits') return idleCores >= use.ceiling * COMPUTES ? [{ kind: 'advice', advice: 'more-can-wait' }] : [];
  const locked = seen.lock !== null && !isReleased(seen.lock);
  if (what !== 'computes' || locked || wait.workers > use.ceiling - 1 || use.shares.computing < 1 - COMPUTES / 2) return [];
  return idleCores >= 1 - SPARE_CORES ? [{ kind: 'advice', advice: 'cores-left', idleCores, ceiling: use.ceiling }] : [];
}
