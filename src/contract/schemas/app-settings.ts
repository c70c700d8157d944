import { z } from 'zod';
import { LIMITS } from '../limits';
import { CORE_SOURCE_NAMES, SAMPLE_RATES, THEMES } from '../names';
import { choice, shortText, span, wholeNumber, workerCounts, workloadChoices, yesOrNo } from './settings';

const lastChoices = z.strictObject({
  view: shortText('view').describe('The view that was open; empty where none was chosen.'),
  workload: shortText('workload').describe('The workload by its name.'),
  workers: workerCounts.describe('Workers of each executor.'),
  taskMs: span('taskMs', LIMITS.taskMs).describe('Wanted length of one task, ms.'),
  sizes: z
    .record(shortText('a workload'), z.number({ error: 'a size must be a number' }).nullable(), {
      error: 'sizes must be numbers by workload',
    })
    .describe('Sizes of tasks that are not calibrated, by workload; null: the workload’s own.'),
  workloadSettings: z
    .record(shortText('a workload'), workloadChoices)
    .describe('Values of workloads’ own settings, by workload and name.'),
  durationMs: span('durationMs', LIMITS.durationMs).nullable().describe('When a run ends, ms; null: not by time.'),
  tasks: wholeNumber('tasks', LIMITS.tasks).nullable().describe('After how many tasks it ends; null: not by tasks.'),
});
/** What was last chosen in the window. */
export interface LastChoices extends z.infer<typeof lastChoices> {}

const fields = {
  theme: choice('theme', THEMES).describe('What the window’s colours follow; default: `system`.'),
  sampleHz: z
    .literal(SAMPLE_RATES, { error: `sampleHz must be one of ${SAMPLE_RATES.join(', ')}` })
    .describe('Samples a second while something is measured, from the next experiment on; default: 10.'),
  workers: workerCounts.describe(
    'Workers of each executor that a live run begins with; those not named: as many as the machine suggests.',
  ),
  coreSource: choice('coreSource', CORE_SOURCE_NAMES).describe(
    'Whose utilization the cores are drawn from; default: `both`.',
  ),
  notify: yesOrNo('notify').describe(
    'Whether the desktop tells of an experiment of over 10 s that ends while its window is not in front; default: true.',
  ),
  last: lastChoices.nullable().describe('What the window was last set to, for its next start; null before the first.'),
};

const appSettings = z.object(fields);
/** What a person chose of the app itself, whatever is measured. */
export interface AppSettings extends z.infer<typeof appSettings> {}
/** As they are kept: what a later version added is left out. */
export const appSettingsSchema: z.ZodType<AppSettings> = appSettings;

export const appSettingsChange = z.strictObject(fields).partial();
/** Settings of the app that change; those not named stay. */
export interface AppSettingsChange extends z.infer<typeof appSettingsChange> {}
