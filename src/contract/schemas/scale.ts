import { z } from 'zod';
import { usualWords } from '../executors';
import { LIMITS } from '../limits';
import { errorInfoSchema, estimateSchema, latencySummarySchema, taskCountsSchema } from './measures';
import { amount, count, executorKey, finite, lockKind, roundTable, text, threadHost, uint32, workers } from './parts';
import { sizeSettings, subjectSettings, workloadReportBase } from './report-base';
import { fitting, seed, subjectChoices, wholeNumber, yesOrNo } from './settings';

const settings = {
  ...subjectChoices,
  executors: subjectChoices.executors.describe(`One or more that can have several workers; default: ${usualWords()}.`),
  seed: seed.describe('Seed of inputs, of the order of worker counts and of the resampling; default: random.'),
  max: wholeNumber('max', LIMITS.scaleWorkers)
    .optional()
    .describe('The largest worker count; default: twice what the machine can run at once, and more if tasks wait.'),
  rounds: wholeNumber('rounds', LIMITS.scaleRounds)
    .optional()
    .describe(
      'Measure every worker count exactly this often; default: until the intervals are narrow or a limit is reached.',
    ),
  quick: yesOrNo('quick')
    .optional()
    .describe('Measure fewer worker counts, for about 5 s on each executor; intervals are wider.'),
};
/** What a scaling experiment is asked to do. Give either `size` or `taskMs`; neither means the workload's default size. */
export interface ScaleSettings extends z.infer<z.ZodObject<typeof settings, z.core.$strict>> {}
export const scaleSettingsSchema: z.ZodType<{ kind: 'scale' } & ScaleSettings> = fitting(
  z.strictObject({ kind: z.literal('scale').describe('The kind of the experiment.'), ...settings }),
);

const resolvedScaleSettings = z
  .strictObject({
    workload: text.describe('The workload’s name; `custom` where it is a module of the user.'),
    executors: z.array(executorKey).describe('Executors that took part.'),
    workers: z.array(workers).describe('The worker counts that are measured, ascending, from 1.'),
    ...sizeSettings,
    rounds: count.nullable().describe('How many rounds were wanted; null: until the intervals are narrow.'),
    quick: z
      .boolean()
      .optional()
      .describe('Whether less time was to be taken; reports of before it was offered lack it.'),
    seed: uint32.describe('Seed of inputs, of the order of worker counts and of the resampling.'),
    ...subjectSettings,
  })
  .meta({ id: 'ResolvedScaleSettings', description: 'Settings as they were resolved: every choice made.' });
export interface ResolvedScaleSettings extends z.infer<typeof resolvedScaleSettings> {}
const resolvedScaleSettingsSchema: z.ZodType<ResolvedScaleSettings> = resolvedScaleSettings;

const rounds = roundTable({
  round: z.array(count).describe('Number of the round, from 0.'),
  place: z.array(count).describe('Its place in the shuffled order of that round, from 0.'),
  throughput: z.array(amount).describe('Tasks a second.'),
  windowMs: z.array(amount).describe('Time in which all workers were at work, which the throughput is of, ms.'),
  tasks: z.array(count).describe('Tasks that were done in that time.'),
  coresBusy: z.array(amount.nullable()).describe('CPU time, on and off the task threads, ÷ wall time.'),
  coresOffThread: z.array(amount.nullable()).describe('Of it, what was used off those threads.'),
  coresWaitedFor: z.array(amount.nullable()).describe('How many task threads were runnable without a core on average.'),
  deaths: z.array(count).describe('Workers that died.'),
}).meta({
  id: 'ScaleRoundTable',
  description: 'Raw values of the rounds of one worker count, in columns of equal length.',
});
interface ScaleRoundTable extends z.infer<typeof rounds> {}
const roundsSchema: z.ZodType<ScaleRoundTable> = rounds;

const point = z
  .strictObject({
    workers: workers.describe('How many workers.'),
    throughput: estimateSchema.describe('Tasks a second while all workers were at work: the median of the rounds.'),
    speedUp: estimateSchema
      .nullable()
      .describe(
        'Throughput ÷ that of one worker of this executor, by rounds that both have; null where one worker was not measured.',
      ),
    efficiency: amount
      .nullable()
      .describe('speedUp ÷ what cores allow; null where cores set no ceiling, and where it would be impossible.'),
    coresBusy: amount
      .nullable()
      .describe('CPU time, on and off the task threads, ÷ wall time, median; null where not available.'),
    coresOffThread: amount
      .nullable()
      .describe('Of it, what was used off those threads: as of a live run’s executor; null where it is not known.'),
    coresWaitedFor: amount
      .nullable()
      .describe('How many task threads were runnable without a core on average, median; null where not available.'),
    coresThrottled: amount
      .nullable()
      .default(null)
      .describe(
        'Cores’ worth of time that a quota kept Coreloom’s threads off the cores, median; null where none is set or the system does not count, and in reports of before it was measured.',
      ),
    running: latencySummarySchema.nullable().describe('From started to finished, of the tasks of all rounds.'),
    rounds: roundsSchema.describe('Raw values of the rounds.'),
  })
  .meta({ id: 'ScalePoint', description: 'One executor with one number of workers.' });
export interface ScalePoint extends z.infer<typeof point> {}
const pointSchema: z.ZodType<ScalePoint> = point;

const peak = z.strictObject({
  workers: finite.describe('The number of workers there.'),
  throughput: finite.describe('The law’s throughput there, tasks a second.'),
});

const lawFit = z
  .strictObject({
    law: z
      .enum(['amdahl', 'usl'])
      .describe('Which law: Amdahl’s (coherency is 0, contention its serial share) or the universal scalability law.'),
    contention: estimateSchema.describe('What workers wait for one another.'),
    coherency: estimateSchema.describe('What each pair of workers costs.'),
    single: estimateSchema.describe('Tasks a second of one worker.'),
    resampled: z.enum(['rounds', 'residuals']).describe('What the intervals were drawn from.'),
    peak: peak.nullable().describe('Where it says that more workers begin to cost; null where it goes on rising.'),
    residuals: z.array(finite).describe('Measured less predicted, tasks a second, for each point of the curve.'),
    rSquared: finite
      .nullable()
      .describe('The share of the variation that it explains; null where the throughputs do not vary.'),
    fits: z.boolean().describe('Whether it fits.'),
    because: text.describe(
      'Why it fits or does not; then which parameters ended on a bound, and whether the points scale better than linear.',
    ),
  })
  .meta({
    id: 'LawFit',
    description:
      'A law held against the points: throughput(N) = single N / (1 + contention (N - 1) + coherency N (N - 1)).',
  });
export interface LawFit extends z.infer<typeof lawFit> {}
const lawFitSchema: z.ZodType<LawFit> = lawFit;

const recommendation = z.strictObject({
  workers: workers.describe('That number.'),
  best: workers.describe('The count with the largest throughput.'),
  share: estimateSchema.describe('Throughput of the recommended count ÷ that of the best.'),
  rising: z.boolean().describe('True where the largest count that was measured may not be the end of it.'),
  why: text.describe('In one or two sentences.'),
});
/** The smallest worker count that is not shown to be more than 2 % below the best. */
export interface ScaleRecommendation extends z.infer<typeof recommendation> {}
const recommendationSchema: z.ZodType<ScaleRecommendation> = recommendation;

const curve = z
  .strictObject({
    executor: executorKey.describe('Which executor.'),
    threadHost,
    failure: errorInfoSchema.nullable().describe('Why it left; what it measured before stands.'),
    points: z.array(pointSchema).describe('Measured at least once, by worker count, ascending.'),
    fits: z
      .array(lawFitSchema)
      .describe('Amdahl’s law and the universal scalability law, as far as there are worker counts enough.'),
    crowded: z
      .boolean()
      .describe(
        'Workers waited for a core where there was one for each: something else had it, and nothing is recommended.',
      ),
    recommendation: recommendationSchema
      .nullable()
      .describe(
        'The smallest worker count that is not shown to be more than 2 % below the best; null where fewer than two worker counts were measured, where intervals are too wide, or on a crowded machine.',
      ),
    counts: taskCountsSchema.describe('What became of its tasks.'),
    lock: lockKind.nullable().describe('The lock of its interpreter; null for Node.'),
  })
  .refine(({ points, fits }) => fits.every(({ residuals }) => residuals.length === points.length), {
    error: 'a law has not one residual for each point',
  })
  .meta({ id: 'ScaleCurve', description: 'One executor over its worker counts.' });
export interface ScaleCurve extends z.infer<typeof curve> {}
const curveSchema: z.ZodType<ScaleCurve> = curve;

const mark = z.strictObject({
  workers: amount.describe('The worker count.'),
  what: text.describe('What is used up there.'),
});

const ceiling = z.strictObject({
  cpus: amount
    .nullable()
    .describe(
      'CPUs’ worth of time for tasks that compute, less than 1 under a small quota; null where tasks wait, and cores set no ceiling.',
    ),
  marks: z
    .array(mark)
    .describe('Worker counts from which on something is used up, such as `8 performance cores`, ascending.'),
  explanation: text.describe('In one or two sentences, to be shown.'),
});
/** What the machine can give at most. The ceiling at N workers is `mostSpeedUp` × the throughput of one. */
export interface ScaleCeiling extends z.infer<typeof ceiling> {}
const ceilingSchema: z.ZodType<ScaleCeiling> = ceiling;

const scaleEnd = z.enum(['narrow', 'rounds-done', 'round-limit', 'time-limit', 'stopped', 'failed']);
/** What ended the rounds: every interval narrow, the wanted number, a limit, or somebody. */
export type ScaleEnd = z.infer<typeof scaleEnd>;

const scaleReport = z
  .strictObject({
    ...workloadReportBase,
    kind: z.literal('scale').describe('The kind of the experiment.'),
    settings: resolvedScaleSettingsSchema.describe('What was run, every choice made.'),
    ended: scaleEnd.describe('What ended the rounds: every interval narrow, the wanted number, a limit, or somebody.'),
    roundCount: count.describe('Complete rounds.'),
    ceiling: ceilingSchema.describe('What the machine can give at most.'),
    curves: z.array(curveSchema).describe('Each executor over its worker counts.'),
  })
  .meta({
    id: 'ScaleReport',
    description: 'How throughput changes with the number of workers, on each of some executors.',
  });
export interface ScaleReport extends z.infer<typeof scaleReport> {}
export const scaleReportSchema: z.ZodType<ScaleReport> = scaleReport;
