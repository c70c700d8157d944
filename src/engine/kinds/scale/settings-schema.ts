import { z } from 'zod';
import { MAX_WORKERS } from '../../../contract';
import { wholeNumber } from '../../commands/setting-schemas';
import { fitting, subjectSettings } from '../shared/subject-schema';

const MAX_ROUNDS = 1_000;

/** What a scaling experiment can be asked to do. */
export const scaleSettings = fitting(
  z.strictObject({
    kind: z.literal('scale'),
    ...subjectSettings,
    max: wholeNumber('max', 2, MAX_WORKERS).optional(),
    rounds: wholeNumber('rounds', 1, MAX_ROUNDS).optional(),
  }),
);
