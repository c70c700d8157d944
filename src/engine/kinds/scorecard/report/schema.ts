import { z } from 'zod';
import { CLAIMS, type CompareReport, type LabReport, type ScorecardReport } from '../../../../contract';
import { base, executor, finite, python, text, uint32, type Flat, type Same } from '../../../report/schema-parts';

const holds = z.enum(['yes', 'no', 'not-shown']);
const figures = z.array(
  z.strictObject({ executor, text, estimate: z.strictObject({ value: finite, low: finite, high: finite }).nullable() }),
);

type Shape<R> = z.ZodType<R> & z.core.$ZodTypeDiscriminable;

/** The shape of a scorecard's report, given those of the reports that it rests on. */
export const scorecardSchema = (compare: z.ZodType<CompareReport>, lab: z.ZodType<LabReport>) =>
  z
    .strictObject({
      ...base,
      kind: z.literal('scorecard'),
      settings: z.strictObject({
        quick: z.boolean(),
        workers: z.int().min(1),
        seed: uint32,
        python: python.nullable(),
      }),
      rows: z.array(
        z.strictObject({
          claim: z.enum(CLAIMS),
          title: text,
          said: text,
          of: z.enum(['python', 'both']),
          threads: figures,
          processes: figures,
          measuredBy: text,
          holds,
          judged: z.array(z.strictObject({ language: z.enum(['node', 'python']), holds, why: text })),
        }),
      ),
      evidence: z.array(z.discriminatedUnion('kind', [compare as Shape<CompareReport>, lab as Shape<LabReport>])),
    })
    .meta({ id: 'ScorecardReport' });
true satisfies Same<Flat<z.infer<ReturnType<typeof scorecardSchema>>>, Flat<ScorecardReport>>;
