import { z } from 'zod';
import {
  binarySize,
  MAX_IMPORT_BYTES,
  MAX_LISTED,
  MAX_NOTE,
  MAX_TITLE,
  REPORT_SORTS,
  SIDE_BY_SIDE,
  SORT_ORDERS,
  type ReportKind,
} from '../../contract';
import { KINDS } from '../kinds';
import { text, wholeNumber } from './setting-schemas';

const choice = <T extends readonly [string, ...string[]]>(name: string, known: T) =>
  z.enum(known, { error: `${name} must be one of ${known.join(', ')}` });

/** One line: a line break or another control character has no place in a title. */
const title = z
  .string({ error: 'title must be text' })
  .max(MAX_TITLE, { error: `title must be at most ${String(MAX_TITLE)} characters long` })
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u, { error: 'title must be one line' });
const note = z
  .string({ error: 'note must be text' })
  .max(MAX_NOTE, { error: `note must be at most ${String(MAX_NOTE)} characters long` });
const KIND_NAMES = Object.values(KINDS).map(({ name }) => name) as [ReportKind, ...ReportKind[]];
const id = text('id');
const { min, max } = SIDE_BY_SIDE;

/** Arguments of the commands about saved reports. */
export const historySchemas = {
  listReports: z
    .strictObject({
      search: text('search').optional(),
      kind: choice('kind', KIND_NAMES).optional(),
      sort: choice('sort', REPORT_SORTS).optional(),
      order: choice('order', SORT_ORDERS).optional(),
      offset: wholeNumber('offset', { min: 0, max: Number.MAX_SAFE_INTEGER }).optional(),
      limit: wholeNumber('limit', { min: 0, max: MAX_LISTED }).optional(),
    })
    .nullish()
    .transform((query) => query ?? null),
  getReport: z.strictObject({ id }),
  readReport: z.strictObject({ id }),
  renameReport: z.strictObject({ id, title }),
  noteReport: z.strictObject({ id, note }),
  deleteReport: z.strictObject({ id }),
  restoreReport: z.strictObject({ id }),
  importReport: z.strictObject({
    text: z
      .string({ error: 'text must be text' })
      .max(MAX_IMPORT_BYTES, { error: `text must be at most ${binarySize(MAX_IMPORT_BYTES)} long` }),
  }),
  compareReports: z.strictObject({
    ids: z
      .array(id, { error: 'ids must be a list' })
      .min(min, { error: `ids must name ${String(min)} to ${String(max)} reports` })
      .max(max, { error: `ids must name ${String(min)} to ${String(max)} reports` })
      .refine((ids) => new Set(ids).size === ids.length, { error: 'ids must name each report once' }),
  }),
};
