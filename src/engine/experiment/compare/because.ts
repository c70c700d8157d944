import { contenderShares, offThreadShare, type CompareReport, type ContenderReport, type TimeShares } from '../../../contract';
import { capital, CONTENDER_TITLES, duration, figure, number, plural, wholePercent } from '../../report/words';
import { causesAfter, causeWords, coreCauses, NOTABLE_WAIT, quotaCause, tooBusy, type CoreWait } from '../core-wait';
import { ALL, FULL, ONE_AT_A_TIME } from '../thresholds';

/** Of the time in which tasks were kept from nothing, the share of CPU time under which they wait rather than compute. */
const COMPUTES = 0.5;
/** With less of such time than this nothing can be told from it. */
const LEAST_SEEN = 0.1;
/** Workers that have a task for less than this share of the time lack work, whatever a task does. */
const SUPPLIED = 0.7;
/** Less of a core than this off the tasks' threads is what a runtime does beside. */
const NOTABLE_OFF = 0.25;
/** With fewer tasks for each worker they hardly divide. */
const FEW_EACH = 3;
/** A task of so many hand-overs is short beside them: the next one is often not there in time. */
const SHORT = 10;

/**
 * Why the fastest is as fast as it is, as far as it was measured: what its workers had of the cores, what kept them from
 * more, and for how much of the time they had a task. Sentences, or nothing where CPU time is not known.
 */
export function because(report: CompareReport, best: ContenderReport): string {
  const { coresBusy, workers } = best;
  const shares = contenderShares(best);
  if (coresBusy === null || shares === null) return '';
  const ceiling = report.machine.limits.effectiveCpus;
  const wait = waitOf(report, best, shares);
  const causes = coreCauses(wait);
  const its = `the ${workers === 1 ? 'worker' : `${number(workers)} workers`} of ${CONTENDER_TITLES[best.contender]}`;
  const kept = `kept ${keptWords(coresBusy, ceiling)} busy`;
  const who = `${capital(its)} ${kept}`;
  if (lockLimits(report, best)) return `${who}, as the interpreter lock lets one of them compute at a time.`;
  const them = workers === 1 ? 'it' : 'them';
  const busy = tooBusy(wait, causes) ? ` This machine was too busy to judge what ${workers === 1 ? 'it does' : 'they do'} on a quiet one.` : '';
  if (wait.share > NOTABLE_WAIT) return `${who} and waited for a core ${wholePercent(wait.share)} of ${workers === 1 ? 'its' : 'their'} time${causesAfter(causes, wait, { them })}.${busy}`;
  if (quotaCause(wait) !== null) return `${who}: ${causeWords(causes, { them })}.`;
  const offCores = offThreadCores(best);
  if (offCores > NOTABLE_OFF && offCores > coresBusy / 2) return `${report.workload.title} computes off its tasks’ threads: ${its} ${kept}, ${figure(offCores)} of them there.`;
  if (waits(report, shares)) return `${report.workload.title} waits rather than computes: ${its} ${kept}.`;
  if (coresBusy >= FULL * ceiling) return `${who}, ${coresBusy >= ALL * ceiling ? 'all' : 'nearly all'} that may be used.`;
  return `${who}${unsupplied(report, best, shares)}.`;
}

/** Cores that were used off the tasks' threads; 0 where that is not known. */
function offThreadCores({ coresBusy, cpuMs, offThreadCpuMs }: ContenderReport): number {
  return (coresBusy ?? 0) * (offThreadShare({ cpuMs, offThreadCpuMs }) ?? 0);
}

/** More than there are to be used is not said to be some of them. */
function keptWords(cores: number, ceiling: number): string {
  return cores > ceiling * 1.05 ? `${figure(cores)} cores` : `${figure(Math.min(cores, ceiling))} of ${plural(ceiling, 'core')}`;
}

/** What its workers waited for a core, and who had the cores meanwhile: all that they used, less what these did. */
function waitOf({ machine: { limits, hardwareThreads }, workload }: CompareReport, one: ContenderReport, shares: TimeShares): CoreWait {
  const { workers, coresBusy, cores, throttled } = one;
  const { makespanMs, engineCpuMs = null } = one;
  const engineCores = engineCpuMs === null || makespanMs === null ? null : engineCpuMs / makespanMs.value;
  const all = cores?.busy.reduce((sum, busy, at) => sum + (limits.allowedCores?.includes(cores.cores[at] ?? -1) === false ? 0 : busy), 0);
  return {
    share: shares.waitingForCore ?? 0, workers, cores: limits.allowedCores?.length ?? hardwareThreads, compute: workload.kind === 'cpu' || (cpuOfFree(shares) ?? 0) >= COMPUTES, usedCores: coresBusy ?? 0, offThreadCores: offThreadShare(one) === null ? null : offThreadCores(one),
    engineCores, besidesCores: all === undefined ? null : Math.max(0, all - (coresBusy ?? 0) - (engineCores ?? 0)),
    starting: 0, throttled: throttled ?? null, quotaCpus: limits.quotaCpus,
  };
}

/** `: 1.00 cores busy with 2 workers`, where it is known. */
export function withCores({ coresBusy, workers }: ContenderReport): string {
  return coresBusy === null ? '' : `: ${figure(coresBusy)} cores busy with ${plural(workers, 'worker')}`;
}

/**
 * Whether threads of one interpreter are held to one core by its lock: they keep about one busy, and no less, where there
 * are more to be had. On a crowded machine few cores busy prove nothing, nor where they wait for something else.
 */
export function lockLimits({ machine }: CompareReport, one: ContenderReport): boolean {
  const { lock, workers, coresBusy } = one;
  if (lock !== 'shared' || workers < 2 || coresBusy === null || machine.limits.effectiveCpus <= ONE_AT_A_TIME.most) return false;
  // What is used off the threads needs no lock.
  if (offThreadCores(one) > NOTABLE_OFF) return false;
  return coresBusy >= ONE_AT_A_TIME.least && coresBusy < ONE_AT_A_TIME.most && waitedShare(one) <= NOTABLE_WAIT;
}

/** Of the time in which tasks were kept from nothing, the share in which they computed; null where there was too little of it. */
function cpuOfFree({ computing, waitingElse, offThread }: TimeShares): number | null {
  const used = computing + (offThread ?? 0);
  return used + waitingElse < LEAST_SEEN ? null : used / (used + waitingElse);
}

/** Whether its tasks, while they run, mostly use no core. A workload of kind `cpu` always wants one. */
function waits({ workload }: CompareReport, shares: TimeShares): boolean {
  const used = cpuOfFree(shares);
  return workload.kind !== 'cpu' && used !== null && used < COMPUTES;
}

/** Of the time of all of its workers, that in which they were ready and had no core; 0 where it is not known. */
function waitedShare(one: ContenderReport): number {
  return contenderShares(one)?.waitingForCore ?? 0;
}

/** What kept workers without a task for much of the time: a clause that begins with a colon, or nothing. */
function unsupplied({ settings }: CompareReport, one: ContenderReport, { betweenTasks: idle }: TimeShares): string {
  if (idle === null || one.running === null || idle <= 1 - SUPPLIED) return '';
  const without = `: ${one.workers === 1 ? 'it was' : 'they were'} without a task for ${wholePercent(idle)} of the time`;
  if (settings.tasks !== null && settings.tasks < FEW_EACH * one.workers) return `${without}, as ${plural(settings.tasks, 'task')} ${settings.tasks === 1 ? 'does' : 'do'} not divide well among ${plural(one.workers, 'worker')}`;
  if (!shortTasks(one)) return without;
  return `${without}, as tasks of ${duration(one.running.meanMs)} are short beside their way to a worker and back, ${duration((one.handOverUs ?? 0) / 1000)}`;
}

function shortTasks({ running, handOverUs }: ContenderReport): boolean {
  return running !== null && handOverUs !== null && running.meanMs * 1000 <= SHORT * handOverUs;
}
