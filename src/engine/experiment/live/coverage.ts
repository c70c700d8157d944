import type { Sample } from '../../../contract';
import type { Standstill } from '../standstill';

/** A run that was sampled for less than this share of its time says so, unless only so little is missing, in ms. */
const WHOLE_SHARE = 0.95;
const WORTH_A_WORD_MS = 500;

/** How much of a run the samples cover: CPU times are known for that part only, and none is used where all stood still. */
export interface Coverage {
  /** Books the part of a sample that lies within the run. */
  sampled(sample: Sample, fromMs: number): void;
  /** How much of `elapsedMs` was sampled and no standstill, ms. */
  ms(elapsedMs: number): number;
  /** The same, and whether what is missing is worth a word. */
  of(elapsedMs: number): { elapsedMs: number; incomplete: boolean };
  /** One sentence where a part is missing that changes what the numbers say, else null. */
  warning(elapsedMs: number): string | null;
}

const seconds = (ms: number): string => `${(ms / 1e3).toFixed(1)} s`;

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
    sampled({ atMs, intervalMs }, fromMs) {
      const sinceMs = Math.max(fromMs, atMs - intervalMs);
      if (sinceMs >= atMs) return;
      coveredMs += atMs - sinceMs;
      stoodMs += stood.within(sinceMs, atMs);
    },
    ms,
    of: (elapsedMs) => ({ elapsedMs: ms(elapsedMs), incomplete: missing(elapsedMs) !== null }),
    warning(elapsedMs) {
      const missingMs = missing(elapsedMs);
      if (missingMs === null) return null;
      if (coveredMs === 0) return `No sample came in ${seconds(elapsedMs)}: how busy the cores were, CPU times and memory are not known.`;
      return `Samples are missing for ${seconds(missingMs)} of ${seconds(elapsedMs)}: CPU times and memory speak of the rest of the run only.`;
    },
  };
}

/** CPU time ÷ the time it was measured over, both ms; null where it was not. */
export function coresBusy(cpuMs: number | null, sampledMs: number): number | null {
  return cpuMs !== null && sampledMs > 0 ? cpuMs / sampledMs : null;
}
