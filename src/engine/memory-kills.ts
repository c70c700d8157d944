import { readFileSync } from 'node:fs';
import { plural } from '../contract';

/** How many processes the kernel has ended for want of memory since the machine was started; null where it does not say. */
function readMemoryKills(): number | null {
  try {
    const count = /^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'latin1'))?.[1];
    return count === undefined ? null : Number(count);
  } catch {
    return null;
  }
}

/** Counts from now on what the system ends for want of memory; 0 where it does not say. */
export function watchMemoryKills(read: () => number | null = readMemoryKills): () => number {
  const before = read();
  return () => {
    const now = read();
    return before === null || now === null ? 0 : Math.max(0, now - before);
  };
}

/** What a report says of them; null where there were none. */
export function memoryWarning(kills: number): string | null {
  if (kills === 0) return null;
  return `Memory ran out meanwhile: the system ended ${plural(kills, 'process', 'processes')}, whichever program's; use fewer workers or smaller tasks.`;
}
