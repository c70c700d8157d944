import type { CoreTopology, MachineInfo } from '../../../contract';
import type { ReadText } from '../slow/frequency';
import { parseCpuList } from './cpu-list';

export type Topology = Pick<MachineInfo, 'physicalCores' | 'threadsPerCore' | 'coreKinds' | 'governor'> & {
  topology: CoreTopology | null;
};

const SYSTEM = '/sys/devices/system';
const CPU = `${SYSTEM}/cpu`;
/** Capacities this far apart, as a ratio, are of unlike kinds; closer ones are the same kind at another clock rate. */
const KINDS_APART = 1.15;

/** Some kernels end these files with a NUL. */
const listIn = (read: ReadText, path: string): number[] => parseCpuList((read(path) ?? '').replaceAll('\0', '')) ?? [];

/** A column of values; null where one of them is not known. */
function known<T>(values: readonly (T | null)[]): T[] | null {
  const told = values.flatMap((value) => value ?? []);
  return told.length === values.length && told.length > 0 ? told : null;
}

const inTopology = (read: ReadText, core: number, name: string): string =>
  (read(`${CPU}/cpu${String(core)}/topology/${name}`) ?? '').trim();

/** The package of a core; -1 is what the kernel says where the firmware names none. */
function packageOf(read: ReadText, core: number): number | null {
  const text = inTopology(read, core, 'physical_package_id');
  return /^\d+$/.test(text) ? Number(text) : null;
}

/**
 * The lowest hardware thread of the physical core that a thread is of. Older kernels list no siblings: there the number of
 * the core decides, which is its own within a die of a package alone.
 */
function physicalOf(read: ReadText, online: readonly number[]): (number | null)[] {
  const lowest = new Map<string, number>();
  return online.map((core) => {
    for (const name of ['core_cpus_list', 'thread_siblings_list']) {
      const siblings = parseCpuList(inTopology(read, core, name));
      if (siblings?.includes(core)) return siblings[0] ?? null;
    }
    const id = inTopology(read, core, 'core_id');
    if (id === '') return null;
    const key = `${inTopology(read, core, 'physical_package_id')}:${inTopology(read, core, 'die_id')}:${id}`;
    lowest.set(key, lowest.get(key) ?? core);
    return lowest.get(key) ?? null;
  });
}

function nodeOf(read: ReadText): (core: number) => number | null {
  const nodes = listIn(read, `${SYSTEM}/node/online`);
  const found = new Map(
    nodes.flatMap((node) =>
      listIn(read, `${SYSTEM}/node/node${String(node)}/cpulist`).map((core) => [core, node] as const),
    ),
  );
  return (core) => found.get(core) ?? null;
}

/** The capacity at which performance cores begin: above the widest gap between neighbours. Null where all are of one kind. */
function leastPerformance(capacities: readonly number[]): number | null {
  const sorted = [...new Set(capacities)].sort((a, b) => a - b);
  const ratio = (at: number): number => (sorted[at] ?? 0) / (sorted[at - 1] ?? Infinity);
  const widest = sorted.reduce((best, _, at) => (at > 0 && ratio(at) > ratio(best) ? at : best), 0);
  return widest > 0 && ratio(widest) >= KINDS_APART ? (sorted[widest] ?? null) : null;
}

/** Hybrid Intel processors name their cores' units; ARM ones state each core's capacity. Null where all are alike or it is not known. */
function kindOf(read: ReadText, online: readonly number[]): CoreTopology['kind'] {
  const named = (unit: string): Set<number> => new Set(listIn(read, `/sys/devices/${unit}/cpus`));
  const [performance, efficiency] = [named('cpu_core'), named('cpu_atom')];
  if (performance.size > 0 && efficiency.size > 0)
    return online.map((core) => (efficiency.has(core) ? 'efficiency' : 'performance'));
  const capacities = online.map((core) => Number(read(`${CPU}/cpu${String(core)}/cpu_capacity`) ?? NaN));
  const least = capacities.some(Number.isNaN) ? null : leastPerformance(capacities);
  return least === null ? null : capacities.map((capacity) => (capacity < least ? 'efficiency' : 'performance'));
}

/** Hardware threads of each kind. */
export function kinds(performance: number, efficiency: number): Topology['coreKinds'] {
  return [
    { kind: 'performance', count: performance },
    { kind: 'efficiency', count: efficiency },
  ];
}

function counted(kind: CoreTopology['kind']): Topology['coreKinds'] {
  if (kind === null) return null;
  const efficiency = kind.filter((one) => one === 'efficiency').length;
  return kinds(kind.length - efficiency, efficiency);
}

/** What the Linux kernel tells of the cores; every field null where it does not (a bare container needs no program for it). */
export function readTopology(read: ReadText): Topology {
  const cores = listIn(read, `${CPU}/online`);
  const physical = known(physicalOf(read, cores));
  const physicalCores = physical === null ? null : new Set(physical).size;
  const governor = (read(`${CPU}/cpu${String(cores[0] ?? 0)}/cpufreq/scaling_governor`) ?? '').trim();
  const kind = kindOf(read, cores);
  return {
    physicalCores,
    threadsPerCore: physicalCores === null ? null : Math.max(1, Math.round(cores.length / physicalCores)),
    coreKinds: counted(kind),
    governor: governor === '' ? null : governor,
    topology:
      cores.length === 0
        ? null
        : {
            cores,
            physical,
            package: known(cores.map((core) => packageOf(read, core))),
            node: known(cores.map(nodeOf(read))),
            kind,
          },
  };
}
