import { z } from 'zod';
import { CLAIMS } from '../../../../contract';
import { base, executor, finite, python, text, uint32 } from '../../../report/schema-parts';

const holds = z.enum(['yes', 'no', 'not-shown']);
const figures = z.array(
  z.strictObject({ executor, text, estimate: z.strictObject({ value: finite, low: finite, high: finite }).nullable() }),
);

/** The shape of a scorecard's report, given that of the reports it rests on. */
export const scorecardSchema = <Evidence extends z.ZodType>(evidence: Evidence) =>
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
      evidence: z.array(evidence),
    })
    .meta({ id: 'ScorecardReport' });
