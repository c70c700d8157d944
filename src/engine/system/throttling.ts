import { readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import type { Throttled } from '../../contract';
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
  const limits = (folder: string): boolean =>
    /^\d/.test(read(join(folder, 'cpu.max')) ?? '') || Number(read(join(folder, 'cpu.cfs_quota_us')) ?? NaN) > 0;
  return [...of('cgroup2', null), ...of('cgroup', 'cpu')].filter(limits).map((folder) => join(folder, 'cpu.stat'));
}

/** The counters of every group with a quota, by file, since it has one. */
export type Throttling = ReadonlyMap<string, Throttled>;

/** Reads `cpu.stat` of version 2 or 1 (cgroups(7)); null where it does not count. */
export function parseThrottled(text: string): Throttled | null {
  const field = (name: string): number | null => {
    const [, digits] = new RegExp(`^${name} (\\d+)$`, 'm').exec(text) ?? [];
    return digits === undefined ? null : Number(digits);
  };
  const [micros, nanos] = [field('throttled_usec'), field('throttled_time')];
  const stoppedMs = micros === null ? (nanos === null ? null : nanos / 1e6) : micros / 1e3;
  return stoppedMs === null
    ? null
    : { periods: field('nr_periods') ?? 0, stopped: field('nr_throttled') ?? 0, stoppedMs };
}

/** Answers how to read what the quotas that limit this process have done so far; the map is empty where none is set. */
export function throttlingReader(read: ReadText = readText): () => Throttling {
  const counters = countersOf(read);
  return () => {
    const all = counters.map((file) => [file, parseThrottled(read(file) ?? '')] as const);
    return new Map(all.flatMap(([file, counted]) => (counted === null ? [] : [[file, counted]])));
  };
}

/** What each quota did between two readings. */
function grown(before: Throttling, after: Throttling): Throttled[] {
  return [...after].flatMap(([file, now]) => {
    const then = before.get(file);
    if (then === undefined) return [];
    const by = (pick: (one: Throttled) => number): number => Math.max(0, pick(now) - pick(then));
    return [
      {
        periods: by(({ periods }) => periods),
        stopped: by(({ stopped }) => stopped),
        stoppedMs: by(({ stoppedMs }) => stoppedMs),
      },
    ];
  });
}

/** What the quota did that stopped its threads most often between two readings; null where none counted a period. */
export function throttledBetween(before: Throttling, after: Throttling): Throttled | null {
  return grown(before, after).reduce<Throttled | null>(
    (most, one) => (one.periods > 0 && (most === null || stoppedShare(one) > stoppedShare(most)) ? one : most),
    null,
  );
}

/** Of the periods of a quota, the share in which it kept threads off the cores; 0 where there was none. */
export function stoppedShare(throttled: Throttled | null): number {
  return throttled === null || throttled.periods === 0 ? 0 : Math.min(1, throttled.stopped / throttled.periods);
}

/**
 * Counts how long quotas keep this process and what it starts off the cores: answers how to begin, which answers how to
 * end, with the time summed over cores, ms; null where no quota is set or the system does not count.
 */
export function createThrottlingReader(read: ReadText = readText): () => () => number | null {
  const look = throttlingReader(read);
  return () => {
    const before = look();
    return () => {
      const all = grown(before, look());
      return all.length === 0 ? null : all.reduce((sum, { stoppedMs }) => sum + stoppedMs, 0);
    };
  };
}
