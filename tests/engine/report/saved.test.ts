import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXPERIMENT_KINDS, REPORT_SCHEMA_VERSION } from '../../../src/contract';
import { parseReportText, renderText, summarize } from '../../../src/engine/reports/any-kind';
import { ROOT } from '../../support/paths';

const FOLDER = join(ROOT, 'tests/fixtures/reports');
const files = [1, 2].flatMap((version) =>
  readdirSync(join(FOLDER, `version-${version}`)).map((name) => ({ version, name: `version-${version}/${name}` })),
);
const textOf = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

/** What has the same name and meaning in every version: all but what was once called repetitions, and the version. */
function lasting(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lasting);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !/repetition/i.test(key) && !['schemaVersion', 'ended'].includes(key))
      .map(([key, inner]) => [key, lasting(inner)]),
  );
}

describe('the saved reports', () => {
  it('are of every kind that there was, in both versions', () => {
    for (const version of [1, 2]) {
      const kinds = files
        .filter((one) => one.version === version)
        .map(({ name }) => parseReportText(textOf(name)).kind);
      // Answers came after these were saved.
      expect(new Set(kinds)).toEqual(new Set(EXPERIMENT_KINDS.filter((kind) => kind !== 'answer')));
    }
  });

  it.each(files)('$name is what it says', ({ version, name }) => {
    expect(JSON.parse(textOf(name))).toMatchObject({ schemaVersion: version });
  });

  it.each(files)('$name is read with all that it holds', ({ name }) => {
    const report = parseReportText(textOf(name));
    expect(report.schemaVersion).toBe(REPORT_SCHEMA_VERSION);
    expect(report).toMatchObject(lasting(JSON.parse(textOf(name))) as object);
  });

  it.each(files)('$name is a line of the history, and is read in every format', ({ name }) => {
    const report = parseReportText(textOf(name));
    expect(summarize(report)).toMatchObject({ id: report.id, kind: report.kind, finding: report.finding });
    for (const format of ['markdown', 'html', 'csv-tasks', 'csv-samples'] as const)
      expect(renderText(report, format).content).not.toMatch(/\bundefined\b|\bNaN\b|\[object Object\]/);
    expect(parseReportText(renderText(report, 'json').content)).toEqual(report);
  });
});
