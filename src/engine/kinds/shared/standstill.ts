import { duration } from '../../../contract';
import { nowMs as now } from '../../system/clock';

const LOOK_MS = 250;
/** However crowded a machine is, this process is not kept from looking for so long. */
const SHORTEST_MS = 1_000;

/** Notices that this process stood still: suspended by a signal, asleep with its machine, or kept from everything else. */
export interface Standstill {
  /** How much of the time between two moments it stood still, ms. */
  within(fromMs: number, toMs: number): number;
  /** One sentence where it did, else null. */
  warning(): string | null;
  /** Ends looking; what was seen is kept. Idempotent. */
  stop(): void;
}

/** Looks from now on. */
export function watchStandstill({ nowMs = now }: { nowMs?: () => number } = {}): Standstill {
  const gaps: { fromMs: number; toMs: number }[] = [];
  let lastMs = nowMs();
  const look = (): void => {
    const atMs = nowMs();
    if (atMs - lastMs >= SHORTEST_MS) gaps.push({ fromMs: lastMs, toMs: atMs });
    lastMs = atMs;
  };
  const timer = setInterval(look, LOOK_MS).unref();
  let stopped = false;
  const within = (fromMs: number, toMs: number): number =>
    gaps.reduce((sum, gap) => sum + Math.max(0, Math.min(toMs, gap.toMs) - Math.max(fromMs, gap.fromMs)), 0);
  return {
    within,
    warning() {
      const stoodMs = within(-Infinity, Infinity);
      if (stoodMs === 0) return null;
      return `Coreloom did not run for ${duration(stoodMs)}, for example because it or the machine was suspended. Rates, and times measured then, include this pause.`;
    },
    stop() {
      if (stopped) return;
      stopped = true;
      look();
      clearInterval(timer);
    },
  };
}
