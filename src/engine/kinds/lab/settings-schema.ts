import { z } from 'zod';
import { LABS } from '../../../contract';
import { pythonChoice, taskSettings } from '../../commands/setting-schemas';

/** What a lab can be asked to do. */
export const labSettings = z.strictObject({
  kind: z.literal('lab'),
  lab: z.enum(LABS, { error: `a lab must be one of ${LABS.join(', ')}` }),
  quick: z.boolean({ error: 'quick must be true or false' }).optional(),
  python: pythonChoice.optional(),
  seed: taskSettings.seed,
});
