import { duration, mapped, type Sample, type WorkerSample } from '../../../contract';
import type { Standstill } from './standstill';
import { SHORTEST_LOOK_MS } from './thresholds';

/** A run that was sampled for less than this share of its time says so, unless only so little is missing, in ms. */
const WHOLE_SHARE = 0.95;
const WORTH_A_WORD_MS = 500;

/** How much of a run the samples cover: CPU times are known for that part only, and none is used where all stood still. */
export interface Coverage {
  /** Books the part of a sample that lies within the run, and answers it. */
  sampled(sample: Sample, run: { fromMs: number; toMs: number }): Sample;
  /** How much of `elapsedMs` was sampled and no standstill, ms. */
  ms(elapsedMs: number): number;
  /** The same, and whether what is missing is worth a word. */
  of(elapsedMs: number): { elapsedMs: number; incomplete: boolean };
  /** One sentence where a part is missing that changes what the numbers say, else null. */
  warning(elapsedMs: number): string | null;
}

export function createCoverage(stood: Pick<Standstill, 'within'> = { within: () => 0 }): Coverage {
  let coveredMs = 0;
  let stoodMs = 0;
  const covered = (elapsedMs: number): number => Math.min(coveredMs, elapsedMs);
  const ms = (elapsedMs: number): number => Math.max(0, covered(elapsedMs) - stoodMs);
  const missing = (elapsedMs: number): number | null => {
    const missingMs = elapsedMs - covered(elapsedMs);
    return missingMs < WORTH_A_WORD_MS || missingMs < (1 - WHOLE_SHARE) * elapsedMs ? null : missingMs;
  };
  return {
    sampled(sample, { fromMs, toMs }) {
      const sinceMs = Math.max(fromMs, sample.atMs - sample.intervalMs);
      const untilMs = Math.max(sinceMs, Math.min(toMs, sample.atMs));
      const stillMs = Math.min(untilMs - sinceMs, stood.within(sinceMs, untilMs));
      coveredMs += untilMs - sinceMs;
      stoodMs += stillMs;
      return partOf(sample, untilMs - sinceMs - stillMs);
    },
    ms,
    of: (elapsedMs) => ({ elapsedMs: ms(elapsedMs), incomplete: missing(elapsedMs) !== null }),
    warning(elapsedMs) {
      const missingMs = missing(elapsedMs);
      if (missingMs === null) return null;
      if (coveredMs === 0)
        return `No samples were taken in ${duration(elapsedMs)}: how busy the cores were, CPU times and memory are not known.`;
      return `Samples are missing for ${duration(missingMs)} of ${duration(elapsedMs)}: CPU times and memory cover only the rest of the run.`;
    },
  };
}

/**
 * A sample as it speaks of `insideMs` of its time only. What a worker used is taken for used then, as it has no task before
 * and after a run, but for what is more than fits; what goes on outside too (the sampler, the engine) is divided by time.
 */
function partOf(sample: Sample, insideMs: number): Sample {
  if (insideMs >= sample.intervalMs) return sample;
  const share = insideMs / sample.intervalMs;
  const { observer, cores } = sample;
  return {
    ...sample,
    intervalMs: insideMs,
    workers: sample.workers.map((worker) => within(worker, insideMs)),
    offThreadCpuMs: mapped(sample.offThreadCpuMs, (ms) => atMost(ms, insideMs * cores.length)),
    observer: {
      ...observer,
      cpuMs: observer.cpuMs * share,
      engineCpuMs: observer.engineCpuMs === null ? null : observer.engineCpuMs * share,
    },
  };
}

const atMost = (ms: number | null, mostMs: number): number | null => (ms === null ? null : Math.min(ms, mostMs));

function within(worker: WorkerSample, insideMs: number): WorkerSample {
  const cpuMs = atMost(worker.cpuMs, insideMs);
  return { ...worker, cpuMs, runQueueMs: atMost(worker.runQueueMs, insideMs - (cpuMs ?? 0)) };
}

/** CPU times over some time, ms; null where they are not known. */
export interface Used {
  cpuMs: number | null;
  offThreadCpuMs: number | null;
}

/** CPU time ÷ the time it was measured over, what was used off the tasks' threads included where that is known; null where it was not measured. */
export function usedCores({ cpuMs, offThreadCpuMs }: Used, elapsedMs: number): number | null {
  return cpuMs === null || elapsedMs <= 0 ? null : (cpuMs + (offThreadCpuMs ?? 0)) / elapsedMs;
}

/** Cores busy over the sampled time; null where that is not known, or too short to say. */
export function coresBusy(used: Used, sampledMs: number): number | null {
  return sampledMs < SHORTEST_LOOK_MS ? null : usedCores(used, sampledMs);
}
