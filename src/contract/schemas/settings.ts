import { z } from 'zod';
import { EXECUTORS, isExecutorKey, type ByExecutor, type ExecutorKey } from '../executors';
import { LIMITS, type Bounds } from '../limits';
import { MODULE_WORKLOAD } from '../names';
import { pythonChoiceSchema } from './python';

// What the settings of all kinds and the arguments of commands are made of. Each says in a sentence what is wrong.

export const wholeNumber = (name: string, { min, max }: Bounds): z.ZodNumber => {
  const sentence = `${name} must be a whole number from ${min} to ${max}`;
  return z
    .number({ error: sentence })
    .int({ error: sentence })
    .min(min, { error: sentence })
    .max(max, { error: sentence });
};

export const span = (name: string, { min, max }: Bounds): z.ZodNumber => {
  const sentence = `${name} must be a number of milliseconds from ${min} to ${max}`;
  return z.number({ error: sentence }).min(min, { error: sentence }).max(max, { error: sentence });
};

/** A name, a search: not a text of any length. */
export const shortText = (name: string): z.ZodString =>
  z.string({ error: `${name} must be text` }).max(200, { error: `${name} must be at most 200 characters long` });

export const path = (name: string): z.ZodString =>
  z
    .string({ error: `${name} must be a path` })
    .min(1, { error: `${name} must be a path` })
    .max(4096, { error: `${name} must be at most 4096 characters long` });

export const yesOrNo = (name: string): z.ZodBoolean => z.boolean({ error: `${name} must be true or false` });

export const choice = <const T extends readonly string[]>(name: string, known: T) =>
  z.enum(known, { error: `${name} must be one of ${known.join(', ')}` });

const WORKERS = `workers must be counts by executor (${EXECUTORS.join(', ')})`;

/** Worker counts by executor. */
export const workerCounts: z.ZodType<ByExecutor<number>> = z
  .object(
    Object.fromEntries(
      EXECUTORS.map((name) => [
        name,
        wholeNumber(`the number of ${name}`, LIMITS.workers).optional().describe(`Workers of ${name}.`),
      ]),
    ),
    { error: WORKERS },
  )
  // Those at a place.
  .catchall(wholeNumber('the number of workers', LIMITS.workers))
  .refine((counts) => Object.keys(counts).every(isExecutorKey), { error: WORKERS });

/** Default: random. Each kind says what it is the seed of. */
export const seed = wholeNumber('seed', LIMITS.seed).optional();

const executorList = z
  .array(
    z.custom<ExecutorKey>((value) => typeof value === 'string' && isExecutorKey(value), {
      error: `an executor must be one of ${EXECUTORS.join(', ')}`,
    }),
  )
  .max(LIMITS.workers.max);

export const workloadChoices = z.record(shortText('a setting'), z.number({ error: 'a setting must be a number' }), {
  error: 'workloadSettings must be numbers by name',
});

/** What an experiment on one workload can be told of it; each kind says what `executors` and `seed` are to it. */
export const subjectChoices = {
  workload: shortText('workload').describe(`The workload’s name; \`${MODULE_WORKLOAD}\` where it is a module.`),
  executors: executorList.optional(),
  size: z
    .number({ error: 'size must be a number' })
    .optional()
    .describe('The size of each task, in the workload’s own unit; default: the workload’s own.'),
  workloadSettings: workloadChoices
    .optional()
    .describe('Values of the workload’s own settings, by name; those not given have their defaults.'),
  taskMs: span('taskMs', LIMITS.taskMs)
    .optional()
    .describe('Wanted length of one task, in ms, calibrated on the first executor.'),
  seed,
  python: pythonChoiceSchema.optional().describe('Which Python, where Python executors take part.'),
  module: path('module')
    .optional()
    .describe(`Absolute path of a module to run; \`workload\` is then \`${MODULE_WORKLOAD}\`.`),
  deadlineMs: span('deadlineMs', LIMITS.deadlineMs)
    .optional()
    .describe('Longest running time of one task of a module, ms; default: MODULE_DEADLINE_MS.'),
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
const LENGTH = { error: 'size and taskMs exclude each other: give one of them' };
const CUSTOM = { error: `give both workload "${MODULE_WORKLOAD}" and a module, or neither` };
const DEADLINE = { error: 'deadlineMs applies only to modules: remove it' };

/** Settings of an experiment on one workload whose parts fit together. */
export function fitting<S extends z.ZodType<OneSubject>>(schema: S): S {
  return schema.refine(oneLength, LENGTH).refine(moduleIsCustom, CUSTOM).refine(deadlineOfModule, DEADLINE);
}
