import { z } from 'zod';
import { EXECUTORS, LABS, MAX_WORKERS, MODULE_WORKLOAD } from '../../contract';
import {
  MAX_DURATION_MS,
  ONE_OF_THEM,
  path,
  pythonChoice,
  span,
  taskSettings,
  text,
  wholeNumber,
} from './setting-schemas';

/** A list of tasks is kept in memory with its stamps. */
const MAX_LIST = 1_000_000;
const MAX_ROUNDS = 10_000;
const MAX_SCALE_ROUNDS = 1_000;

const executors = z
  .array(z.enum(EXECUTORS, { error: `an executor must be one of ${EXECUTORS.join(', ')}` }))
  .max(EXECUTORS.length);

/** What experiments on one workload can be told of it. */
const subjectSettings = {
  workload: text('workload'),
  executors: executors.optional(),
  ...taskSettings,
  python: pythonChoice.optional(),
  module: path('module').optional(),
  deadlineMs: span('deadlineMs', 1, MAX_DURATION_MS).optional(),
};

interface OneSubject {
  workload: string;
  size?: number | undefined;
  taskMs?: number | undefined;
  module?: string | undefined;
  deadlineMs?: number | undefined;
}

const oneLength = (settings: OneSubject): boolean => settings.size === undefined || settings.taskMs === undefined;
const moduleIsCustom = (settings: OneSubject): boolean =>
  (settings.module !== undefined) === (settings.workload === MODULE_WORKLOAD);
const deadlineOfModule = (settings: OneSubject): boolean =>
  settings.deadlineMs === undefined || settings.module !== undefined;
const CUSTOM = { error: `a module is run with the workload ${MODULE_WORKLOAD}, and that with nothing else` };
const DEADLINE = { error: 'deadlineMs is for the tasks of a module: leave it out' };

const compareSettings = z
  .strictObject({
    kind: z.literal('compare'),
    ...subjectSettings,
    workers: wholeNumber('workers', 1, MAX_WORKERS).optional(),
    tasks: wholeNumber('tasks', 1, MAX_LIST).optional(),
    rounds: wholeNumber('rounds', 1, MAX_ROUNDS).optional(),
  })
  .refine(oneLength, ONE_OF_THEM)
  .refine(moduleIsCustom, CUSTOM)
  .refine(deadlineOfModule, DEADLINE);

const scaleSettings = z
  .strictObject({
    kind: z.literal('scale'),
    ...subjectSettings,
    max: wholeNumber('max', 2, MAX_WORKERS).optional(),
    rounds: wholeNumber('rounds', 1, MAX_SCALE_ROUNDS).optional(),
  })
  .refine(oneLength, ONE_OF_THEM)
  .refine(moduleIsCustom, CUSTOM)
  .refine(deadlineOfModule, DEADLINE);

const labSettings = z.strictObject({
  kind: z.literal('lab'),
  lab: z.enum(LABS, { error: `a lab must be one of ${LABS.join(', ')}` }),
  quick: z.boolean({ error: 'quick must be true or false' }).optional(),
  python: pythonChoice.optional(),
  seed: taskSettings.seed,
});

const scorecardSettings = z.strictObject({
  kind: z.literal('scorecard'),
  quick: z.boolean({ error: 'quick must be true or false' }).optional(),
  python: pythonChoice.optional(),
  seed: taskSettings.seed,
});

/** What can be asked of an experiment of any kind; a further kind is one schema and one line here. */
export const experimentSettings = z.discriminatedUnion(
  'kind',
  [compareSettings, scaleSettings, labSettings, scorecardSettings],
  { error: 'kind must be compare, scale, lab or scorecard' },
);
