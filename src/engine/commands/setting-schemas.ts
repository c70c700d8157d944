import { z } from 'zod';
import { EXECUTORS, isExecutorKey, LIMITS, START_METHODS, type Bounds } from '../../contract';

export const wholeNumber = (name: string, { min, max }: Bounds): z.ZodNumber => {
  const sentence = `${name} must be a whole number from ${min} to ${max}`;
  return z
    .number({ error: sentence })
    .int({ error: sentence })
    .min(min, { error: sentence })
    .max(max, { error: sentence });
};

const WORKERS = `workers must be counts by executor (${EXECUTORS.join(', ')})`;

export const span = (name: string, { min, max }: Bounds): z.ZodNumber => {
  const sentence = `${name} must be a number of milliseconds from ${min} to ${max}`;
  return z.number({ error: sentence }).min(min, { error: sentence }).max(max, { error: sentence });
};

export const workers = z
  .object(
    Object.fromEntries(
      EXECUTORS.map((name) => [name, wholeNumber(`the number of ${name}`, LIMITS.workers).optional()]),
    ),
    { error: WORKERS },
  )
  // Those at a place.
  .catchall(wholeNumber('the number of workers', LIMITS.workers))
  .refine((counts) => Object.keys(counts).every(isExecutorKey), { error: WORKERS });

export const text = (name: string): z.ZodString =>
  z.string({ error: `${name} must be text` }).max(200, { error: `${name} must be at most 200 characters long` });

export const pythonChoice = z.strictObject({
  executable: z
    .string({ error: 'the executable must be text' })
    .max(4096, { error: 'the executable must be at most 4096 characters long' })
    .optional(),
  startMethod: z.enum(START_METHODS, { error: `startMethod must be one of ${START_METHODS.join(', ')}` }).optional(),
});
export const path = (name: string): z.ZodString =>
  z
    .string({ error: `${name} must be a path` })
    .min(1, { error: `${name} must be a path` })
    .max(4096, { error: `${name} must be at most 4096 characters long` });
/** What every experiment can be told of its tasks. */
export const taskSettings = {
  size: z.number({ error: 'size must be a number' }).optional(),
  workloadSettings: z
    .record(text('a setting'), z.number({ error: 'a setting must be a number' }), {
      error: 'workloadSettings must be numbers by name',
    })
    .optional(),
  taskMs: span('taskMs', LIMITS.taskMs).optional(),
  seed: wholeNumber('seed', LIMITS.seed).optional(),
};
export const ONE_OF_THEM = { error: 'size and taskMs exclude each other: give one of them' };
