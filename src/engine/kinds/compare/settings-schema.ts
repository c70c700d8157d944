import { z } from 'zod';
import { MAX_WORKERS } from '../../../contract';
import { wholeNumber } from '../../commands/setting-schemas';
import { fitting, subjectSettings } from '../shared/subject-schema';

/** A list of tasks is kept in memory with its stamps. */
const MAX_LIST = 1_000_000;
const MAX_ROUNDS = 10_000;

/** What a comparison can be asked to do. */
export const compareSettings = fitting(
  z.strictObject({
    kind: z.literal('compare'),
    ...subjectSettings,
    workers: wholeNumber('workers', 1, MAX_WORKERS).optional(),
    tasks: wholeNumber('tasks', 1, MAX_LIST).optional(),
    rounds: wholeNumber('rounds', 1, MAX_ROUNDS).optional(),
  }),
);
