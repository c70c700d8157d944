import { z } from 'zod';
import { LIMITS } from '../../../contract';
import { wholeNumber } from '../../commands/setting-schemas';
import { fitting, subjectSettings } from '../shared/subject-schema';

/** What a comparison can be asked to do. */
export const compareSettings = fitting(
  z.strictObject({
    kind: z.literal('compare'),
    ...subjectSettings,
    workers: wholeNumber('workers', LIMITS.compareWorkers).optional(),
    tasks: wholeNumber('tasks', LIMITS.roundTasks).optional(),
    rounds: wholeNumber('rounds', LIMITS.compareRounds).optional(),
  }),
);
