import {
  capital,
  contenderShares,
  coreCount,
  duration,
  durationOfUs,
  number,
  offThreadCores,
  percent,
  plural,
  contenderTitle,
  type CompareReport,
  type ContenderReport,
  type CpuLimits,
  type TimeShares,
} from '../../../contract';
import {
  NOTABLE_WAIT,
  causeWords,
  causesAfter,
  coreCauses,
  partOf,
  quotaCause,
  tooBusy,
  type CoreWait,
} from '../shared/core-wait';
import { coreWaitOf, lockLimits } from '../shared/contender-wait';
import { ALL, FULL } from '../shared/thresholds';
import { NOTABLE_PAUSE, SPARE_CORES, WAITS, cpuOfFree, handOverExplains, isShort } from '../shared/told-by-shares';

/** A pause that is longer by this than what is left over where tasks are dealt out has another cause as well. */
const FITS = 0.1;

/**
 * Why a contender is as fast as it is, as far as it was measured: what its workers had of the cores, what kept them from
 * more, and for how much of the time they had a task. Sentences, or nothing where CPU time is not known.
 */
export function because(report: CompareReport, one: ContenderReport): string {
  const { coresBusy, workers } = one;
  const shares = contenderShares(one);
  if (coresBusy === null || shares === null) return '';
  const { limits } = report.machine;
  const wait = coreWaitOf(report, one, shares);
  const causes = coreCauses(wait);
  const its = `the ${workers === 1 ? 'worker' : `${number(workers)} workers`} of ${contenderTitle(one.contender)}`;
  const kept = keptWords(coresBusy, limits);
  const full = coresBusy >= FULL * limits.effectiveCpus;
  const waiting = !full && waits(report, wait, shares);
  const who = waiting
    ? `${report.workload.title} waits rather than computes: ${its} ${kept}`
    : `${capital(its)} ${kept}`;
  if (lockLimits(report, one, shares))
    return `${who}, as expected of threads that share one interpreter lock; waiting for the lock was not measured.`;
  const them = workers === 1 ? 'it' : 'them';
  const busy = tooBusy(wait, causes)
    ? ` This machine was too busy to judge what ${workers === 1 ? 'it' : 'they'} would do on an idle one.`
    : '';
  if (wait.share > NOTABLE_WAIT)
    return `${who} and waited for a core for ${percent(wait.share)} of ${workers === 1 ? 'its' : 'their'} time${causesAfter(causes, wait, { them })}.${busy}`;
  if (quotaCause(wait) !== null) return `${who}: ${causeWords(causes, { them })}.`;
  const offCores = offThreadCores(one);
  if (offCores > SPARE_CORES && offCores > coresBusy / 2)
    return `${report.workload.title} computes outside its task threads: ${its} ${kept}, ${coreCount(offCores)} of them in helper threads or child processes.`;
  if (full)
    return `${who}, which is ${coresBusy >= ALL * limits.effectiveCpus ? 'all' : 'nearly all'} that ${workers === 1 ? 'it' : 'they'} may use.`;
  return `${who}${waiting ? '' : unsupplied(report, one, shares) || unseen(wait, shares)}.`;
}

/** More than there is to be used is not said to be some of it; a quota is another whole than the cores there are. */
function keptWords(cores: number, { effectiveCpus, quotaCpus }: CpuLimits): string {
  const part = partOf(cores, effectiveCpus);
  if (part === null) return `kept ${coreCount(cores)} cores busy`;
  const some = coreCount(part);
  return quotaCpus === effectiveCpus
    ? `used ${some} of the ${plural(effectiveCpus, 'CPU')} that the quota allows`
    : `kept ${some} of ${plural(effectiveCpus, 'core')} busy`;
}

/**
 * Whether its tasks, while they run, mostly use no core. A workload of kind `cpu` always wants one; of those whose kind
 * does not say, nothing may compute elsewhere, nor queue uncounted.
 */
function waits(
  { workload }: CompareReport,
  { besidesCores, workers, cores, offThreadCores }: CoreWait,
  shares: TimeShares,
): boolean {
  const used = cpuOfFree(shares);
  if (workload.kind === 'cpu' || used === null || used >= WAITS) return false;
  if (workload.kind === 'io') return true;
  const queued = shares.waitingForCore !== null;
  return (
    (queued && offThreadCores !== null) ||
    (besidesCores !== null && besidesCores < SPARE_CORES && (queued || workers <= cores))
  );
}

/** What kept workers without a task for much of the time: a clause, or nothing. */
function unsupplied({ settings }: CompareReport, one: ContenderReport, { betweenTasks: idle }: TimeShares): string {
  if (idle === null || one.running === null || idle < NOTABLE_PAUSE) return '';
  const without = `; ${one.workers === 1 ? 'it was' : 'they were'} without a task for ${percent(idle)} of the time`;
  if (settings.tasks !== null && idle <= undivided(settings.tasks, one.workers) + FITS)
    return `${without}: ${plural(settings.tasks, 'task')} cannot be divided evenly among ${plural(one.workers, 'worker')}`;
  const {
    handOverUs,
    running: { meanMs },
  } = one;
  const short =
    handOverUs !== null &&
    isShort({ meanTaskMs: meanMs, handOverUs }) &&
    handOverExplains(idle, { meanTaskMs: meanMs, handOverUs });
  if (!short) return `${without}, for an unknown reason`;
  return `${without}: tasks of ${duration(meanMs)} are short compared with their hand-over of ${durationOfUs(handOverUs)}`;
}

/** The share of their time for which workers have no task where equal tasks are dealt out to them. */
const undivided = (tasks: number, workers: number): number => 1 - tasks / (workers * Math.ceil(tasks / workers));

/** That workers did not compute for much of the time, and what was not measured of it: a clause, or nothing. */
function unseen({ workers, cores, besidesCores }: CoreWait, { waitingElse, waitingForCore }: TimeShares): string {
  if (waitingElse <= 1 - FULL) return '';
  const [their, they] = workers === 1 ? ['its', 'it'] : ['their', 'they'];
  // Where nobody counts who is ready for a core, those that others use may be what they waited for.
  const used =
    besidesCores !== null && besidesCores >= SPARE_CORES
      ? `something other than ${workers === 1 ? 'this worker' : 'these workers'} used ${coreCount(besidesCores)} of ${plural(cores, 'core')}, and `
      : '';
  if (waitingForCore === null && used !== '') return `; ${used}how long ${they} waited for a core is not known`;
  return `; for ${percent(waitingElse)} of ${their} time ${they} waited for something that was not measured`;
}
