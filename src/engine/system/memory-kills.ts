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

/** Counts from now on what the system ends for want of memory; 0 where it does not say. */
export function watchMemoryKills(read: () => number | null = readMemoryKills): () => number {
  const before = read();
  return () => {
    const now = read();
    return before === null || now === null ? 0 : Math.max(0, now - before);
  };
}

/**
 * What a report says of them; null where there were none. Advice is given only where a process of ours was killed
 * meanwhile: another program's end says nothing of how much these workers take.
 */
export function memoryWarning(kills: number, { oursKilled }: { oursKilled: number }): string | null {
  if (kills === 0) return null;
  const ended = plural(kills, 'process');
  if (oursKilled === 0) return `The system ran out of memory and killed ${ended}; none was a Coreloom worker.`;
  const ours = oursKilled === 1 ? 'a Coreloom worker was' : `${String(oursKilled)} Coreloom workers were`;
  return `The system ran out of memory and killed ${ended}; ${ours} killed during this time; use fewer workers or smaller tasks.`;
}

/** How the kernel ends a process for want of memory. */
export const KILLED = 'SIGKILL';

/** Whether these are V8's last words of a process that has no memory left, or was asked for more at once than there can be. */
export function outOfMemory(text: string): boolean {
  return /heap out of memory|FATAL ERROR: invalid (array|table) (length|size)|Fatal (process|JavaScript) (out of memory|invalid size error)/i.test(
    text,
  );
}
