import type { TaskLine, Thinned } from '../../../contract';

/** Printed lines that are kept, on screen and in the report. */
export const MAX_LINES = 1_000;

/** Keeps the last lines that tasks printed. */
export interface LineKeeper {
  add(line: TaskLine): void;
  /** The lines since the last take. */
  take(): TaskLine[];
  kept(): TaskLine[];
  thinned(): Thinned;
}

export function createLineKeeper(max = MAX_LINES): LineKeeper {
  let kept: TaskLine[] = [];
  let fresh: TaskLine[] = [];
  let seen = 0;
  const bounded = (lines: TaskLine[]): TaskLine[] => (lines.length > 2 * max ? lines.slice(-max) : lines);
  return {
    add(line) {
      seen++;
      kept.push(line);
      fresh.push(line);
      kept = bounded(kept);
      fresh = bounded(fresh);
    },
    take() {
      const taken = fresh.slice(-max);
      fresh = [];
      return taken;
    },
    kept: () => kept.slice(-max),
    thinned: () => ({ seen, kept: Math.min(kept.length, max), method: seen <= max ? 'all kept' : `the last ${max}` }),
  };
}
