import { z } from 'zod';
import { pythonChoice, taskSettings } from '../../commands/setting-schemas';

/** What a scorecard can be asked to do. */
export const scorecardSettings = z.strictObject({
  kind: z.literal('scorecard'),
  quick: z.boolean({ error: 'quick must be true or false' }).optional(),
  python: pythonChoice.optional(),
  seed: taskSettings.seed,
});
