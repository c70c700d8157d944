import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** Longer values and lists of them say less, not more. */
const LONGEST_VALUE = 40;
const MOST_CHOICES = 8;

/** What of a report is broken first: ` at totals.elapsedMs: it must be a number, and is "12"`. */
export function faultWords(report: unknown, issues: readonly Issue[]): string {
  const [first] = issues;
  if (first === undefined) return '';
  const place = placeOf(first.path);
  return `${place && ` at ${place}`}: ${said(report, first)}${issues.length === 1 ? '' : ` (the first of ${String(issues.length)} faults)`}`;
}

/** `tasks.checksum[2]` */
function placeOf(path: Issue['path']): string {
  return path.reduce<string>(
    (text, key) => text + (typeof key === 'number' ? `[${String(key)}]` : `${text && '.'}${String(key)}`),
    '',
  );
}

function said(report: unknown, issue: Issue): string {
  if (issue.code === 'custom') return issue.message;
  if (issue.code === 'unrecognized_keys') return `unknown field ${issue.keys.map(shown).join(', ')}`;
  if (issue.code === 'invalid_key') return 'invalid field name';
  const right = `it must be ${rightOf(issue)}`;
  const value = valueAt(report, issue.path);
  return `${right}, and is ${value === undefined ? 'missing' : shown(value)}`;
}

function valueAt(report: unknown, path: Issue['path']): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    report,
  );
}

/** What a value should be. */
function rightOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected;
    case 'too_small':
      return issue.origin === 'string' ? 'text that is not empty' : `at least ${String(issue.minimum)}`;
    case 'too_big':
      return `at most ${String(issue.maximum)}`;
    case 'invalid_value':
      return choice(issue.values);
    case 'invalid_union':
      return 'options' in issue && issue.options !== undefined
        ? choice(issue.options)
        : issue.errors.flatMap(([one]) => (one ? [rightOf(one)] : [])).join(' or ');
    case 'invalid_format':
      return issue.format === 'datetime' ? 'a time such as 2026-01-31T09:30:00.000Z' : 'text in another format';
    default:
      return 'another value';
  }
}

const TYPES: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function choice(values: readonly unknown[]): string {
  if (values.length === 1) return shown(values[0]);
  return values.length > MOST_CHOICES
    ? `one of ${String(values.length)} known values`
    : `one of ${values.map(String).join(', ')}`;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? `"${value}"` : String(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
