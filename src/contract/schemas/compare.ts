import { z } from 'zod';
import { languageFacts, LANGUAGES, usualWords, type ContenderKey } from '../executors';
import { LIMITS } from '../limits';
import { throttledSchema } from './machine';
import { errorInfoSchema, estimateSchema, latencySummarySchema, taskCountsSchema } from './measures';
import {
  amount,
  count,
  executorKey,
  finite,
  lockKind,
  roundTable,
  share,
  text,
  threadHost,
  uint32,
  workers,
} from './parts';
import { sizeSettings, subjectSettings, workloadReportBase } from './report-base';
import { fitting, seed, subjectChoices, wholeNumber, yesOrNo } from './settings';

const baselines = z.enum(LANGUAGES.map((language) => languageFacts(language).baseline));
const contenderKey: z.ZodType<ContenderKey> = z.union([
  executorKey,
  baselines,
  z.templateLiteral([baselines, '@', z.string().min(1)]),
]);

const settings = {
  ...subjectChoices,
  executors: subjectChoices.executors.describe(`Two or more; default: ${usualWords()}.`),
  seed: seed.describe('Seed of inputs, of the order in rounds and of the resampling; default: random.'),
  workers: wholeNumber('workers', LIMITS.compareWorkers)
    .optional()
    .describe('Workers of each executor that can have several; default: what the machine can give.'),
  tasks: wholeNumber('tasks', LIMITS.roundTasks)
    .optional()
    .describe(
      'Tasks of one round; default: enough for the slowest contender’s round to be well above the clock’s error, at least 4 for each worker.',
    ),
  rounds: wholeNumber('rounds', LIMITS.compareRounds)
    .optional()
    .describe('Measure exactly this many rounds; default: until the ratios are stable or a limit is reached.'),
  precise: yesOrNo('precise')
    .optional()
    .describe(
      'Take more time: whole sizes, at least 8 tasks for each worker, and up to 90 s of rounds; default: a verdict within about 30 s.',
    ),
  quick: yesOrNo('quick')
    .optional()
    .describe('Take less time: 5 s of rounds for two contenders and 2 s for each further one; intervals are wider.'),
};
/** What a comparison is asked to do. Give either `size` or `taskMs`; neither means the workload's default size. */
export interface CompareSettings extends z.infer<z.ZodObject<typeof settings, z.core.$strict>> {}
export const compareSettingsSchema: z.ZodType<{ kind: 'compare' } & CompareSettings> = fitting(
  z.strictObject({ kind: z.literal('compare').describe('The kind of the experiment.'), ...settings }),
);

const resolvedCompareSettings = z
  .strictObject({
    workload: text.describe('The workload’s name; `custom` where it is a module of the user.'),
    executors: z.array(executorKey).describe('Executors that took part.'),
    workers: workers.describe('Workers of each executor that can have several.'),
    ...sizeSettings,
    tasks: count.nullable().describe('Tasks of one round; null where it ended before they were counted out.'),
    rounds: count.nullable().describe('How many rounds were wanted; null: until stable.'),
    precise: z
      .boolean()
      .optional()
      .describe('Whether more time was to be taken; reports of before it was offered lack it.'),
    quick: z
      .boolean()
      .optional()
      .describe('Whether less time was to be taken; reports of before it was offered lack it.'),
    defaultSize: finite
      .nullable()
      .optional()
      .describe(
        'The workload’s default size, where tasks were made smaller so that enough rounds fit into the time; null where they were not.',
      ),
    seed: uint32.describe('Seed of inputs, of the order in rounds and of the resampling.'),
    ...subjectSettings,
  })
  .meta({ id: 'ResolvedCompareSettings', description: 'Settings as they were resolved: every choice made.' });
export interface ResolvedCompareSettings extends z.infer<typeof resolvedCompareSettings> {}
const resolvedCompareSettingsSchema: z.ZodType<ResolvedCompareSettings> = resolvedCompareSettings;

const rounds = roundTable({
  round: z.array(count).describe('Number of the round, from 0.'),
  makespanMs: z.array(amount).describe('From handing over the list of tasks to having all results, ms.'),
  cpuMs: z.array(amount.nullable()).describe('CPU time of the task threads, ms.'),
  offThreadCpuMs: z.array(amount.nullable()).describe('CPU time used off those threads, ms.'),
  runQueueMs: z.array(amount.nullable()).describe('Time that task threads were runnable without a core, ms.'),
  deaths: z.array(count).describe('Workers that died.'),
}).meta({ id: 'RoundTable', description: 'Raw values of the rounds, in columns of equal length.' });
export interface RoundTable extends z.infer<typeof rounds> {}
const roundTableSchema: z.ZodType<RoundTable> = rounds;

const timeParts = z
  .strictObject({
    wholeMs: amount.describe('The whole life, ms.'),
    spawnMs: amount.describe('From asking for workers until all were ready, ms.'),
    firstTaskMs: amount.describe('A worker’s first task, ms.'),
    computeMs: amount.describe('Its further tasks, ms.'),
    serializeMs: amount
      .nullable()
      .describe(
        'Turning arguments and results into bytes and back, ms: an estimate, measured apart; null where it cannot be told from transfer.',
      ),
    transferMs: finite.describe(
      'From the list’s start or the worker’s last task to its next, and its last result’s way back, less serializeMs, ms.',
    ),
    waitingMs: finite.describe('The rest: time in which there was nothing left for a worker, ms.'),
    teardownMs: amount.describe('From dismissing the workers until the last had gone, ms.'),
  })
  .meta({
    id: 'TimeParts',
    description:
      'Whole lives of a contender, each from asking for workers to the end of the last one, with the list of tasks run once, cold: means over the lives. All parts are wall time, those of the run means over its workers: they add up to the whole.',
  });
export interface TimeParts extends z.infer<typeof timeParts> {}
const timePartsSchema: z.ZodType<TimeParts> = timeParts;

const ends = z
  .strictObject({ low: finite.describe('The lower end.'), high: finite.describe('The upper end.') })
  .nullable();
const eachLife = z.strictObject({
  wholeMs: z.array(amount).describe('As in TimeParts.'),
  spawnMs: z.array(amount).describe('As in TimeParts.'),
  firstTaskMs: z.array(amount).describe('As in TimeParts.'),
  computeMs: z.array(amount).describe('As in TimeParts.'),
  serializeMs: z.array(amount.nullable()).describe('As in TimeParts.'),
  transferMs: z.array(finite).describe('As in TimeParts.'),
  waitingMs: z.array(finite).describe('As in TimeParts.'),
  teardownMs: z.array(amount).describe('As in TimeParts.'),
});
const lifeIntervals = z.strictObject({
  wholeMs: ends.describe('Of the mean of wholeMs.'),
  spawnMs: ends.describe('Of the mean of spawnMs.'),
  firstTaskMs: ends.describe('Of the mean of firstTaskMs.'),
  computeMs: ends.describe('Of the mean of computeMs.'),
  serializeMs: ends.describe('Of the mean of serializeMs.'),
  transferMs: ends.describe('Of the mean of transferMs.'),
  waitingMs: ends.describe('Of the mean of waitingMs.'),
  teardownMs: ends.describe('Of the mean of teardownMs.'),
});

const lives = z
  .strictObject({
    count: count.describe('How many lives `parts` are the means of.'),
    shortestMs: amount.describe('The shortest of them, ms.'),
    longestMs: amount.describe('The longest of them, ms.'),
    each: eachLife
      .optional()
      .describe('Each of them, in columns of equal length; reports of before it was kept have none.'),
    intervals: lifeIntervals
      .optional()
      .describe(
        'The 95 % intervals of the means (Student’s t); null of a single life, and of what a life does not know.',
      ),
  })
  .refine(
    ({ count: lived, each }) => each === undefined || Object.values(each).every((column) => column.length === lived),
    { error: 'it does not tell of each life' },
  )
  .meta({ id: 'LivesReport', description: 'The lives that the parts of a contender’s time are the means of.' });
export interface LivesReport extends z.infer<typeof lives> {}
const livesSchema: z.ZodType<LivesReport> = lives;

const coreUse = z
  .strictObject({
    cores: z.array(count).describe('Their numbers, as the system counts them.'),
    busy: z.array(share).describe('Over all rounds, by core.'),
    series: z
      .array(z.array(share))
      .describe('By core, in the order of the rounds: each value is of one round, or of several in a row.'),
    own: z
      .strictObject({
        busy: z.array(share).describe('Over all rounds, by core.'),
        series: z.array(z.array(share)).describe('By core, in the order of the rounds.'),
      })
      .nullable()
      .optional()
      .describe(
        'What of it the contender’s own task threads used, at most what the core was busy; null where the system cannot tell. Reports of before it was measured lack it.',
      ),
  })
  .refine(
    ({ cores: list, busy, series, own }) =>
      [busy, series, ...(own ? [own.busy, own.series] : [])].every((columns) => columns.length === list.length),
    { error: 'it does not tell of each core' },
  )
  .meta({
    id: 'CoreUse',
    description:
      'How busy each logical CPU was while the rounds of a contender ran, used by any program: shares from 0 to 1.',
  });
export interface CoreUse extends z.infer<typeof coreUse> {}
const coreUseSchema: z.ZodType<CoreUse> = coreUse;

const contenderMemory = z.strictObject({
  residentBytes: finite.describe('The growth of their resident sets, bytes.'),
  proportionalBytes: finite
    .nullable()
    .describe('Shared pages divided by who shares them, bytes; null for threads and where the system does not say.'),
});
/** Memory that all workers of a contender added together, after its first list of tasks. */
export interface ContenderMemory extends z.infer<typeof contenderMemory> {}
const contenderMemorySchema: z.ZodType<ContenderMemory> = contenderMemory;

/** The pseudo-median of the ratios of the rounds, with an interval that holds at every look; older reports: of medians, bootstrapped. */
const ratioEstimate = {
  value: finite.describe('The pseudo-median of the ratios of its rounds; in older reports the ratio of the medians.'),
  low: finite.nullable().describe('The lower end of its 95 % interval; null while too few rounds allow one.'),
  high: finite.nullable().describe('The upper end of its 95 % interval; null with the lower.'),
};

const speedUp = z.strictObject({
  ...ratioEstimate,
  against: contenderKey.describe('The baseline that it is held against.'),
});

const outlier = z.strictObject({
  round: count.describe('The number of the round.'),
  makespanMs: amount.describe('What it took, ms.'),
  happened: text.describe('What was seen to happen in it.'),
});

const contenderReport = z
  .strictObject({
    contender: contenderKey.describe('Who took part: an executor, or the baseline of a language that no executor is.'),
    executor: executorKey.describe('The executor that ran its tasks.'),
    threadHost,
    workers: workers.describe('How many workers it had.'),
    failure: errorInfoSchema.nullable().describe('Why it left the race; what it measured before stands.'),
    makespanMs: estimateSchema
      .nullable()
      .describe('From handing over the list to having all results: the median of the rounds, ms.'),
    speedUp: speedUp
      .nullable()
      .describe('How many times as fast as the baseline of its language; null for the baseline itself.'),
    efficiency: amount
      .nullable()
      .describe(
        'speedUp ÷ what the CPUs that the measuring process may use allow; null where the tasks wait rather than compute, not known or impossible.',
      ),
    cpuMs: amount.nullable().describe('CPU time of the task threads in a round, median, ms; null where not available.'),
    offThreadCpuMs: amount
      .nullable()
      .describe(
        'CPU time used off those threads in a round, median, ms: as of a live run’s executor; null where it is not known.',
      ),
    runQueueMs: amount
      .nullable()
      .describe(
        'Time that its task threads were runnable without a core in a round, median, ms; null where not available.',
      ),
    coresBusy: amount
      .nullable()
      .describe('CPU time, on and off those threads, ÷ makespan, median; null where the rounds were too short to say.'),
    running: latencySummarySchema.nullable().describe('From started to finished, of all its tasks.'),
    waiting: latencySummarySchema.nullable().describe('From queued to started.'),
    counts: taskCountsSchema.describe('What became of its tasks.'),
    startUpMs: amount.nullable().describe('From asking for a worker until it was ready, median over workers, ms.'),
    handOverUs: amount.nullable().describe('Round trip of an empty message, median over workers, µs.'),
    memory: contenderMemorySchema
      .nullable()
      .describe('Memory that all its workers added together, after its first list of tasks.'),
    lock: lockKind.nullable().describe('The lock of its interpreter; null for Node.'),
    outliers: z.array(outlier).describe('Rounds far from the others.'),
    parts: timePartsSchema.nullable().describe('Where the time of a whole life went.'),
    lives: livesSchema
      .nullable()
      .optional()
      .describe('The lives that `parts` are the means of. Reports that do not say it have one.'),
    cores: coreUseSchema
      .nullable()
      .optional()
      .describe('How busy cores were in its rounds; null where those were too short for the system’s clock ticks.'),
    engineCpuMs: amount
      .nullable()
      .optional()
      .describe(
        'CPU time of Coreloom’s own engine in a round, which hands out the tasks, median, ms; null where not available. Reports of before it was measured lack it.',
      ),
    throttled: throttledSchema
      .nullable()
      .optional()
      .describe(
        'What a quota of CPU time did in its rounds; null where none is set. Reports of before it was measured lack it.',
      ),
    rounds: roundTableSchema.describe('Raw values of its rounds.'),
  })
  .meta({ id: 'ContenderReport', description: 'One contender of a comparison.' });
export interface ContenderReport extends z.infer<typeof contenderReport> {}
const contenderReportSchema: z.ZodType<ContenderReport> = contenderReport;

const pairReport = z.strictObject({
  contender: contenderKey.describe('Who is compared.'),
  against: contenderKey.describe('With whom.'),
  rounds: count.describe('Rounds that both have.'),
  ratio: z
    .strictObject(ratioEstimate)
    .describe('Makespan ÷ makespan of the other in the same round: below 1 is faster.'),
  callLow: finite
    .nullable()
    .describe('The lower end of the interval that the verdict goes by; null while too few rounds allow one.'),
  callHigh: finite.nullable().describe('Its upper end; null with the lower.'),
  callConfidence: share
    .optional()
    .describe(
      'The confidence of that interval, with which all pairs together reach 95 %; older reports lack it: 0.99.',
    ),
  basis: z
    .enum(['rounds', 'quarters'])
    .optional()
    .describe(
      'What ratio and intervals are made of: all rounds; or the medians of their four quarters, where speeds changed meanwhile by much less than the difference. Older reports lack it: rounds.',
    ),
  verdict: z
    .enum(['faster', 'slower', 'no-difference', 'too-few-rounds', 'unsteady'])
    .describe(
      'What the interval allows to be said; unsteady: speeds changed meanwhile (the machine’s, or those of workers from one start to the next), and no ratio is claimed.',
    ),
});
/** Two contenders, by the rounds that both have. */
export interface PairReport extends z.infer<typeof pairReport> {}
const pairReportSchema: z.ZodType<PairReport> = pairReport;

const compareEnd = z.enum(['stable', 'rounds-done', 'round-limit', 'time-limit', 'stopped', 'failed']);
/** What ended the rounds: every ratio stable, the wanted number, a limit, or somebody. */
export type CompareEnd = z.infer<typeof compareEnd>;

const compareReport = z
  .strictObject({
    ...workloadReportBase,
    kind: z.literal('compare').describe('The kind of the experiment.'),
    settings: resolvedCompareSettingsSchema.describe('What was run, every choice made.'),
    ended: compareEnd.describe('What ended the rounds: every ratio stable, the wanted number, a limit, or somebody.'),
    roundCount: count.describe('Rounds that were completed; a contender that was settled or failed has fewer.'),
    restarts: z
      .array(count)
      .optional()
      .describe(
        'The first round after each time that all workers were started again, so that states that they are stuck in show; none where too few rounds or too little time allowed it. Older reports lack it.',
      ),
    orders: z.array(z.array(contenderKey)).describe('The order of each round, as drawn from the seed.'),
    contenders: z.array(contenderReportSchema).describe('Each contender.'),
    differences: z.array(pairReportSchema).describe('Every pair, by rounds that both have.'),
  })
  .meta({
    id: 'CompareReport',
    description: 'A comparison: the same list of tasks on several executors, in rounds of shuffled order.',
  });
export interface CompareReport extends z.infer<typeof compareReport> {}
export const compareReportSchema: z.ZodType<CompareReport> = compareReport;
