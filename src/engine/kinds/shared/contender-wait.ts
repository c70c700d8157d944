import {
  allowedCoreCount,
  offThreadCores,
  offThreadShare,
  type CompareReport,
  type ContenderReport,
  type TimeShares,
} from '../../../contract';
import { NOTABLE_WAIT, type CoreWait } from './core-wait';
import { waitedOfContender } from './load';
import { ONE_AT_A_TIME } from './thresholds';
import { COMPUTES, NOTABLE_PAUSE, SPARE_CORES, cpuOfFree } from './told-by-shares';

/** What its workers waited for a core, and who had the cores meanwhile: all that they used, less what these did. */
export function coreWaitOf(
  { machine: { limits, hardwareThreads }, workload }: CompareReport,
  one: ContenderReport,
  shares: TimeShares,
): CoreWait {
  const { workers, coresBusy, cores, throttled } = one;
  const { makespanMs, engineCpuMs = null } = one;
  const engineCores = engineCpuMs === null || makespanMs === null ? null : engineCpuMs / makespanMs.value;
  const all = cores?.busy.reduce(
    (sum, busy, at) => sum + (limits.allowedCores?.includes(cores.cores[at] ?? -1) === false ? 0 : busy),
    0,
  );
  return {
    share: shares.waitingForCore === null ? 0 : (waitedOfContender(one) ?? 0),
    workers,
    cores: allowedCoreCount({ limits, hardwareThreads }),
    compute: workload.kind === 'cpu' || (cpuOfFree(shares) ?? 0) >= COMPUTES,
    usedCores: coresBusy ?? 0,
    offThreadCores: offThreadShare(one) === null ? null : offThreadCores(one),
    engineCores,
    besidesCores: all === undefined ? null : Math.max(0, all - (coresBusy ?? 0) - (engineCores ?? 0)),
    starting: 0,
    throttled: throttled ?? null,
    quotaCpus: limits.quotaCpus,
  };
}

/**
 * Whether threads of one interpreter are held to one core by its lock: they keep about one busy, and no less, where there
 * are more, tasks are under way and one alone keeps one busy too. On a crowded machine few cores busy prove nothing, nor where
 * they wait for something else.
 */
export function lockLimits(report: CompareReport, one: ContenderReport, shares: TimeShares): boolean {
  const { lock, workers, coresBusy } = one;
  if (
    lock !== 'shared' ||
    workers < 2 ||
    coresBusy === null ||
    report.machine.limits.effectiveCpus <= ONE_AT_A_TIME.most
  )
    return false;
  // What is used off the threads needs no lock.
  if (offThreadCores(one) > SPARE_CORES || !computesAlone(report, one)) return false;
  const free = (waitedOfContender(one) ?? 0) <= NOTABLE_WAIT && (shares.betweenTasks ?? 0) < NOTABLE_PAUSE;
  return free && coresBusy >= ONE_AT_A_TIME.least && coresBusy <= ONE_AT_A_TIME.most;
}

/** Whether tasks compute rather than wait, by their kind or by what one worker of the baseline used. */
function computesAlone({ workload, contenders }: CompareReport, { speedUp }: ContenderReport): boolean {
  if (workload.kind === 'cpu') return true;
  const alone = contenders.find(({ contender }) => contender === speedUp?.against);
  return alone !== undefined && alone.coresBusy !== null && alone.coresBusy >= ONE_AT_A_TIME.least;
}
