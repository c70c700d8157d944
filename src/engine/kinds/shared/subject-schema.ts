import { z } from 'zod';
import { EXECUTORS, isExecutorKey, LIMITS, MODULE_WORKLOAD, type ExecutorKey } from '../../../contract';
import { ONE_OF_THEM, path, pythonChoice, span, taskSettings, text } from '../../commands/setting-schemas';

const executors = z
  .array(
    z.custom<ExecutorKey>((value) => typeof value === 'string' && isExecutorKey(value), {
      error: `an executor must be one of ${EXECUTORS.join(', ')}`,
    }),
  )
  .max(LIMITS.workers.max);

/** What experiments on one workload can be told of it. */
export const subjectSettings = {
  workload: text('workload'),
  executors: executors.optional(),
  ...taskSettings,
  python: pythonChoice.optional(),
  module: path('module').optional(),
  deadlineMs: span('deadlineMs', LIMITS.deadlineMs).optional(),
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
const CUSTOM = { error: `give both workload "${MODULE_WORKLOAD}" and a module, or neither` };
const DEADLINE = { error: 'deadlineMs applies only to modules: remove it' };

/** Settings of an experiment on one workload whose parts fit together. */
export function fitting<S extends z.ZodType<OneSubject>>(schema: S): S {
  return schema.refine(oneLength, ONE_OF_THEM).refine(moduleIsCustom, CUSTOM).refine(deadlineOfModule, DEADLINE);
}
