import { z } from 'zod';
import { CORE_SOURCE_NAMES, SAMPLE_RATES, THEMES } from '../names';
import { choice, workerCounts } from './settings';

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
};

const appSettings = z.object(fields);
/** What a person chose of the app itself, whatever is measured. */
export interface AppSettings extends z.infer<typeof appSettings> {}
/** As they are kept: what a later version added is left out. */
export const appSettingsSchema: z.ZodType<AppSettings> = appSettings;

export const appSettingsChange = z.strictObject(fields).partial();
/** Settings of the app that change; those not named stay. */
export interface AppSettingsChange extends z.infer<typeof appSettingsChange> {}
