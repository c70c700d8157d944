import { join } from 'node:path/posix';
import { cgroupFolders, type ReadText } from '../../system/cgroup';
import { parseCpuList } from './cpu-list';

/** Limits that the control groups of a process set. */
export interface CgroupLimits {
  /** The smallest quota on the way to the root, in CPUs' worth of time, and the file that sets it; null where none. */
  quota: { cpus: number; file: string } | null;
  /** Cores that the cpuset allows and the file that says so; null where none. */
  cpuset: { cores: number[]; file: string } | null;
  /** The smallest amount of memory on the way to the root, in bytes, and the file that sets it; null where none. */
  memory: { bytes: number; file: string } | null;
}

type Quota = NonNullable<CgroupLimits['quota']>;
type Memory = NonNullable<CgroupLimits['memory']>;

function quotaV2(read: ReadText, folder: string): Quota | null {
  const file = join(folder, 'cpu.max');
  const [quota, period] = (read(file) ?? '').trim().split(/\s+/).map(Number);
  return quota !== undefined && period !== undefined && quota > 0 && period > 0 ? { cpus: quota / period, file } : null;
}

function quotaV1(read: ReadText, folder: string): Quota | null {
  const file = join(folder, 'cpu.cfs_quota_us');
  const quota = Number(read(file) ?? NaN);
  const period = Number(read(join(folder, 'cpu.cfs_period_us')) ?? NaN);
  return quota > 0 && period > 0 ? { cpus: quota / period, file } : null;
}

function memoryIn(read: ReadText, folder: string, name: string): Memory | null {
  const file = join(folder, name);
  // Version 2 says "max" for none; version 1 a number larger than any memory.
  const bytes = Number(read(file) ?? NaN);
  return Number.isSafeInteger(bytes) && bytes >= 0 ? { bytes, file } : null;
}

/** The one with the least of it; null where there is none. */
function least<T>(limits: readonly (T | null)[], amount: (limit: T) => number): T | null {
  return limits.reduce(
    (found, limit) => (limit === null || (found !== null && amount(found) <= amount(limit)) ? found : limit),
    null,
  );
}

function cpusetIn(read: ReadText, folders: readonly string[], names: readonly string[]): CgroupLimits['cpuset'] {
  for (const folder of folders) {
    for (const name of names) {
      const file = join(folder, name);
      const cores = parseCpuList(read(file) ?? '');
      if (cores !== null) return { cores, file };
    }
  }
  return null;
}

/** Reads the limits of this process's control groups, version 1, version 2 or both at once. */
export function readCgroupLimits(read: ReadText): CgroupLimits {
  const folders = cgroupFolders(read);
  const unified = folders('cgroup2', null);
  return {
    quota: least(
      [
        ...unified.map((folder) => quotaV2(read, folder)),
        ...folders('cgroup', 'cpu').map((folder) => quotaV1(read, folder)),
      ],
      ({ cpus }) => cpus,
    ),
    cpuset:
      cpusetIn(read, unified, ['cpuset.cpus.effective']) ??
      cpusetIn(read, folders('cgroup', 'cpuset'), ['cpuset.effective_cpus', 'cpuset.cpus']),
    memory: least(
      [
        ...unified.map((folder) => memoryIn(read, folder, 'memory.max')),
        ...folders('cgroup', 'memory').map((folder) => memoryIn(read, folder, 'memory.limit_in_bytes')),
      ],
      ({ bytes }) => bytes,
    ),
  };
}
