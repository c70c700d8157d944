import { z } from 'zod';
import { CLAIMS } from '../names';
import { compareReportSchema, type CompareReport } from './compare';
import { labReportSchema, type LabReport } from './lab';
import { executorKey, finite, text, uint32 } from './parts';
import { pythonChoiceSchema, pythonUsedSchema } from './python';
import { reportBase } from './report-base';
import { seed, yesOrNo } from './settings';

const holds = z.enum(['yes', 'no', 'not-shown']);
/** Whether a claim holds on this machine: called by intervals, and else not shown. */
export type Holds = z.infer<typeof holds>;

const figure = z.strictObject({
  executor: executorKey.describe('Whose figure.'),
  text: text.describe('In words: `Python 0.97 × [0.95, 0.99] at 4`.'),
  estimate: z
    .strictObject({
      value: finite.describe('The value.'),
      low: finite.describe('The lower end of its 95 % bootstrap interval.'),
      high: finite.describe('The upper end of its 95 % bootstrap interval.'),
    })
    .nullable()
    .describe('The value with its interval, where it is a number.'),
});
/** A figure in words, with its value where it is a number. */
export interface ScorecardFigure extends z.infer<typeof figure> {}
const figureSchema: z.ZodType<ScorecardFigure> = figure;

const judged = z.strictObject({
  language: z.enum(['node', 'python']).describe('The language.'),
  holds: holds.describe('Whether the claim holds for it.'),
  why: text.describe('Why, in a sentence.'),
});

const row = z.strictObject({
  claim: z.enum(CLAIMS).describe('The name of the claim.'),
  title: text.describe('The claim in two words: `CPU-bound work`.'),
  said: text.describe('What is said, in a sentence.'),
  of: z.enum(['python', 'both']).describe('Of which language it is said; `holds` is judged by that.'),
  threads: z.array(figureSchema).describe('What was measured on threads, each line a figure with its interval.'),
  processes: z.array(figureSchema).describe('What was measured on processes.'),
  measuredBy: text.describe('Which lab or comparison, and of what.'),
  holds: holds.describe('Whether it holds on this machine: called by intervals, and else not shown.'),
  judged: z.array(judged).describe('The same by language, with the reason.'),
});
/** A claim held against what was measured. */
export interface ScorecardRow extends z.infer<typeof row> {}
const rowSchema: z.ZodType<ScorecardRow> = row;

const settings = {
  quick: yesOrNo('quick').optional().describe('Under two minutes on two idle cores; intervals are wider.'),
  python: pythonChoiceSchema.optional().describe('Which Python; default: the first that is found.'),
  seed: seed.describe('Seed of the experiments; default: random.'),
};
/** What a scorecard is asked to do. */
export interface ScorecardSettings extends z.infer<z.ZodObject<typeof settings, z.core.$strict>> {}
export const scorecardSettingsSchema: z.ZodType<{ kind: 'scorecard' } & ScorecardSettings> = z.strictObject({
  kind: z.literal('scorecard').describe('The kind of the experiment.'),
  ...settings,
});

const resolvedScorecardSettings = z.strictObject({
  quick: z.boolean().describe('Whether it was to take under two minutes on two idle cores; intervals are wider.'),
  workers: z.int().min(1).describe('Workers of each comparison.'),
  seed: uint32.describe('Seed of the experiments.'),
  python: pythonUsedSchema.nullable().describe('The Python that took part; null where there is none.'),
});
/** Settings as they were resolved. */
export interface ResolvedScorecardSettings extends z.infer<typeof resolvedScorecardSettings> {}
const resolvedScorecardSettingsSchema: z.ZodType<ResolvedScorecardSettings> = resolvedScorecardSettings;

type Told<R> = z.ZodType<R> & z.core.$ZodTypeDiscriminable;

const scorecardReport = z
  .strictObject({
    ...reportBase,
    kind: z.literal('scorecard').describe('The kind of the experiment.'),
    settings: resolvedScorecardSettingsSchema.describe('What was run, every choice made.'),
    rows: z.array(rowSchema).describe('Every claim.'),
    evidence: z
      .array(
        z.discriminatedUnion('kind', [compareReportSchema as Told<CompareReport>, labReportSchema as Told<LabReport>]),
      )
      .describe('The reports of the experiments that it was made of, whole.'),
  })
  .meta({ id: 'ScorecardReport', description: 'Every claim held against what was measured on one machine.' });
export interface ScorecardReport extends z.infer<typeof scorecardReport> {}
export const scorecardReportSchema: z.ZodType<ScorecardReport> = scorecardReport;
