import { z } from 'zod';
import { MODULE_WORKLOAD } from '../../contract';
import {
  MAX_DURATION_MS,
  ONE_OF_THEM,
  path,
  pythonChoice,
  span,
  taskSettings,
  text,
  wholeNumber,
  workers,
} from './setting-schemas';

const MAX_TASKS = 1e12;

/** What a live run can be asked to do. */
export const liveSettings = z
  .strictObject({
    workload: text('workload'),
    workers,
    ...taskSettings,
    durationMs: span('durationMs', 1, MAX_DURATION_MS).optional(),
    tasks: wholeNumber('tasks', 1, MAX_TASKS).optional(),
    python: pythonChoice.optional(),
    module: path('module').optional(),
    deadlineMs: span('deadlineMs', 1, MAX_DURATION_MS).optional(),
  })
  .refine((settings) => settings.size === undefined || settings.taskMs === undefined, ONE_OF_THEM)
  .refine((settings) => (settings.module !== undefined) === (settings.workload === MODULE_WORKLOAD), {
    error: `a module is run with the workload ${MODULE_WORKLOAD}, and that with nothing else`,
  })
  .refine((settings) => settings.deadlineMs === undefined || settings.module !== undefined, {
    error: 'deadlineMs is for the tasks of a module: leave it out',
  });
