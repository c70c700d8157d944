import { usualWorkers } from '../../../src/contract';
import type { CoreTopology, EngineState, MachineInfo, WorkloadInfo } from '../../../src/contract';
import type { FakeOptions } from './options';
import { executorsOf } from './python';

function workload(name: string, title: string, tag: string, over: Partial<WorkloadInfo> = {}): WorkloadInfo {
  return {
    name,
    title,
    tag,
    kind: tag.startsWith('I/O') ? 'io' : tag.startsWith('Mixed') ? 'mixed' : 'cpu',
    summary: `Drawn data for ${title}, in one line that a person reads.`,
    exercises: 'nothing, as this is a fake',
    size: { meaning: 'rounds', min: 1, max: 1e9, default: 1000 },
    settings: [],
    releasesLock: true,
    prints: false,
    ...over,
  };
}

export const FAKE_WORKLOADS: WorkloadInfo[] = [
  workload('sha256', 'SHA-256', 'CPU · crypto'),
  workload('pbkdf2', 'PBKDF2', 'CPU · crypto'),
  workload('primes', 'Primes', 'CPU · number theory', { summary: 'Counts primes by trial division.' }),
  workload('mandelbrot', 'Mandelbrot', 'CPU · picture'),
  workload('matmul', 'Matrix multiply', 'CPU · ML'),
  workload('kmeans', 'k-means', 'CPU · ML'),
  workload('sort', 'Sort', 'CPU · data'),
  workload('group', 'Group CSV', 'CPU · data'),
  workload('sleep', 'Sleep', 'I/O · timer'),
  workload('files', 'Files', 'I/O · disk'),
  workload('http', 'HTTP', 'I/O · network', {
    settings: [
      {
        name: 'delayMs',
        title: 'Delay',
        meaning: 'milliseconds that the server waits before it answers',
        min: 0,
        max: 1000,
        default: 10,
        whole: false,
      },
      {
        name: 'bodyBytes',
        title: 'Body',
        meaning: 'bytes of each answer',
        min: 0,
        max: 64e6,
        default: 16_384,
        whole: true,
      },
    ],
  }),
  workload('sql', 'SQL', 'I/O · database'),
  workload('count', 'Count to five', 'I/O · timer', {
    prints: true,
    size: { meaning: 'numbers, one a second', min: 1, max: 60, default: 5 },
  }),
  workload('fetch-and-hash', 'Fetch and hash', 'Mixed · network, crypto'),
  workload('scan', 'Scan an array', 'Mixed · shared data'),
];

/** Two hardware threads a core, numbered as Linux does: first one of each core, then the second. */
function topologyOf({ cores, topology }: FakeOptions): CoreTopology | null {
  if (topology === null) return null;
  const { packages, nodes, efficiency = 0 } = topology;
  const paired = cores - efficiency;
  const physical = Math.max(1, Math.ceil(paired / 2));
  const list = Array.from({ length: cores }, (_, core) => core);
  const first = (core: number): number => (core < paired ? core % physical : core);
  const share = (core: number, parts: number): number =>
    Math.min(parts - 1, Math.floor((core < paired ? first(core) / physical : (core - paired) / efficiency) * parts));
  return {
    cores: list,
    physical: list.map(first),
    package: list.map((core) => share(core, packages)),
    node: list.map((core) => share(core, packages * nodes)),
    kind: efficiency === 0 ? null : list.map((core) => (core < paired ? 'performance' : 'efficiency')),
  };
}

function machineOf(options: FakeOptions): MachineInfo {
  const { cores, quotaCpus, memoryLimit } = options;
  return {
    cpuModel: 'Drawn CPU',
    physicalCores: Math.max(1, cores / 2),
    hardwareThreads: cores,
    threadsPerCore: 2,
    coreKinds: null,
    topology: topologyOf(options),
    governor: 'performance',
    memoryBytes: 32e9,
    memoryLimit: memoryLimit === null ? null : { bytes: memoryLimit, file: '/sys/fs/cgroup/memory.max' },
    os: 'Linux 6.8',
    arch: 'x64',
    versions: { coreloom: '0.1.0', node: '24.4.1', electron: options.electron ? '45.4.1' : null },
    limits: {
      allowedCores: null,
      quotaCpus,
      effectiveCpus: Math.min(cores, quotaCpus ?? cores),
      explanation:
        quotaCpus === null
          ? 'No limit was found.'
          : `A cgroup quota (cpu.max) grants ${quotaCpus} CPUs’ worth of time.`,
    },
    clock: { source: 'process.hrtime', agrees: true },
  };
}

/** What does not change while the fake engine lives. */
export function factsOf(
  options: FakeOptions,
): Pick<EngineState, 'machine' | 'workloads' | 'sliders' | 'executors' | 'sampler'> {
  return {
    machine: machineOf(options),
    workloads: FAKE_WORKLOADS,
    sliders: {
      max: options.cores * 4,
      defaults: { node: usualWorkers('node', options.cores / 2), python: usualWorkers('python', options.cores / 2) },
    },
    executors: executorsOf(options),
    sampler: { hz: 10 },
  };
}
