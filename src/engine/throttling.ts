import { readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import { cgroupFolders, type ReadText } from './cgroup';

const readText: ReadText = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

/** Where the control groups of this process count how long their quotas kept them off the cores; none where nothing limits them. */
function countersOf(read: ReadText): string[] {
  const of = cgroupFolders(read);
  const limits = (folder: string): boolean => /^\d/.test(read(join(folder, 'cpu.max')) ?? '') || Number(read(join(folder, 'cpu.cfs_quota_us')) ?? NaN) > 0;
  return [...of('cgroup2', null), ...of('cgroup', 'cpu')].filter(limits).map((folder) => join(folder, 'cpu.stat'));
}

/** Time that a quota kept a control group's threads off the cores, summed over cores, ms: `cpu.stat` of version 2 or 1. */
export function parseThrottled(text: string): number | null {
  const [, micros] = /^throttled_usec (\d+)$/m.exec(text) ?? [];
  if (micros !== undefined) return Number(micros) / 1e3;
  const [, nanos] = /^throttled_time (\d+)$/m.exec(text) ?? [];
  return nanos === undefined ? null : Number(nanos) / 1e6;
}

/**
 * Counts how long quotas keep this process and what it starts off the cores: answers how to begin, which answers how to
 * end, with the time summed over cores, ms; null where no quota is set or the system does not count.
 */
export function createThrottlingReader(read: ReadText = readText): () => () => number | null {
  const counters = countersOf(read);
  const look = (): number | null => {
    const known = counters.flatMap((file) => parseThrottled(read(file) ?? '') ?? []);
    return known.length === 0 ? null : known.reduce((sum, ms) => sum + ms, 0);
  };
  return () => {
    const before = look();
    return () => {
      const now = look();
      return before === null || now === null ? null : Math.max(0, now - before);
    };
  };
}
