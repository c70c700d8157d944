import { asJson } from '../../contract';
import type { ReadableReport } from './reads';

/** JSON in the contract's order, one field a line and one column of a table a line: small, and readable in a diff. */
export function reportJson({ report, reads }: ReadableReport): string {
  // Parsing puts fields into the schema's order; a report that fails it is still written whole, nothing measured is lost.
  const parsed = reads.schema.safeParse(report);
  return `${layOut(parsed.success ? parsed.data : report, '')}\n`;
}

function layOut(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    if (value.every(isPrimitive)) return asJson(value);
    return block(
      '[]',
      value.map((item: unknown) => layOut(item, `${indent}  `)),
      indent,
    );
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    // A row of a list (a worker, a line, a checksum) reads best as one line.
    if (fields.length <= 8 && fields.every(([, field]) => isPrimitive(field))) return asJson(value);
    return block(
      '{}',
      fields.map(([name, field]) => `${asJson(name)}: ${layOut(field, `${indent}  `)}`),
      indent,
    );
  }
  return asJson(value ?? null);
}

function block(brackets: string, items: string[], indent: string): string {
  if (items.length === 0) return brackets;
  const inner = items.map((item) => `${indent}  ${item}`).join(',\n');
  return `${brackets.charAt(0)}\n${inner}\n${indent}${brackets.charAt(1)}`;
}

function isPrimitive(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}
