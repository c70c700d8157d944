import { z } from 'zod';
import { LIMITS } from '../../../contract';
import { span, wholeNumber, workers } from '../../commands/setting-schemas';
import { fitting, subjectSettings } from '../shared/subject-schema';

const { executors: _, ...subject } = subjectSettings;

/** What a live run can be asked to do. */
export const liveSettings = fitting(
  z.strictObject({
    kind: z.literal('live'),
    ...subject,
    workers,
    durationMs: span('durationMs', LIMITS.durationMs).optional(),
    tasks: wholeNumber('tasks', LIMITS.tasks).optional(),
  }),
);
