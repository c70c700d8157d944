import { ONE_AT_A_TIME, SHORTEST_LOOK_MS } from '../shared/thresholds';
import { COMPUTES, handOverExplains, isShort, NOTABLE_PAUSE, SPARE_CORES } from '../shared/told-by-shares';
import { NOTABLE_WAIT, type CoreCause, type CoreWait } from '../shared/core-wait';
import type { ClockFall } from '../../../contract';
import { isLong, pictureOf, type Picture, type Seen, type Use } from './picture';

/** What is said, before it is in words: each claim with the numbers that it stands on. */
export type Claim =
  | { kind: 'shown'; what: 'failed'; failed: number; of: number }
  | ({ kind: 'shown'; what: 'computes' | 'waits' | 'both' | 'off-thread' | 'busy' | 'meanwhile' } & Use)
  | { kind: 'shown'; what: 'between-tasks'; share: number }
  | { kind: 'shown'; what: 'waited-for-core'; share: number; alsoBetween: boolean; wait: CoreWait }
  | { kind: 'shown'; what: 'besides'; cores: number; of: number }
  | ({ kind: 'shown'; what: 'clock-fell'; slower: boolean } & ClockFall)
  | { kind: 'shown'; what: 'lock-released'; cores: number; threads: number; all: boolean }
  | {
      kind: 'cause';
      of: 'between-tasks';
      by: 'hand-over';
      taskMs: number;
      handOverUs: number;
      engineCores: number | null;
    }
  | { kind: 'cause'; of: 'between-tasks'; by: 'engine'; engineCores: number }
  | { kind: 'cause'; of: 'waiting-for-core'; by: CoreCause[] }
  | {
      kind: 'cause';
      of: 'waiting-for-lock';
      share: number;
      atMost: boolean;
      threads: number;
      most: number | null;
      cores: number | null;
      all: boolean;
    }
  | { kind: 'advice'; advice: 'more-can-wait'; eachCores: number }
  | { kind: 'advice'; advice: 'cores-left'; idleCores: number; ceiling: number; quota: boolean; more: number }
  | { kind: 'advice'; advice: 'only-queue'; cores: number }
  | {
      kind: 'not-known';
      why:
        | 'nothing-done'
        | 'all-failed'
        | 'no-worker'
        | 'no-sample'
        | 'samples-stopped'
        | 'too-short'
        | 'not-available'
        | 'impossible';
    }
  | { kind: 'not-known'; why: 'who-had-the-cores' }
  | { kind: 'not-known'; why: 'waiting-for-core'; besidesCores: number | null; of: number }
  | { kind: 'not-known'; why: 'rest'; share: number }
  | { kind: 'not-known'; why: 'too-busy'; to: 'tell-what-it-does' | 'advise' };

/** CPU time that was counted above what can be, by the coarseness of the counts. */
const COARSE = 1.1;

/** What can be said of what was seen, and no more; in the order in which it is said. */
export function claimsOf(seen: Seen): Claim[] {
  const { tasks, failed, workers } = seen;
  if (tasks === 0)
    return [{ kind: 'not-known', why: failed > 0 ? 'all-failed' : workers === 0 ? 'no-worker' : 'nothing-done' }];
  const first: Claim[] = failed === 0 ? [] : [{ kind: 'shown', what: 'failed', failed, of: tasks + failed }];
  const unknown = notKnown(seen);
  return [...first, ...(unknown === null ? measured(seen) : [unknown])];
}

function notKnown(seen: Seen): Claim | null {
  const { workers, incomplete = false, elapsedMs, cpuMs, workersMs } = seen;
  const not = (
    why: 'no-worker' | 'no-sample' | 'samples-stopped' | 'too-short' | 'not-available' | 'impossible',
  ): Claim => ({ kind: 'not-known', why });
  if (workers === 0) return not('no-worker');
  if (incomplete && elapsedMs <= 0) return not('no-sample');
  if (incomplete && elapsedMs < SHORTEST_LOOK_MS) return not('samples-stopped');
  if (cpuMs === null || elapsedMs <= 0 || workersMs <= 0) return not('not-available');
  if (elapsedMs < SHORTEST_LOOK_MS) return not('too-short');
  return cpuMs > COARSE * workersMs ? not('impossible') : null;
}

function measured(seen: Seen): Claim[] {
  const picture = pictureOf(seen);
  if (picture === null) return [{ kind: 'not-known', why: 'not-available' }];
  const pauses = [...betweenTasks(picture), ...waitedForCore(picture), ...waitedForLock(picture)];
  const first: Claim[] = [
    { kind: 'shown', what: picture.what, ...picture.use },
    ...unseenRest(picture),
    ...pauses,
    ...besides(picture),
    ...clockFell(seen),
  ];
  const held = pauses.some((claim) => claim.kind === 'cause' && claim.of === 'waiting-for-lock');
  // Tasks that fail show little of those that would not.
  if (picture.what === 'meanwhile') return first;
  return [...first, ...released(seen), ...(picture.busy ? [tooBusyClaim(picture)] : held ? [] : advice(picture))];
}

/**
 * Later tasks are said to be slower for it where they took longer by at least half of what the clock explains; not while the
 * run is on, nor where the number of workers changed, which changes their length too.
 */
function clockFell({ clockFell: fell, range, over }: Seen): Claim[] {
  if (fell === undefined || fell === null) return [];
  const { fromMhz, toMhz, taskMs } = fell;
  const steady = over === true && range !== undefined && range.least === range.most;
  const slower = steady && taskMs !== null && taskMs.after / taskMs.before - 1 >= (fromMhz / toMhz - 1) / 2;
  return [{ kind: 'shown', what: 'clock-fell', slower, ...fell }];
}

function tooBusyClaim({ what, seen }: Picture): Claim {
  return {
    kind: 'not-known',
    why: 'too-busy',
    to: what === 'busy' && seen.workload.kind !== 'io' ? 'tell-what-it-does' : 'advise',
  };
}

/** What they did for much of their time, where that is neither named nor explained. */
function unseenRest({ what, use: { shares }, wait, causes, kept, waitUnknown }: Picture): Claim[] {
  if (what === 'busy' && waitUnknown)
    return [{ kind: 'not-known', why: 'waiting-for-core', besidesCores: wait.besidesCores, of: wait.cores }];
  const explained = what !== 'busy' || kept || causes.some(({ by }) => by === 'quota');
  return explained || shares.waitingElse < NOTABLE_PAUSE
    ? []
    : [{ kind: 'not-known', why: 'rest', share: shares.waitingElse }];
}

function betweenTasks({ seen, use, wait, causes, waited }: Picture): Claim[] {
  const share = use.shares.betweenTasks;
  if (!isLong(share)) return [];
  const pause: Claim = { kind: 'shown', what: 'between-tasks', share };
  const { meanTaskMs, handOverUs } = seen;
  if (meanTaskMs === null || handOverUs === null || !isShort({ meanTaskMs, handOverUs })) return [pause];
  const engineCores =
    wait.engineCores === null ||
    wait.engineCores < NOTABLE_ENGINE ||
    (waited && causes.some(({ by }) => by === 'engine'))
      ? null
      : wait.engineCores;
  if (handOverExplains(share, { meanTaskMs, handOverUs }))
    return [
      pause,
      { kind: 'cause', of: 'between-tasks', by: 'hand-over', taskMs: meanTaskMs, handOverUs, engineCores },
    ];
  return engineCores === null ? [pause] : [pause, { kind: 'cause', of: 'between-tasks', by: 'engine', engineCores }];
}

/** Less of a core than this hands out no tasks that workers wait for. */
const NOTABLE_ENGINE = 0.5;

function waitedForCore({ use, wait, causes, what, waited }: Picture): Claim[] {
  const { share } = wait;
  const quota = causes.filter(({ by }) => by === 'quota');
  if (!waited) return quota.length === 0 ? [] : [{ kind: 'cause', of: 'waiting-for-core', by: quota }];
  const who: Claim =
    causes.length === 0
      ? { kind: 'not-known', why: 'who-had-the-cores' }
      : { kind: 'cause', of: 'waiting-for-core', by: causes };
  const { cores } = wait;
  // Where others have cores too, more workers may get more of them.
  const queue =
    what === 'computes' && use.changed === null && causes.every(({ by }) => by === 'own-workers') && causes.length > 0;
  const only: Claim[] = queue ? [{ kind: 'advice', advice: 'only-queue', cores }] : [];
  // Beside their time without a task, of which it is a part then.
  const alsoBetween = isLong(use.shares.betweenTasks) && share - (use.shares.waitingForCore ?? 0) > 0.005;
  return [{ kind: 'shown', what: 'waited-for-core', share, alsoBetween, wait }, who, ...only];
}

/** What others used of the cores, where it is worth a word and was not said. */
function besides({ wait: { besidesCores, cores }, what, causes, waited, waitUnknown }: Picture): Claim[] {
  if (
    besidesCores === null ||
    besidesCores < Math.max(SPARE_CORES, cores * NOTABLE_WAIT) ||
    (what === 'busy' && waitUnknown)
  )
    return [];
  return waited && causes.some(({ by }) => by === 'besides' || by === 'start-up')
    ? []
    : [{ kind: 'shown', what: 'besides', cores: besidesCores, of: cores }];
}

function waitedForLock({ seen: { lock, workers }, use: { shares } }: Picture): Claim[] {
  if (lock === null || lock.waitingShare === null || isReleased(lock)) return [];
  const all = lock.workers === workers;
  // Beside other workers it is a share of its own threads' time.
  const share = all ? (shares.waitingForLock ?? 0) : lock.waitingShare;
  if (share < NOTABLE_WAIT) return [];
  const most = lock.workers < 2 ? null : (lock.workers - 1) / lock.workers;
  return [
    {
      kind: 'cause',
      of: 'waiting-for-lock',
      share,
      atMost: lock.waitingFrom === 'at-most',
      threads: lock.workers,
      most: most !== null && share <= most ? most : null,
      cores: lock.coresBusy,
      all,
    },
  ];
}

const isReleased = ({ releasesLock, coresBusy }: NonNullable<Seen['lock']>): boolean =>
  releasesLock === true && coresBusy !== null && coresBusy > ONE_AT_A_TIME.most;

function released({ lock, workers }: Seen): Claim[] {
  return lock === null || !isReleased(lock) || lock.coresBusy === null
    ? []
    : [
        {
          kind: 'shown',
          what: 'lock-released',
          cores: lock.coresBusy,
          threads: lock.workers,
          all: lock.workers === workers,
        },
      ];
}

/** More workers are spoken of only where nothing was in the way of those that there are, and cores were seen to be idle. */
function advice({ seen, use, wait, causes, what }: Picture): Claim[] {
  const { betweenTasks: pause } = use.shares;
  const hampered =
    use.changed !== null ||
    seen.runQueueMs === null ||
    wait.share > NOTABLE_WAIT ||
    pause === null ||
    pause >= NOTABLE_PAUSE ||
    causes.some(({ by }) => by === 'quota');
  if (hampered || seen.machineCpuMs === null) return [];
  const idleCores = Math.min(use.ceiling - use.cores, seen.cores - seen.machineCpuMs / seen.elapsedMs);
  if (what === 'waits')
    return idleCores >= use.ceiling * COMPUTES
      ? [{ kind: 'advice', advice: 'more-can-wait', eachCores: use.cores / wait.workers }]
      : [];
  const locked = seen.lock !== null && !isReleased(seen.lock);
  if (what !== 'computes' || locked || wait.workers > use.ceiling - 1 || use.shares.computing < 1 - COMPUTES / 2)
    return [];
  const more = Math.floor(Math.min(idleCores + SPARE_CORES, use.ceiling - wait.workers));
  return more > 0
    ? [{ kind: 'advice', advice: 'cores-left', idleCores, ceiling: use.ceiling, quota: use.quota, more }]
    : [];
}
