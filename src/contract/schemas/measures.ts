import { z } from 'zod';
import { ERROR_CODES } from '../error-codes';
import { amount, count, finite, share, text } from './parts';

const estimate = z
  .strictObject({
    value: finite.describe('The value.'),
    low: finite.describe('The lower end of its interval.'),
    high: finite.describe('The upper end of its interval.'),
  })
  .meta({ id: 'Estimate', description: 'A value with its 95 % bootstrap interval.' });
export interface Estimate extends z.infer<typeof estimate> {}
export const estimateSchema: z.ZodType<Estimate> = estimate;

const latencySummary = z
  .strictObject({
    count: count.describe('Values that it sums up.'),
    minMs: amount.describe('The smallest, ms.'),
    meanMs: amount.describe('The mean, ms.'),
    p50Ms: amount.describe('The median, ms.'),
    p95Ms: amount.describe('The 95th percentile, ms.'),
    p99Ms: amount.nullable().describe('The 99th percentile, ms; null under 100 values.'),
    maxMs: amount.describe('The largest, ms.'),
  })
  .meta({
    id: 'LatencySummary',
    description: 'Times of tasks, summed up. Percentiles are bucketed: their relative error is at most 1/64.',
  });
export interface LatencySummary extends z.infer<typeof latencySummary> {}
export const latencySummarySchema: z.ZodType<LatencySummary> = latencySummary;

const taskCounts = z
  .strictObject({
    done: count.describe('Tasks that were done.'),
    failed: count.describe('Tasks that failed.'),
    retried: count.describe('Runs beyond the first of a task whose worker died.'),
    cancelled: count.describe('Tasks that were cut off or never started.'),
    untimed: count
      .optional()
      .describe(
        'Of those done or failed, tasks whose worker gave times that cannot be: they are in no time, latency or timeline.',
      ),
  })
  .meta({ id: 'TaskCounts', description: 'What became of tasks.' });
export interface TaskCounts extends z.infer<typeof taskCounts> {}
export const taskCountsSchema: z.ZodType<TaskCounts> = taskCounts;

const errorInfo = z
  .strictObject({
    code: z.enum(ERROR_CODES).describe('What went wrong, as a stable code.'),
    message: text.describe('The same in one sentence.'),
  })
  .meta({
    id: 'ErrorInfo',
    description: 'An error as it crosses a boundary: one clear sentence, a stable code, no stack.',
  });
export interface ErrorInfo extends z.infer<typeof errorInfo> {}
export const errorInfoSchema: z.ZodType<ErrorInfo> = errorInfo;

const timeShares = z
  .strictObject({
    computing: share.describe('On a core, with a task.'),
    offThread: share
      .nullable()
      .describe('Not on a core, while at least as much CPU time was used off the task’s thread.'),
    waitingForCore: share.nullable().describe('Ready to run, without a core.'),
    waitingForLock: share.nullable().describe('Waiting for the interpreter’s lock.'),
    waitingElse: share.describe(
      'With a task, and waiting for what was not measured: a timer, a disk, another process.',
    ),
    betweenTasks: share
      .nullable()
      .describe('Without a task: hand-over, or nothing to do. What it takes of a core is in here.'),
  })
  .meta({
    id: 'TimeShares',
    description:
      'Where the time of workers went: shares of all of it, which add up to 1; null lies within waitingElse.',
  });
export interface TimeShares extends z.infer<typeof timeShares> {}
export const timeSharesSchema: z.ZodType<TimeShares> = timeShares;
