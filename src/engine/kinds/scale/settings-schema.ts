import { z } from 'zod';
import { LIMITS } from '../../../contract';
import { wholeNumber } from '../../commands/setting-schemas';
import { fitting, subjectSettings } from '../shared/subject-schema';

/** What a scaling experiment can be asked to do. */
export const scaleSettings = fitting(
  z.strictObject({
    kind: z.literal('scale'),
    ...subjectSettings,
    max: wholeNumber('max', LIMITS.scaleWorkers).optional(),
    rounds: wholeNumber('rounds', LIMITS.scaleRounds).optional(),
  }),
);
