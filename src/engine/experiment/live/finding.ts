import type { CpuLimits, TaskCounts, WorkloadInfo } from '../../../contract';
import { number, plural, wholePercent } from '../../report/words';

/** What a finding is made from: sums over the time it speaks of. */
export interface Seen {
  workload: WorkloadInfo;
  limits: CpuLimits;
  workers: number;
  tasks: number;
  failed: number;
  elapsedMs: number;
  /** Whether samples are missing for a part of the time that is worth a word. */
  incomplete?: boolean;
  /** CPU time of the task threads, ms; null where the system cannot tell. */
  cpuMs: number | null;
  /** Time they were runnable without a core, ms. */
  runQueueMs: number | null;
}

const coreCount = (value: number): string => (value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** A share of waiting above this is worth a word. */
const NOTABLE_WAIT = 0.1;
/** A worker that wants a core for less than this share of its time is waiting for something else. */
const COMPUTES = 0.2;
/** Shorter looks say nothing about how busy cores are: a few ticks of the sampler. */
const SHORTEST_MS = 450;

/** What the workers had of the cores, and what they wanted, in cores' worth of time: CPU time ÷ wall time. */
interface Demand {
  coresBusy: number;
  /** Share of the time in which they wanted a core and had none. */
  waited: number;
  /** Whether they want cores for most of what they do. */
  computes: boolean;
}

function demand(seen: Seen, cpuMs: number): Demand {
  const wantedMs = cpuMs + (seen.runQueueMs ?? 0);
  return {
    coresBusy: cpuMs / seen.elapsedMs,
    waited: wantedMs > 0 ? (seen.runQueueMs ?? 0) / wantedMs : 0,
    computes: wantedMs / seen.elapsedMs / Math.max(1, seen.workers) >= COMPUTES,
  };
}

function busySentence(seen: Seen, { coresBusy, computes }: Demand): string {
  const cores = plural(seen.limits.effectiveCpus, 'core');
  const workers = plural(seen.workers, 'worker');
  const verb = seen.workers === 1 ? 'keeps' : 'keep';
  if (!computes) return `${seen.workload.title} waits rather than computes: ${workers} ${verb} only ${coreCount(coresBusy)} of ${cores} busy.`;
  return `${seen.workload.title} computes: ${workers} ${verb} ${coreCount(coresBusy)} of ${cores} busy.`;
}

function causeSentence(seen: Seen, { coresBusy, waited, computes }: Demand): string {
  const ceiling = seen.limits.effectiveCpus;
  if (!computes) return ' More workers can wait at the same time without another core.';
  if (waited > NOTABLE_WAIT && seen.workers > ceiling) {
    const others = coresBusy > 0.85 * ceiling ? '' : ', and something else on this machine uses the cores too';
    return ` They waited for a core ${wholePercent(waited)} of the time they had work: more than ${plural(Math.max(1, Math.round(ceiling)), 'worker')} only queue${others}.`;
  }
  if (waited > NOTABLE_WAIT) return ` They waited for a core ${wholePercent(waited)} of the time they had work: something else on this machine uses the cores.`;
  if (seen.workers < ceiling && coresBusy > 0.85 * seen.workers) return ' Each has a core of its own, and there are cores left for more.';
  return '';
}

/** How many tasks failed, of all that ended. */
export function failedSentence({ done, failed }: Pick<TaskCounts, 'done' | 'failed'>): string {
  return `${number(failed)} of ${plural(done + failed, 'task')} failed.`;
}

/** Says in one to three plain sentences what a live run shows, failures first; claims nothing that was not measured. */
export function liveFinding(seen: Seen, { over = false }: { over?: boolean } = {}): string {
  const { tasks, failed } = seen;
  if (tasks === 0 && failed === 0) return over ? 'The run ended before a task had finished.' : 'No task has finished yet.';
  if (tasks === 0) return `${failed === 1 ? 'The only finished task' : `All ${plural(failed, 'finished task')}`} failed: nothing can be said of ${seen.workload.title}.`;
  return failed === 0 ? shown(seen, over) : `${failedSentence({ done: tasks, failed })} ${shown(seen, over)}`;
}

function shown(seen: Seen, over: boolean): string {
  const done = `${plural(seen.tasks, 'task')} done`;
  if (seen.workers === 0) return over ? `No worker was left at the end: ${done}.` : `No worker is running: ${done} so far.`;
  if (seen.incomplete === true && seen.elapsedMs <= 0) return `${done}: no sample came, so how busy the cores were is not known.`;
  if (seen.incomplete === true && seen.elapsedMs < SHORTEST_MS) return `${done}: samples stopped coming before they could say how busy the cores were.`;
  if (seen.cpuMs === null || seen.elapsedMs <= 0) {
    return `${plural(seen.workers, 'worker')} finished ${plural(seen.tasks, 'task')}; how busy they kept the cores is not available here.`;
  }
  if (seen.elapsedMs < SHORTEST_MS) return `${done}: too short a look to say how busy the cores were.`;
  const had = demand(seen, seen.cpuMs);
  return `${busySentence(seen, had)}${causeSentence(seen, had)}`;
}
