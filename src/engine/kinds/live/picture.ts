import {
  timeShares,
  type ClockFall,
  type CpuLimits,
  type LockProgress,
  type Throttled,
  type TimeShares,
  type WorkerTime,
  type WorkloadInfo,
} from '../../../contract';
import { COMPUTES, cpuOfFree, NOTABLE_PAUSE, SPARE_CORES, WAITS } from '../shared/told-by-shares';
import { FULL } from '../shared/thresholds';
import {
  coreCauses,
  keptFromCores,
  notableIdle,
  NOTABLE_WAIT,
  quotaCause,
  tooBusy,
  waitedOf,
  type CoreCause,
  type CoreWait,
} from '../shared/core-wait';

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
  /** Fewest and most workers that could take tasks meanwhile; not given where that was not watched. */
  range?: { least: number; most: number };
  /** That the clock of busy cores fell, over the whole run so far. */
  clockFell?: ClockFall | null;
  /** Whether the run is over, and all of it is spoken of. */
  over?: boolean;
  /** What a quota of CPU time did meanwhile. */
  throttled: Throttled | null;
  /** The lock that Python's threads share, and those threads' time; null where there is none. */
  lock:
    | (Pick<LockProgress, 'coresBusy' | 'waitingShare' | 'waitingFrom' | 'releasesLock'> & {
        workers: number;
        workersMs: number;
      })
    | null;
}

/** How busy workers kept the cores. */
export interface Use {
  workers: number;
  /** Where their number changed: fewest, most, and on average. */
  changed: { least: number; most: number; mean: number } | null;
  /** CPU time ÷ wall time, what was used off the tasks' threads included. */
  cores: number;
  offThreadCores: number | null;
  ceiling: number;
  /** Whether the ceiling is a quota of CPU time, and not the cores there are. */
  quota: boolean;
  /** Of the workers' own CPU time, the share that they used without a task, where that was long: for taking tasks and giving back results. */
  handOver: number;
  shares: TimeShares;
}

/** What all further claims are made from. */
export interface Picture {
  seen: Seen;
  use: Use;
  wait: CoreWait;
  causes: CoreCause[];
  /** Kept from the cores by what was seen to use them. */
  busy: boolean;
  /** Kept from the cores, by whatever it was. */
  kept: boolean;
  /** Waiting for a core is worth a word, and its causes are said. */
  waited: boolean;
  /** How long they waited for a core is not known, and no core was seen to be idle. */
  waitUnknown: boolean;
  what: 'computes' | 'waits' | 'both' | 'off-thread' | 'busy' | 'meanwhile';
}

/** Less of a core than this off the tasks' threads is what a runtime does beside. */
export const NOTABLE_OFF = 0.05;

/** Workers for less of the time than this are no change of their number. */
const NOTABLE_CHANGE = 0.05;

export function pictureOf(seen: Seen): Picture | null {
  const { lock, elapsedMs, limits } = seen;
  const lockMs = lock === null || lock.waitingShare === null ? null : lock.waitingShare * lock.workersMs;
  const shares = timeShares({ ...seen, lockMs });
  if (shares === null) return null;
  const per = (ms: number): number => ms / elapsedMs;
  const offThreadCores =
    seen.offThreadCpuMs === null || seen.offThreadCpuMs === undefined ? null : per(seen.offThreadCpuMs);
  const ownShare = (seen.cpuMs ?? 0) / seen.workersMs;
  const use: Use = {
    workers: seen.workers,
    changed: changedOf(seen),
    cores: per(seen.cpuMs ?? 0) + (offThreadCores ?? 0),
    offThreadCores,
    ceiling: limits.effectiveCpus,
    quota: limits.quotaCpus !== null && limits.quotaCpus < seen.cores,
    handOver: ownShare > 0 && isLong(shares.betweenTasks) ? Math.max(0, 1 - shares.computing / ownShare) : 0,
    shares,
  };
  const own = seen.workload.kind === 'cpu' ? COMPUTES : cpuOfFree(shares);
  const engineCores = seen.engineCpuMs === null ? null : per(seen.engineCpuMs);
  const besidesCores =
    seen.machineCpuMs === null ? null : Math.max(0, per(seen.machineCpuMs) - use.cores - (engineCores ?? 0));
  const wait: CoreWait = {
    share: waitedOf(seen.runQueueMs, seen.workersMs) ?? 0,
    workers: use.changed?.mean ?? seen.workers,
    cores: seen.cores,
    compute: own !== null && own >= COMPUTES,
    usedCores: use.cores,
    offThreadCores,
    engineCores,
    besidesCores,
    starting: seen.starting,
    changed: use.changed !== null,
    throttled: seen.throttled,
    quotaCpus: limits.quotaCpus,
  };
  const causes = coreCauses(wait);
  const waitUnknown = seen.runQueueMs === null && (besidesCores === null || notableIdle(wait) === null);
  const picture = {
    seen,
    use,
    wait,
    causes,
    busy: tooBusy(wait, causes),
    kept: keptFromCores(wait, causes),
    waited: seen.runQueueMs !== null && wait.share > NOTABLE_WAIT,
    waitUnknown,
  };
  return { ...picture, what: mostFail(seen) ? 'meanwhile' : whatItDoes(picture) };
}

function changedOf({ range, workersMs, elapsedMs }: Seen): Use['changed'] {
  if (range === undefined || range.least >= range.most) return null;
  const mean = workersMs / elapsedMs;
  return Math.min(mean - range.least, range.most - mean) > NOTABLE_CHANGE * range.most ? { ...range, mean } : null;
}

/** By CPU time, and where that leaves it open by the workload's kind; never by how long workers waited for a core. */
function whatItDoes({ seen, use, wait, kept, waitUnknown }: Omit<Picture, 'what'>): Picture['what'] {
  const { kind } = seen.workload;
  const { shares, cores, offThreadCores } = use;
  const used = cpuOfFree(shares);
  if (
    offThreadCores !== null &&
    offThreadCores > cores - offThreadCores &&
    (offThreadCores > SPARE_CORES || (used ?? 0) >= WAITS)
  ) {
    // What they waited for otherwise was not seen: others' work, or a core for it.
    return (used ?? 0) >= COMPUTES || cores >= use.ceiling * COMPUTES ? 'off-thread' : 'busy';
  }
  const fill = cores >= use.ceiling * FULL;
  if (kind === 'cpu') return used !== null && used < COMPUTES && !(waitUnknown && fill) ? 'busy' : 'computes';
  // How it would be with a core of its own cannot be told from how it was kept from one.
  if (used === null || (kept && used >= WAITS)) return 'busy';
  if (used >= COMPUTES) return 'computes';
  if (waitUnknown) return 'busy';
  if (quotaCause(wait) !== null) return 'busy';
  if (used >= WAITS || cores >= use.ceiling * COMPUTES) return 'both';
  return waitingIsSure(seen, use, wait) ? 'waits' : 'busy';
}

/** Whether what does not compute on its thread is sure to wait: nothing of it computes elsewhere. */
function waitingIsSure(
  { workload, machineCpuMs, elapsedMs, cores }: Seen,
  { offThreadCores }: Use,
  wait: CoreWait,
): boolean {
  // What it has others do may wait for a core: that is not counted.
  const full = machineCpuMs === null || cores - machineCpuMs / elapsedMs < SPARE_CORES;
  if (workload.kind !== 'io' && full && (offThreadCores ?? 0) >= NOTABLE_OFF) return false;
  if (workload.kind === 'io' || offThreadCores !== null) return true;
  return wait.besidesCores !== null && wait.besidesCores < SPARE_CORES;
}

/** Whether the time without a task is worth a word. */
export const isLong = (share: number | null): share is number => share !== null && share >= NOTABLE_PAUSE;

/** Tasks that fail show little of those that would not. */
const mostFail = ({ tasks, failed }: Seen): boolean => failed * 2 >= tasks + failed;
