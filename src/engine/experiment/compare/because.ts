import type { CompareReport, ContenderReport } from '../../../contract';
import { capital, CONTENDER_TITLES, duration, figure, number, plural, wholePercent } from '../../report/words';
import { FULL, ONE_AT_A_TIME } from '../thresholds';

/** Tasks that want a core for less than this share of their time wait rather than compute. */
const COMPUTES = 0.5;
/** A share of waiting for a core above which others are the cause. */
const NOTABLE_WAIT = 0.1;
/** Workers that have a task for less than this share of the time lack work, whatever a task does. */
const SUPPLIED = 0.7;
/** With fewer tasks for each worker they hardly divide. */
const FEW_EACH = 3;
/** A task of so many hand-overs is short beside them: the next one is often not there in time. */
const SHORT = 10;

/**
 * Why the fastest is as fast as it is, as far as it was measured: what its workers had of the cores, what they wanted,
 * and for how much of the time they had a task. A sentence, or nothing where CPU time is not known.
 */
export function because(report: CompareReport, best: ContenderReport): string {
  const { coresBusy, cpuMs, workers } = best;
  if (coresBusy === null || cpuMs === null) return '';
  const ceiling = report.machine.limits.effectiveCpus;
  const its = `the ${workers === 1 ? 'worker' : `${number(workers)} workers`} of ${CONTENDER_TITLES[best.contender]}`;
  const kept = `kept ${figure(coresBusy)} of ${plural(ceiling, 'core')} busy`;
  const who = capital(its);
  if (waits(report, best)) return `${report.workload.title} waits rather than computes: ${its} ${kept}, and workers can wait at the same time.`;
  if (lockLimits(report, best)) return `${who} ${kept}, as the interpreter lock lets one of them compute at a time.`;
  const waited = waitedShare(best);
  if (waited > NOTABLE_WAIT) {
    return `${who} ${kept} and waited for a core ${wholePercent(waited)} of the time they had work: ${whoHadTheCores(best, ceiling)}.`;
  }
  if (coresBusy >= FULL * ceiling) return `${who} ${kept}: there is no more to be had here.`;
  return `${who} ${kept}${unsupplied(report, best)}.`;
}

/** Whoever hands out short tasks needs a core for it too, and nobody tells its time apart. */
function whoHadTheCores(one: ContenderReport, ceiling: number): string {
  if (one.workers > ceiling) return 'there are more of them than cores';
  // All of them and one who hands out on so many cores: more waiting than this has another cause.
  if (shortTasks(one) && waitedShare(one) <= 1 - ceiling / (one.workers + 1)) return 'handing out tasks that are so short uses the cores too, if nothing else on this machine does';
  return 'something else on this machine uses the cores';
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
  return coresBusy >= ONE_AT_A_TIME.least && coresBusy < ONE_AT_A_TIME.most && waitedShare(one) <= NOTABLE_WAIT;
}

/** Whether its tasks, while they run, mostly want no core. A workload of kind `cpu` always wants one. */
function waits(report: CompareReport, one: ContenderReport): boolean {
  if (report.workload.kind === 'cpu' || lockLimits(report, one)) return false;
  const { coresBusy, runQueueMs, workers } = one;
  const usedMs = used(one);
  const wanted = coresBusy === null || usedMs === 0 ? 0 : (coresBusy * (usedMs + (runQueueMs ?? 0))) / usedMs / workers;
  return wanted < COMPUTES * Math.min(1, suppliedShare(one) ?? 1);
}

/** Of the time in which workers wanted a core, that without one: the share that other load took, or too many workers. */
function waitedShare(one: ContenderReport): number {
  const wantedMs = used(one) + (one.runQueueMs ?? 0);
  return wantedMs > 0 ? (one.runQueueMs ?? 0) / wantedMs : 0;
}

/** CPU time of a round, on the tasks' threads and off them, as far as it is known, ms. */
function used({ cpuMs, offThreadCpuMs }: ContenderReport): number {
  return (cpuMs ?? 0) + (offThreadCpuMs ?? 0);
}

/** Of the time of all of its workers, that in which they had a task; null where no task settled. */
function suppliedShare({ running, rounds, workers }: ContenderReport): number | null {
  const wholeMs = rounds.makespanMs.reduce((sum, ms) => sum + ms, 0) * workers;
  return running === null || wholeMs === 0 ? null : (running.meanMs * running.count) / wholeMs;
}

/** What kept workers without a task for much of the time: a clause that begins with a colon, or nothing. */
function unsupplied({ settings }: CompareReport, one: ContenderReport): string {
  const supplied = suppliedShare(one);
  if (supplied === null || one.running === null || supplied >= SUPPLIED) return '';
  const idle = `: they were without a task for ${wholePercent(1 - supplied)} of the time`;
  if (settings.tasks !== null && settings.tasks < FEW_EACH * one.workers) return `${idle}, as ${plural(settings.tasks, 'task')} do not divide well among ${plural(one.workers, 'worker')}`;
  if (!shortTasks(one)) return idle;
  return `${idle}, as tasks of ${duration(one.running.meanMs)} are short beside their way to a worker and back, ${duration((one.handOverUs ?? 0) / 1000)}`;
}

function shortTasks({ running, handOverUs }: ContenderReport): boolean {
  return running !== null && handOverUs !== null && running.meanMs * 1000 <= SHORT * handOverUs;
}
