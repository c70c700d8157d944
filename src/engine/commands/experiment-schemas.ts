import { z } from 'zod';
import { EXECUTORS, MAX_WORKERS } from '../../contract';
import { ONE_OF_THEM, pythonChoice, taskSettings, text, wholeNumber } from './setting-schemas';

/** A list of tasks is kept in memory with its stamps. */
const MAX_LIST = 1_000_000;
const MAX_ROUNDS = 10_000;

const compareSettings = z
  .strictObject({
    kind: z.literal('compare'),
    workload: text('workload'),
    executors: z.array(z.enum(EXECUTORS, { error: `an executor must be one of ${EXECUTORS.join(', ')}` })).max(EXECUTORS.length).optional(),
    workers: wholeNumber('workers', 1, MAX_WORKERS).optional(),
    ...taskSettings,
    tasks: wholeNumber('tasks', 1, MAX_LIST).optional(),
    rounds: wholeNumber('rounds', 1, MAX_ROUNDS).optional(),
    python: pythonChoice.optional(),
  })
  .refine((settings) => settings.size === undefined || settings.taskMs === undefined, ONE_OF_THEM);

/** What can be asked of an experiment of any kind; a further kind is one schema and one line here. */
export const experimentSettings = z.discriminatedUnion('kind', [compareSettings], { error: 'kind must be compare' });
