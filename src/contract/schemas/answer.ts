import { z } from 'zod';
import { LANGUAGES, usualWords } from '../executors';
import { compareReportSchema, type CompareReport } from './compare';
import { estimateSchema } from './measures';
import { amount, count, executorKey, finite, settingName, text, uint32, workers } from './parts';
import { pythonUsedSchema } from './python';
import { reportBase } from './report-base';
import { scaleReportSchema, type ScaleReport } from './scale';
import { fitting, seed, subjectChoices } from './settings';
import { workloadInfoSchema } from './workload';

const settings = {
  ...subjectChoices,
  executors: subjectChoices.executors.describe(
    `Who may be the answer, beside one worker; default: ${usualWords()}. Two or more of a language.`,
  ),
  seed: seed.describe('Seed of inputs, of the order in rounds and of the resampling; default: random.'),
};
/** What is to be answered: which work. Give either `size` or `taskMs`; neither means the workload's default size. */
export interface AnswerSettings extends z.infer<z.ZodObject<typeof settings, z.core.$strict>> {}
export const answerSettingsSchema: z.ZodType<{ kind: 'answer' } & AnswerSettings> = fitting(
  z.strictObject({ kind: z.literal('answer').describe('The kind of the experiment.'), ...settings }),
);

const resolvedAnswerSettings = z
  .strictObject({
    workload: text.describe('The workload’s name; `custom` where it is a module of the user.'),
    executors: z.array(executorKey).describe('Executors that took part.'),
    size: finite.describe('The size that was asked for, in the workload’s own unit; each part says which it measured.'),
    workloadSettings: z
      .record(settingName, finite)
      .describe('Settings of the workload that were asked for; the others had their defaults.'),
    taskMs: amount.nullable().describe('The length of a task that was wanted, ms; null where a size was.'),
    seed: uint32.describe('Seed of the experiments.'),
    python: pythonUsedSchema.optional().describe('The Python that took part, where there were Python executors.'),
    module: text.optional().describe('Where the workload is a module: its path.'),
    deadlineMs: amount.optional().describe('Where the workload is a module: how long one task may run, ms.'),
  })
  .meta({ id: 'ResolvedAnswerSettings', description: 'Settings as they were resolved: every choice made.' });
export interface ResolvedAnswerSettings extends z.infer<typeof resolvedAnswerSettings> {}
const resolvedAnswerSettingsSchema: z.ZodType<ResolvedAnswerSettings> = resolvedAnswerSettings;

const other = z.strictObject({
  executor: executorKey.describe('Another executor of the language.'),
  workers: workers.describe('How many workers it was compared with.'),
  time: z
    .strictObject({
      value: finite.describe('The value.'),
      low: finite.nullable().describe('The lower end of its 95 % interval; null while too few rounds allow one.'),
      high: finite.nullable().describe('The upper end; null with the lower.'),
    })
    .nullable()
    .describe('Its time ÷ that of the one named; null where speeds changed meanwhile.'),
  stands: z
    .enum(['slower', 'as-well', 'open'])
    .describe(
      'Against the one named: shown to be slower; not told apart by a narrow interval; or not told apart by a wide one or none.',
    ),
  costs: z
    .enum(['more', 'less'])
    .nullable()
    .describe('Whether its workers take more memory or time to start, or less; null where that was not told.'),
  gains: z.boolean().describe('Whether it was shown to be faster than one worker.'),
  oneAtATime: z
    .boolean()
    .describe('Whether its workers were seen to share one core’s worth of time, as threads behind one lock do.'),
});
/** How another executor of the language stands against the one that is named. */
export interface OtherExecutor extends z.infer<typeof other> {}
const otherSchema: z.ZodType<OtherExecutor> = other;

const next = z.strictObject({
  workers: workers.describe('The next larger number that was measured.'),
  gain: estimateSchema.describe('Its throughput ÷ that of the number named.'),
});

const claim = z.discriminatedUnion('claim', [
  z.strictObject({
    claim: z.literal('use').describe('Several workers are faster than one.'),
    executor: executorKey.describe('Whom to use.'),
    workers: workers.describe('How many of them.'),
    gain: estimateSchema.nullable().describe('Times one worker; null where one worker was not measured.'),
    rising: z.boolean().describe('Whether more workers may do more: it was the largest number measured.'),
    next: next.nullable().describe('What more workers add; null where more were not measured.'),
    chosen: z
      .enum(['fastest', 'cheaper', 'undecided'])
      .describe(
        'Why this one: it was shown to be the fastest; of those not told apart it costs the least; or neither was shown.',
      ),
    others: z.array(otherSchema).describe('The other executors of the language.'),
  }),
  z.strictObject({
    claim: z.literal('one-worker').describe('No number of workers was shown to be faster than one.'),
    others: z.array(otherSchema).describe('Who was tried, the fastest first.'),
  }),
  z.strictObject({
    claim: z.literal('too-busy').describe('Something else had the cores.'),
    cores: amount.nullable().describe('How many cores it used; null where that is not known.'),
    of: amount.describe('Of how many.'),
  }),
  z.strictObject({ claim: z.literal('unsteady').describe('Speeds changed while it was measured.') }),
  z.strictObject({
    claim: z.literal('not-measured').describe('There is no answer.'),
    why: text.describe('Why, in a sentence.'),
  }),
]);
/** What is claimed of one language. */
export type AnswerClaim = z.infer<typeof claim>;
const claimSchema: z.ZodType<AnswerClaim> = claim;

const answer = z.strictObject({
  language: z.enum(LANGUAGES).describe('Of which language.'),
  claim: claimSchema.describe('What was found.'),
  compare: text.nullable().describe('The id of the comparison that it stands on; null without one.'),
  scale: text.nullable().describe('The id of the scaling experiment that it stands on; null without one.'),
});
/** The answer for one language. */
export interface LanguageAnswer extends z.infer<typeof answer> {}
const answerSchema: z.ZodType<LanguageAnswer> = answer;

type Told<R> = z.ZodType<R> & z.core.$ZodTypeDiscriminable;

const answerReport = z
  .strictObject({
    ...reportBase,
    kind: z.literal('answer').describe('The kind of the experiment.'),
    workload: workloadInfoSchema.describe('What each task did.'),
    settings: resolvedAnswerSettingsSchema.describe('What was run, every choice made.'),
    roundCount: count.describe('Rounds of all its parts.'),
    answers: z.array(answerSchema).describe('Language by language, Node first.'),
    evidence: z
      .array(
        z.discriminatedUnion('kind', [
          compareReportSchema as Told<CompareReport>,
          scaleReportSchema as Told<ScaleReport>,
        ]),
      )
      .describe('The reports of the experiments that it was made of, whole.'),
  })
  .meta({
    id: 'AnswerReport',
    description: 'Which executor to use for some work on this machine, and how many workers.',
  });
export interface AnswerReport extends z.infer<typeof answerReport> {}
export const answerReportSchema: z.ZodType<AnswerReport> = answerReport;
