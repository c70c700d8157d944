import { z } from 'zod';
import { REPORT_SCHEMA_VERSION } from '../names';
import { machineInfoSchema } from './machine';
import { errorInfoSchema } from './measures';
import { amount, count, finite, instant, outcome, settingName, text, uint32 } from './parts';
import { pythonUsedSchema } from './python';
import { workloadInfoSchema } from './workload';

const observer = z.strictObject({
  samplerCpuMs: amount.nullable().describe('CPU time of the sampler’s process over the run, ms.'),
  samplerShare: amount.nullable().describe('The same as a share of one core.'),
  engineCpuMs: amount
    .nullable()
    .describe(
      'CPU time of the process that holds the pools, less its worker threads, over what was measured of the run, ms; null where not known.',
    ),
  samples: count.describe('Samples that were taken.'),
  lateSamples: count.describe('Samples that came late.'),
  maxLateMs: amount.describe('How late the latest of them came, ms.'),
});
/** What looking cost. */
export interface ObserverReport extends z.infer<typeof observer> {}
const observerSchema: z.ZodType<ObserverReport> = observer;

const createdBy = z.strictObject({
  host: z.enum(['desktop', 'terminal', 'browser']).describe('Which way in was used.'),
  coreloom: text.describe('The version of Coreloom.'),
});

/** What reports of all kinds have in common. */
export const reportBase = {
  schemaVersion: z
    .literal(REPORT_SCHEMA_VERSION)
    .describe('Version of this schema: goes up when a reader of the old one would be misled.'),
  id: text.min(1).describe('The report’s id, which is unlike that of any other.'),
  createdBy: createdBy.describe('What made it.'),
  startedAt: instant.describe('When it started: ISO 8601 wall time.'),
  endedAt: instant.describe('When it ended: ISO 8601 wall time.'),
  outcome: outcome.describe(
    'How it ended. `tasks-failed`: it came to its end, and tasks of it failed; `cancelled`: somebody ended it early; `interrupted`: the process that measured ended before the report did; `failed`: what was measured says nothing.',
  ),
  failure: errorInfoSchema.nullable().describe('Why it failed; null where it did not.'),
  finding: text.describe('What was found, in one or two plain sentences.'),
  warnings: z.array(text).describe('What a reader has to know before trusting the figures, a sentence each.'),
  machine: machineInfoSchema.describe('The machine that was measured on.'),
  elapsedMs: amount.describe(
    'Of a live run: from the first task that could be taken until the last one was done, failed or cut off; else of the whole experiment. In ms.',
  ),
  observer: observerSchema.describe('What looking cost.'),
};
/** What the reports of all kinds of experiments have in common. */
export interface ReportBase extends z.infer<z.ZodObject<typeof reportBase, z.core.$strict>> {}

const checksum = z.strictObject({
  input: finite.describe('The input’s number.'),
  checksum: uint32.describe('The checksum that all of its tasks had.'),
  tasks: count.describe('How many tasks of it were done.'),
});

/** What reports of experiments on one workload have in common. */
export const workloadReportBase = {
  ...reportBase,
  workload: workloadInfoSchema.describe('What each task did.'),
  checksums: z.array(checksum).describe('Each distinct input with the checksum that every executor agreed on.'),
  differingInputs: count
    .optional()
    .describe(
      'Inputs whose tasks had several checksums, and so none of those; not there in reports that did not count them.',
    ),
};
/** What the reports of experiments on one workload have in common. */
export interface WorkloadReportBase extends z.infer<z.ZodObject<typeof workloadReportBase, z.core.$strict>> {}

/** What proves that the same work was done, or that it was not. */
export type Proof = Pick<WorkloadReportBase, 'checksums' | 'differingInputs'>;

/** The workload's settings of a resolved experiment, and what was made for it. */
export const workloadSettings = z.record(settingName, finite);
export const prepared = z.record(settingName, z.union([text, finite]));

/** How the size of a task came about, in the settings of an experiment as it was resolved. */
export const sizeSettings = {
  size: finite.describe('The size of each task, in the workload’s own unit.'),
  workloadSettings: workloadSettings.describe('Every setting of the workload with its value; empty where it has none.'),
  prepared: prepared.describe(
    'What the workload made for the run before its first task (a server’s port, a file’s path); empty where nothing.',
  ),
  taskMs: amount
    .nullable()
    .describe('The length of a task that was wanted, ms, where the size comes from a calibration.'),
  calibratedMs: amount
    .nullable()
    .describe('The length that calibration measured for `size`, ms; null where the size was given.'),
};

/** What the settings of every experiment on a workload end with. */
export const subjectSettings = {
  python: pythonUsedSchema.optional().describe('The Python that took part, where there were Python executors.'),
  module: text.optional().describe('Where the workload is a module: its path.'),
  deadlineMs: amount.optional().describe('Where the workload is a module: how long one task may run, ms.'),
};
