import { z } from 'zod';
import { count, executorKey, finite, text, uint32 } from './parts';

const taskError = z.strictObject({
  id: count.describe('The task’s number.'),
  message: text.describe('Why it failed, in one sentence.'),
});

const taskTable = z
  .strictObject({
    executors: z.array(executorKey).describe('Executors that `executor` points to.'),
    states: z.array(z.enum(['done', 'failed', 'cancelled'])).describe('States that `state` points to.'),
    id: z.array(count).describe('The number of each task.'),
    executor: z.array(count).describe('Who ran it: an index into `executors`.'),
    worker: z.array(count).describe('The number of the worker that ran it.'),
    state: z.array(count).describe('What became of it: an index into `states`.'),
    attempts: z.array(count).describe('How often it was run.'),
    input: z.array(finite).describe('The number of its input.'),
    queuedMs: z.array(finite).describe('When it was queued, ms.'),
    startedMs: z.array(finite).describe('When its worker began it, ms.'),
    finishedMs: z.array(finite).describe('When its worker was done with it, ms.'),
    checksum: z.array(uint32.nullable()).describe('The checksum of its result; null for a task that is not done.'),
    errors: z.array(taskError).describe('One sentence for each failed task among the kept ones.'),
  })
  .meta({
    id: 'TaskTable',
    description: 'Tasks in columns of equal length. `executor` and `state` hold an index into the lists beside them.',
  });
export interface TaskTable extends z.infer<typeof taskTable> {}
export const taskTableSchema: z.ZodType<TaskTable> = taskTable;

const taskLine = z.strictObject({
  executor: executorKey.describe('Who printed it.'),
  worker: count.describe('The worker’s number; 0 for a line about the executor as a whole.'),
  atMs: finite.describe('When it was printed, ms.'),
  text: text.describe('What was printed.'),
  lost: count
    .optional()
    .describe('How many printed lines it stands for that were left out; absent from a line that was printed.'),
});
/** A line printed by a task. */
export interface TaskLine extends z.infer<typeof taskLine> {}
export const taskLineSchema: z.ZodType<TaskLine> = taskLine;
