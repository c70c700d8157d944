import { z } from 'zod';

/** The report's JSON Schema (draft 2020-12) as shipped in resources/: the shape, for readers in other languages. */
export function reportJsonSchema(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { target: 'draft-2020-12' }), null, 2)}\n`;
}
