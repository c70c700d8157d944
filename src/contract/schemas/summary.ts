import { z } from 'zod';
import { EXPERIMENT_KINDS } from '../kinds';
import { amount, byExecutor, instant, outcome, text, workers } from './parts';

const workerRange = z.strictObject({
  fewest: workers.describe('The fewest at once.'),
  most: workers.describe('The most at once.'),
});
/** How many workers there were at once: as many all the time, or between two counts. */
export interface WorkerRange extends z.infer<typeof workerRange> {}
const workerRangeSchema: z.ZodType<WorkerRange> = workerRange;

/** The line of a report in the history. */
export const reportSummaryFields = z.strictObject({
  id: text.describe('The report’s id.'),
  kind: z.enum(EXPERIMENT_KINDS).describe('The kind of the experiment.'),
  startedAt: instant.describe('When it started: ISO 8601 wall time.'),
  outcome: outcome.describe('How it ended.'),
  subject: text.describe('What was run: the workload’s name, or what else was measured.'),
  workers: byExecutor(workerRangeSchema).describe(
    'Of a live run as its sliders were moved, of scaling as it measured them.',
  ),
  elapsedMs: amount.describe('How long it took, ms.'),
  throughputPerSecond: amount
    .nullable()
    .describe('Tasks a second of a live run; null of an experiment that has more than one throughput.'),
  finding: text.describe('What was found.'),
});
/** A saved report as the history lists it. */
export interface ReportSummary extends z.infer<typeof reportSummaryFields> {}
