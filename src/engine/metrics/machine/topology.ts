import type { MachineInfo } from '../../../contract';
import type { ReadText } from '../slow/frequency';
import { parseCpuList } from './cpu-list';

export type Topology = Pick<MachineInfo, 'physicalCores' | 'threadsPerCore' | 'coreKinds' | 'governor'>;

const CPU = '/sys/devices/system/cpu';

const onlineCores = (read: ReadText): number[] => parseCpuList(read(`${CPU}/online`) ?? '') ?? [];

function physicalCores(read: ReadText, online: readonly number[]): number | null {
  const ids = online.map((core) => {
    const at = (name: string): string => (read(`${CPU}/cpu${String(core)}/topology/${name}`) ?? '').trim();
    return at('core_id') === '' ? null : `${at('physical_package_id')}:${at('die_id')}:${at('core_id')}`;
  });
  return ids.length === 0 || ids.includes(null) ? null : new Set(ids).size;
}

/** Hybrid Intel processors name their cores' units; ARM ones state each core's capacity. Null where all are alike or it is not known. */
function coreKinds(read: ReadText, online: readonly number[]): Topology['coreKinds'] {
  const named = (unit: string): number => parseCpuList(read(`/sys/devices/${unit}/cpus`) ?? '')?.length ?? 0;
  const [performance, efficiency] = [named('cpu_core'), named('cpu_atom')];
  if (performance > 0 && efficiency > 0) return kinds(performance, efficiency);
  const capacities = online.map((core) => Number(read(`${CPU}/cpu${String(core)}/cpu_capacity`) ?? NaN));
  const largest = Math.max(...capacities);
  const big = capacities.filter((capacity) => capacity === largest).length;
  return big > 0 && big < capacities.length ? kinds(big, capacities.length - big) : null;
}

/** Hardware threads of each kind. */
export function kinds(performance: number, efficiency: number): Topology['coreKinds'] {
  return [
    { kind: 'performance', count: performance },
    { kind: 'efficiency', count: efficiency },
  ];
}

/** What the Linux kernel tells of the cores; every field null where it does not (a bare container needs no program for it). */
export function readTopology(read: ReadText): Topology {
  const online = onlineCores(read);
  const physical = physicalCores(read, online);
  const governor = (read(`${CPU}/cpu${String(online[0] ?? 0)}/cpufreq/scaling_governor`) ?? '').trim();
  return {
    physicalCores: physical,
    threadsPerCore: physical === null ? null : Math.max(1, Math.round(online.length / physical)),
    coreKinds: coreKinds(read, online),
    governor: governor === '' ? null : governor,
  };
}
