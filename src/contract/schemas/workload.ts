import { z } from 'zod';
import { finite, text } from './parts';

const workloadKind = z.enum(['cpu', 'io', 'mixed', 'custom']);
export type WorkloadKind = z.infer<typeof workloadKind>;

const workloadSize = z.strictObject({
  meaning: text.describe('What it counts: "numbers to test" or "bytes to write".'),
  min: finite.describe('The smallest.'),
  max: finite.describe('The largest.'),
  default: finite.describe('The size if none is chosen.'),
});
/** What a workload's size means and how far it goes. */
export interface WorkloadSize extends z.infer<typeof workloadSize> {}

const workloadSetting = z.strictObject({
  name: text.describe('As given: `delayMs`.'),
  title: text.describe('As shown: `Delay`.'),
  meaning: text.describe('For example "milliseconds that the server waits before it answers".'),
  min: finite.describe('The smallest value.'),
  max: finite.describe('The largest value.'),
  default: finite.describe('The value if none is chosen.'),
  whole: z.boolean().describe('True where only whole numbers will do.'),
});
/** A choice beside the size, the same for all tasks of a run: the delay of a server, the size of a shared array. */
export interface WorkloadSetting extends z.infer<typeof workloadSetting> {}

const workloadInfo = z
  .strictObject({
    name: text.describe('As typed: `sha256`.'),
    title: text.describe('As shown: `SHA-256`.'),
    kind: workloadKind.describe('What its tasks do most: compute, wait, both, or what a module of the user does.'),
    tag: text.describe('Two or three words beneath the title on its card: `CPU · crypto`.'),
    summary: text.describe('What a task does, in one line.'),
    exercises: text.describe(
      'What it exercises, in words that can explain a result: `one core’s integer units; no allocation`.',
    ),
    size: workloadSize.describe('What its size means and how far it goes.'),
    settings: z
      .array(workloadSetting)
      .default([])
      .describe('What can be chosen beside the size; mostly nothing. Reports of before there were any lack it.'),
    releasesLock: z
      .boolean()
      .nullable()
      .default(null)
      .describe(
        'Whether CPython releases its interpreter lock in nearly all of the work; null where that is not known.',
      ),
    prints: z.boolean().describe('True where tasks print lines that are shown as they come.'),
  })
  .meta({ id: 'WorkloadInfo', description: 'What a task does.' });
export interface WorkloadInfo extends z.infer<typeof workloadInfo> {}
export const workloadInfoSchema: z.ZodType<WorkloadInfo> = workloadInfo;
