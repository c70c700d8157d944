import { z } from 'zod';
import { REPORT_KINDS, type Report, type ReportSummary } from '../../contract';
import { compareSchema } from '../kinds/compare/report/schema';
import { labSchema } from '../kinds/lab/report/schema';
import { liveSchema } from '../kinds/live/report/schema';
import { scorecardSchema } from '../kinds/scorecard/report/schema';
import { scaleSchema } from '../kinds/scale/report/schema';
import { amount, byExecutor, instant, outcome, text, workers } from './schema-parts';

/** A report of any kind; a further kind is one schema and one line here. */
export const reportSchema = z
  .discriminatedUnion('kind', [
    liveSchema,
    compareSchema,
    scaleSchema,
    labSchema,
    scorecardSchema(z.discriminatedUnion('kind', [compareSchema, labSchema])),
  ])
  .meta({
    title: 'Coreloom report',
    description:
      'The document of one experiment. Times are monotonic milliseconds since the start of the run; null means "not available here", never 0.',
  });

export const reportSummarySchema = z.strictObject({
  id: text,
  kind: z.enum(REPORT_KINDS),
  startedAt: instant,
  outcome,
  subject: text,
  workers: byExecutor(z.strictObject({ fewest: workers, most: workers })),
  elapsedMs: amount,
  throughputPerSecond: amount.nullable(),
  finding: text,
});

/** Exactly equal types, in both directions. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Flat<T> = T extends object ? { [K in keyof T]: Flat<T[K]> } : T;
/** Does not compile where the schema and the contract drift apart. */
true satisfies Same<Flat<z.infer<typeof reportSchema>>, Flat<Report>>;
true satisfies Same<Flat<z.infer<typeof reportSummarySchema>>, Flat<ReportSummary>>;
