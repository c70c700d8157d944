import { z } from 'zod';
import { amount, count, text } from './parts';

const cpuLimits = z
  .strictObject({
    allowedCores: z
      .array(count)
      .nullable()
      .describe('Core numbers that the affinity mask (and cpuset) allow; null where not known.'),
    quotaCpus: amount
      .nullable()
      .describe('CPUs’ worth of time that a cgroup quota grants (1.5 = one and a half); null where there is none.'),
    effectiveCpus: amount.describe(
      'The smallest of hardware threads, allowed cores and quota, at least a fraction above 0: the ceiling of CPU-bound speed-up.',
    ),
    explanation: text.describe('How each limit was found, in one sentence, to be shown.'),
  })
  .meta({ id: 'CpuLimits', description: 'What the measuring process may use of the machine.' });
export interface CpuLimits extends z.infer<typeof cpuLimits> {}
const cpuLimitsSchema: z.ZodType<CpuLimits> = cpuLimits;

const coreKind = z.strictObject({
  kind: text.describe('Its name, such as `performance` or `efficiency`.'),
  count: count.describe('How many cores are of it.'),
});

const ofEachCore = (what: string): z.ZodNullable<z.ZodArray<typeof count>> =>
  z.array(count).nullable().describe(`${what}, in the order of \`cores\`; null where not known.`);

const coreTopology = z
  .strictObject({
    cores: z.array(count).describe('Numbers of the cores (hardware threads) that were online, ascending.'),
    physical: ofEachCore(
      'The lowest hardware thread of the physical core that each is of: those with the same one are siblings',
    ),
    package: ofEachCore('The package (socket) of each'),
    node: ofEachCore('The NUMA node of each'),
    kind: z
      .array(z.enum(['performance', 'efficiency']))
      .nullable()
      .describe('The kind of each, in the order of `cores`; null where all are alike or it is not known.'),
  })
  .meta({ id: 'CoreTopology', description: 'Where each core is: in columns of equal length.' });
export interface CoreTopology extends z.infer<typeof coreTopology> {}
const coreTopologySchema: z.ZodType<CoreTopology> = coreTopology;

const memoryLimit = z.strictObject({
  bytes: amount.describe('The memory that is granted, bytes.'),
  file: text.describe('The file that says so.'),
});

const versions = z.strictObject({
  coreloom: text.describe('Of Coreloom.'),
  node: text.describe('Of Node.'),
  electron: text.nullable().describe('Of Electron; null where it did not run in it.'),
});

const clock = z.strictObject({
  source: text.describe('Which clock it is.'),
  agrees: z.boolean().describe('Whether the processes of this machine read the same time from it.'),
});

const machineInfo = z
  .strictObject({
    cpuModel: text.describe('The processor’s name.'),
    physicalCores: count.nullable().describe('Physical cores.'),
    hardwareThreads: count.describe('Hardware threads that the system has, whether they may be used or not.'),
    threadsPerCore: amount.nullable().describe('Hardware threads of a physical core.'),
    coreKinds: z
      .array(coreKind)
      .nullable()
      .describe('Core kinds, for example `performance` and `efficiency`, with how many of each; null where not known.'),
    topology: coreTopologySchema
      .nullable()
      .optional()
      .describe('Where each core is; null where the system does not tell. Absent in older reports.'),
    governor: text.nullable().describe('What chooses the clock rate of cores (Linux: the cpufreq governor).'),
    memoryBytes: amount.describe('Memory of the machine, bytes.'),
    memoryLimit: memoryLimit
      .nullable()
      .optional()
      .describe(
        'What a cgroup grants of the memory, where that is less, and the file that says so; null where none does. Absent in older reports.',
      ),
    os: text.describe('The operating system and its version.'),
    arch: text.describe('The processor’s architecture, such as `x64`.'),
    versions: versions.describe('Versions of what measured.'),
    limits: cpuLimitsSchema.describe('What the measuring process may use of it.'),
    clock: clock.describe(
      'Whether the clocks of the processes of this machine agree: `process.hrtime` is one monotonic clock.',
    ),
  })
  .meta({
    id: 'MachineInfo',
    description: 'The machine that was measured on. `null` means "not available here", never 0.',
  });
export interface MachineInfo extends z.infer<typeof machineInfo> {}
export const machineInfoSchema: z.ZodType<MachineInfo> = machineInfo;

const throttled = z.strictObject({
  periods: count.describe('Periods of the quota in which somebody wanted to run.'),
  stopped: count.describe('Those of them in which it kept threads off the cores.'),
  stoppedMs: amount.describe('For how long, summed over cores, ms.'),
});
/** What the quota of a control group did to its threads over some time. */
export interface Throttled extends z.infer<typeof throttled> {}
export const throttledSchema: z.ZodType<Throttled> = throttled;
