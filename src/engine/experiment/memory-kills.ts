import { readFileSync } from 'node:fs';
import { plural } from '../../contract';

/** How many processes the kernel has ended for want of memory since the machine was started; null where it does not say. */
function readMemoryKills(): number | null {
  try {
    const count = /^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'latin1'))?.[1];
    return count === undefined ? null : Number(count);
  } catch {
    return null;
  }
}

/** Counts from now on what the system ends for want of memory; what it answers says so in one sentence, or null where nothing was. */
export function watchMemoryKills(read: () => number | null = readMemoryKills): () => string | null {
  const before = read();
  return () => {
    const now = read();
    if (before === null || now === null || now <= before) return null;
    return `Memory ran out meanwhile: the system ended ${plural(now - before, 'process', 'processes')}, whichever program's; use fewer workers or smaller tasks.`;
  };
}
