import { z } from 'zod';
import { LIMITS, MODULE_WORKLOAD } from '../../contract';
import { ONE_OF_THEM, path, pythonChoice, span, taskSettings, text, wholeNumber, workers } from './setting-schemas';

/** What a live run can be asked to do. */
export const liveSettings = z
  .strictObject({
    workload: text('workload'),
    workers,
    ...taskSettings,
    durationMs: span('durationMs', LIMITS.durationMs).optional(),
    tasks: wholeNumber('tasks', LIMITS.tasks).optional(),
    python: pythonChoice.optional(),
    module: path('module').optional(),
    deadlineMs: span('deadlineMs', LIMITS.deadlineMs).optional(),
  })
  .refine((settings) => settings.size === undefined || settings.taskMs === undefined, ONE_OF_THEM)
  .refine((settings) => (settings.module !== undefined) === (settings.workload === MODULE_WORKLOAD), {
    error: `give both workload "${MODULE_WORKLOAD}" and a module, or neither`,
  })
  .refine((settings) => settings.deadlineMs === undefined || settings.module !== undefined, {
    error: 'deadlineMs applies only to modules: remove it',
  });
