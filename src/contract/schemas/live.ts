import { z } from 'zod';
import { LIMITS } from '../limits';
import { checkColumns } from './live-columns';
import { lockProgressSchema } from './lock';
import { latencySummarySchema, taskCountsSchema, timeSharesSchema } from './measures';
import { amount, byExecutor, count, executorKey, finite, text, threadHost, workers } from './parts';
import { prepared, sizeSettings, subjectSettings, workloadReportBase, workloadSettings } from './report-base';
import { executorMemorySchema, sampleTableSchema } from './samples';
import { fitting, seed, span, subjectChoices, wholeNumber, workerCounts } from './settings';
import { taskLineSchema, taskTableSchema } from './tasks';

// Its executors are those that have workers.
const { executors: _, ...subject } = subjectChoices;
const settings = {
  ...subject,
  taskMs: subject.taskMs.describe('Wanted length of one task on this machine, in ms: the size is calibrated to it.'),
  seed: seed.describe('Seed of the generated inputs; default: random. It is always in the report.'),
  workers: workerCounts.describe(
    'Workers of each executor, whole numbers from 0 to LIMITS.workers.max; together at least 1.',
  ),
  durationMs: span('durationMs', LIMITS.durationMs).optional().describe('End after this time, in ms.'),
  tasks: wholeNumber('tasks', LIMITS.tasks).optional().describe('End after this many tasks.'),
};
/** What a live run is asked to do. Give either `size` or `taskMs`; neither means the workload's default size. */
export interface LiveSettings extends z.infer<z.ZodObject<typeof settings, z.core.$strict>> {}
export const liveSettingsSchema: z.ZodType<{ kind: 'live' } & LiveSettings> = fitting(
  z.strictObject({ kind: z.literal('live').describe('The kind of the experiment.'), ...settings }),
);

const resolvedSettings = z
  .strictObject({
    workload: text.describe('The workload’s name; `custom` where it is a module of the user.'),
    workers: byExecutor(workers).describe('Workers of each executor.'),
    ...sizeSettings,
    workloadSettings: workloadSettings
      .default({})
      .describe(
        'Every setting of the workload with its value; empty where it has none. Reports of before there were any lack it.',
      ),
    prepared: prepared
      .default({})
      .describe(
        'What the workload made for the run before its first task (a server’s port, a file’s path); empty where nothing. Reports of before there were any lack it.',
      ),
    durationMs: amount.nullable().describe('After which time it was to end, ms; null without such a limit.'),
    tasks: count.nullable().describe('After how many tasks it was to end; null without such a limit.'),
    seed: finite.describe('Seed of the generated inputs.'),
    ...subjectSettings,
  })
  .meta({ id: 'ResolvedSettings', description: 'Settings as they were resolved: every choice made.' });
export interface ResolvedSettings extends z.infer<typeof resolvedSettings> {}
const resolvedSettingsSchema: z.ZodType<ResolvedSettings> = resolvedSettings;

const totals = z.strictObject({
  counts: taskCountsSchema.describe('What became of the tasks of all executors.'),
  underWay: count
    .optional()
    .describe(
      'Of an interrupted run: tasks that workers held at the end of what was measured; what became of them is not known.',
    ),
  droppedEvents: count.describe(
    'Progress messages to clients that were dropped because they were slow; tasks are never dropped.',
  ),
  throughputPerSecond: amount.describe('Tasks done a second.'),
  cpuMs: amount.nullable().describe('CPU time of all workers’ task threads, ms; null where not available.'),
  offThreadCpuMs: amount.nullable().describe('CPU time used for tasks off those threads, ms: see ExecutorReport.'),
  coresBusy: amount
    .nullable()
    .describe(
      'cpuMs and offThreadCpuMs / the part of elapsedMs that was sampled (all of it, unless a warning says otherwise); null where that was too short to say.',
    ),
  running: latencySummarySchema.nullable().describe('From started to finished, of tasks that were done.'),
  failedRunning: latencySummarySchema
    .nullable()
    .default(null)
    .describe(
      'The same of tasks that failed; null where none did, and in reports of before they were told apart, whose `running` holds both.',
    ),
});

const death = z.strictObject({
  atMs: finite.describe('When it died, ms.'),
  worker: count.describe('The worker’s number.'),
  code: z.int().nullable().describe('The exit code; null where there was none.'),
  signal: text.nullable().describe('The signal that ended it; null where none did.'),
});

const workerReport = z.strictObject({
  worker: count.describe('The worker’s number within its executor, from 1.'),
  pid: count.describe('Its process id.'),
  tid: count
    .nullable()
    .describe('The kernel’s id of the thread that ran its tasks, where the system gives one (Linux).'),
  settled: count.describe('Tasks that it settled.'),
  cpuMs: amount.nullable().describe('CPU time of the thread that ran its tasks, ms.'),
  runQueueMs: amount.nullable().describe('Time in which that thread was ready to run and had no core, ms.'),
  startUpMs: amount.nullable().describe('From asking for it until it was ready, ms.'),
  reused: z
    .boolean()
    .optional()
    .describe('True of a thread that was kept from the run before: it had no start-up in this one.'),
});
/** One worker of a run. */
export interface WorkerReport extends z.infer<typeof workerReport> {}
const workerReportSchema: z.ZodType<WorkerReport> = workerReport;

const executorReport = z
  .strictObject({
    executor: executorKey.describe('Which executor.'),
    threadHost,
    counts: taskCountsSchema.describe('What became of its tasks.'),
    throughputPerSecond: amount.describe('Tasks done a second.'),
    cpuMs: amount.nullable().describe('CPU time of the threads that run its tasks, ms.'),
    offThreadCpuMs: amount
      .nullable()
      .describe(
        'CPU time used off those threads, ms: other threads of the workers’ processes, and processes that tasks started; null where it is not known, as of threads in the engine’s own process.',
      ),
    runQueueMs: amount.nullable().describe('Time in which those threads were ready to run and had no core, ms.'),
    coresBusy: amount.nullable().describe('CPU time, on and off those threads, ÷ wall time.'),
    shares: timeSharesSchema
      .nullable()
      .describe('Where its workers’ time went; null where not known, and in reports of before it was told.'),
    running: latencySummarySchema.nullable().describe('From started to finished, of tasks that were done.'),
    failedRunning: latencySummarySchema
      .nullable()
      .default(null)
      .describe('The same of tasks that failed; null where none did, and in reports of before they were told apart.'),
    waiting: latencySummarySchema.nullable().describe('From queued to started.'),
    startUpMs: amount.nullable().describe('From asking for a worker until it was ready, median over workers, ms.'),
    handOverUs: amount.nullable().describe('Round trip of an empty message, median over workers, µs.'),
    memory: executorMemorySchema.nullable().describe('Memory that each of its workers added, on average.'),
    lock: lockProgressSchema
      .nullable()
      .optional()
      .describe(
        'The interpreter lock over the whole run; not there where the executor has no interpreter, nor in reports of before there were any.',
      ),
    deaths: z.array(death).describe('Workers that died.'),
    workers: z.array(workerReportSchema).describe('Each of its workers.'),
  })
  .meta({ id: 'ExecutorReport', description: 'One executor of a live run.' });
export interface ExecutorReport extends z.infer<typeof executorReport> {}
const executorReportSchema: z.ZodType<ExecutorReport> = executorReport;

const thinned = z
  .strictObject({
    seen: count.describe('How many there were.'),
    kept: count.describe('How many of them the report holds.'),
    method: text.describe('How the kept ones were chosen.'),
  })
  .refine((value) => value.kept <= value.seen, { path: ['kept'], error: 'more were kept than seen' })
  .meta({ id: 'Thinned', description: 'What was left out to keep the report bounded.' });
export interface Thinned extends z.infer<typeof thinned> {}
const thinnedSchema: z.ZodType<Thinned> = thinned;

const allThinned = z.strictObject({
  tasks: thinnedSchema.describe('Of tasks.'),
  samples: thinnedSchema.describe('Of samples.'),
  lines: thinnedSchema.describe('Of printed lines.'),
});

const resize = z.strictObject({
  atMs: finite.describe('When it changed, ms.'),
  executor: executorKey.describe('Whose count.'),
  from: workers.describe('Workers before.'),
  to: workers.describe('Workers after.'),
});

const clockFall = z.strictObject({
  fromMhz: amount.describe('The median before, MHz, of the cores that were busy before and after.'),
  toMhz: amount.describe('The median after, MHz.'),
  afterMs: amount.describe('When it fell, ms since the start.'),
  taskMs: z
    .strictObject({
      before: amount.describe('Of those that ended before, ms.'),
      after: amount.describe('Of those that ended after, ms.'),
    })
    .nullable()
    .describe('Mean length of the tasks before and after; null where there were none.'),
});
export interface ClockFall extends z.infer<typeof clockFall> {}

const clockReport = z
  .strictObject({
    meanMhz: amount.describe('The mean of all readings.'),
    lowestMhz: amount.describe('The lowest reading.'),
    highestMhz: amount.describe('The highest reading.'),
    fell: clockFall.nullable().describe('That it fell by more than it varied before; null where it did not.'),
  })
  .meta({
    id: 'ClockReport',
    description: 'The clock of the cores that were busy for at least half of the second before each reading, MHz.',
  });
export interface ClockReport extends z.infer<typeof clockReport> {}
const clockReportSchema: z.ZodType<ClockReport> = clockReport;

const liveReport = z.strictObject({
  ...workloadReportBase,
  kind: z.literal('live').describe('The kind of the experiment.'),
  settings: resolvedSettingsSchema.describe('What was run, every choice made.'),
  totals: totals.describe('All executors together.'),
  executors: z.array(executorReportSchema).describe('Each executor that took part.'),
  resizes: z.array(resize).describe('Every change of a worker count while the run was on.'),
  clock: clockReportSchema
    .nullable()
    .optional()
    .describe('The clock of busy cores; null where it is not known. Reports of before it was told lack it.'),
  samples: sampleTableSchema.describe('How busy the cores were, over time.'),
  tasks: taskTableSchema.describe('Tasks one by one.'),
  lines: z.array(taskLineSchema).describe('Lines that tasks printed.'),
  thinned: allThinned.describe('What was left out to keep the report bounded; `kept` equals `seen` where nothing was.'),
});
export interface LiveReport extends z.infer<typeof liveReport> {}

/** A live run's report, whose tables hold together too. */
export const liveReportSchema: z.ZodType<LiveReport> = liveReport
  .superRefine((report, context) => {
    for (const { path, message } of checkColumns(report)) context.addIssue({ code: 'custom', path, message });
  })
  .meta({ id: 'LiveReport', description: 'A live run. Times are monotonic milliseconds since its start.' });
