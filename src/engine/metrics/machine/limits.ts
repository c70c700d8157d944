import { plural, type CpuLimits } from '../../../contract';
import type { ReadText } from '../slow/frequency';
import { readCgroupLimits, type CgroupLimits } from './cgroup';
import { formatCpuList, parseCpuList } from './cpu-list';

export interface LimitSources {
  read: ReadText;
  hardwareThreads: number;
  /** `os.availableParallelism()`: the one source that every system has; used where the kernel's files say nothing. */
  availableParallelism: number;
}

/** The affinity mask, from `Cpus_allowed_list` in `/proc/self/status`; null where not known. */
function parseAffinity(status: string): number[] | null {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1];
  return list === undefined ? null : parseCpuList(list);
}

const count = (cpus: number): string => String(Math.round(cpus * 100) / 100);

function explain(
  limits: Omit<CpuLimits, 'explanation'>,
  threads: number,
  available: number,
  cgroup: CgroupLimits,
): string {
  const reasons: string[] = [];
  const { allowedCores, effectiveCpus } = limits;
  if (allowedCores !== null && allowedCores.length < threads) {
    reasons.push(`the affinity mask or cpuset allows cores ${formatCpuList(allowedCores)} only`);
  }
  if (allowedCores === null && available < threads)
    reasons.push(`the system lets this process use ${count(available)} of them`);
  if (cgroup.quota !== null) {
    reasons.push(`the cgroup quota in ${cgroup.quota.file} grants ${count(cgroup.quota.cpus)} CPUs' worth of time`);
  }
  const total = plural(threads, 'core');
  if (reasons.length === 0) return `All of ${total} can be used: no affinity mask, cpuset or quota limits them.`;
  return `${count(effectiveCpus)} of ${total} can be used: ${reasons.join(', and ')}.`;
}

/** What this process may use of the machine: min(hardware threads, allowed cores, quota). */
export function readLimits({ read, hardwareThreads, availableParallelism }: LimitSources): CpuLimits {
  const affinity = parseAffinity(read('/proc/self/status') ?? '');
  const cgroup = readCgroupLimits(read);
  const cpuset = cgroup.cpuset?.cores ?? null;
  const both = affinity?.filter((core) => cpuset?.includes(core) ?? true) ?? cpuset;
  // The kernel keeps the mask within the cpuset; where a container shows another's cpuset, the mask is the truth.
  const allowedCores = both !== null && both.length === 0 ? affinity : both;
  const quotaCpus = cgroup.quota?.cpus ?? null;
  const allowed = allowedCores?.length ?? availableParallelism;
  const effectiveCpus = Math.min(hardwareThreads, allowed, quotaCpus ?? Infinity);
  const limits = { allowedCores, quotaCpus, effectiveCpus };
  return { ...limits, explanation: explain(limits, hardwareThreads, availableParallelism, cgroup) };
}
