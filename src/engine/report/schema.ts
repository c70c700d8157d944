import { z } from 'zod';
import type { Report, ReportSummary } from '../../contract';
import { reportSummaryFields } from '../../contract/schemas';
import type { ReadsByKind } from './reads';

/** A report of any of these kinds. */
export function reportSchemaOf(kinds: ReadsByKind): z.ZodType<Report> {
  const [first, ...others] = Object.values(kinds).map(
    ({ schema }) => schema as unknown as z.core.$ZodTypeDiscriminable,
  );
  if (first === undefined) throw new RangeError('There is no kind of report.');
  return z.discriminatedUnion('kind', [first, ...others]).meta({
    title: 'Coreloom report',
    description:
      'The document of one experiment. Times are monotonic milliseconds since the start of the run; null means "not available here", never 0.',
  }) as unknown as z.ZodType<Report>;
}

/** The line of a report of any of these kinds in the history. */
export function reportSummarySchemaOf(kinds: ReadsByKind): z.ZodType<ReportSummary> {
  return reportSummaryFields.extend({
    kind: z.custom<Report['kind']>((kind) => typeof kind === 'string' && Object.hasOwn(kinds, kind)),
  });
}
