import { z } from 'zod';
import { reportSchema } from './schema';

/** The report's JSON Schema (draft 2020-12) as shipped in resources/: the shape, for readers in other languages. */
export function reportJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(reportSchema, { target: 'draft-2020-12' }), null, 2)}\n`;
}
