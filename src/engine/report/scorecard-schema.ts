import { z } from 'zod';
import { CLAIMS } from '../../contract';
import { compareSchema } from './compare-schema';
import { labSchema } from './lab-schema';
import { base, executor, finite, python, text, uint32 } from './schema-parts';

const holds = z.enum(['yes', 'no', 'not-shown']);
const figures = z.array(
  z.strictObject({ executor, text, estimate: z.strictObject({ value: finite, low: finite, high: finite }).nullable() }),
);

/** The shape of a scorecard's report. */
export const scorecardSchema = z
  .strictObject({
    ...base,
    kind: z.literal('scorecard'),
    settings: z.strictObject({ quick: z.boolean(), workers: z.int().min(1), seed: uint32, python: python.nullable() }),
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
    evidence: z.array(z.discriminatedUnion('kind', [compareSchema, labSchema])),
  })
  .meta({ id: 'ScorecardReport' });
