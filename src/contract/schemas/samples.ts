import { z } from 'zod';
import { amount, byExecutor, count, finite, share } from './parts';

const executorMemory = z.strictObject({
  workers: count.describe('Workers that there were.'),
  residentBytesPerWorker: finite
    .nullable()
    .describe('Resident set added by each worker; a thread’s is the growth of its process since it had none, divided.'),
  proportionalBytesPerWorker: finite
    .nullable()
    .describe('Proportional set (shared pages divided by who shares them); processes on Linux only.'),
});
/** Memory that the workers of one executor add, each on average. */
export interface ExecutorMemory extends z.infer<typeof executorMemory> {}
export const executorMemorySchema: z.ZodType<ExecutorMemory> = executorMemory;

const coreComparison = z
  .strictObject({
    core: count.describe('The core’s number.'),
    readings: count.describe('Seconds, about, in which both were known.'),
    kernel: share.nullable().describe('Mean by the kernel’s counters over those; null where there were none.'),
    systeminformation: share.nullable().describe('Mean by systeminformation over those; null where there were none.'),
    meanApart: share.nullable().describe('Distance of the two, mean.'),
    worstApart: share.nullable().describe('Distance of the two, largest.'),
  })
  .meta({
    id: 'CoreComparison',
    description:
      'How far two sources of one core’s utilization were apart over the seconds in which both were known. Shares are 0 to 1 of that core.',
  });
export interface CoreComparison extends z.infer<typeof coreComparison> {}
const coreComparisonSchema: z.ZodType<CoreComparison> = coreComparison;

const columnOfEachCore = z.array(z.array(share.nullable()));

const crossCheckTable = z.strictObject({
  atMs: z.array(finite).describe('The end of the second that each reading speaks of, ms.'),
  utilization: columnOfEachCore.describe('`utilization[core][i]`; null where it knew nothing of that core.'),
  cores: z
    .array(coreComparisonSchema)
    .nullable()
    .describe(
      'Of all readings of the run, also those that the columns no longer hold; null in reports of before it was measured.',
    ),
});

const frequencyTable = z.strictObject({
  atMs: z.array(finite).describe('When it was read, ms.'),
  mean: z.array(amount.nullable()).describe('The mean of all cores, MHz.'),
});

const temperatureTable = z.strictObject({
  atMs: z.array(finite).describe('When it was read, ms.'),
  value: z.array(finite).describe('The temperature, °C.'),
});

const sampleTable = z
  .strictObject({
    cores: z.array(count).describe('Numbers of all cores that were there at some time, ascending.'),
    atMs: z.array(finite).describe('The end of each sample, ms.'),
    intervalMs: z.array(amount).describe('The length of each sample, ms.'),
    utilization: columnOfEachCore.describe(
      '`utilization[core][i]`, 0 to 1 of that core; null where the core was not there, as before it came online.',
    ),
    byExecutor: byExecutor(columnOfEachCore)
      .nullable()
      .describe(
        'What each executor’s workers caused of it: `byExecutor.threads[core][i]`; null where the system cannot tell.',
      ),
    crossCheck: crossCheckTable.describe(
      'Cores as systeminformation saw them, over about a second that ended at `atMs[i]`, and how far from the samples of the same second.',
    ),
    frequencyMhz: frequencyTable.describe('The clock rate of the cores, once a second.'),
    temperatureC: temperatureTable.describe('The temperature of the processor, once a second.'),
    throughput: byExecutor(z.array(amount)).describe('Tasks finished a second by executor at each sample.'),
  })
  .meta({
    id: 'SampleTable',
    description:
      'Samples in columns: `utilization[core][i]` belongs to `atMs[i]`; null where that core was not there, as before it came online.',
  });
export interface SampleTable extends z.infer<typeof sampleTable> {}
export const sampleTableSchema: z.ZodType<SampleTable> = sampleTable;
