import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportJsonSchema } from '../../../src/engine/reports/any-kind';
import { makeCompareReport, NODE_SHAPES } from '../../fixtures/compare-report';
import { makeAnswerReport } from '../../fixtures/answer-report';
import { makeReport } from '../../fixtures/report';
import { makeScorecardReport } from '../../fixtures/scorecard-report';
import { makeScaleReport, SCALE_SHAPES } from '../../fixtures/scale-report';
import { fieldsOf } from '../../support/json-schema';
import { ROOT } from '../../support/paths';

describe('the JSON Schema that is shipped', () => {
  it('is current: `npm run schema` writes it again', async () => {
    const shipped = await readFile(resolve(ROOT, 'resources/report.schema.json'), 'utf8');
    expect(shipped.replaceAll('\r\n', '\n')).toBe(reportJsonSchema());
  });

  it('describes every field of every report, and whatever has a name of its own', () => {
    const { undescribed, described } = fieldsOf(JSON.parse(reportJsonSchema()));
    expect(undescribed).toEqual([]);
    expect(described).toBeGreaterThan(600);
  });

  it('requires every field of a report and allows no other', () => {
    const { oneOf, $defs } = JSON.parse(reportJsonSchema()) as {
      oneOf: { $ref: string }[];
      $defs: Record<string, { required: string[]; additionalProperties: boolean }>;
    };
    expect(oneOf.map(({ $ref }) => $ref)).toEqual([
      '#/$defs/AnswerReport',
      '#/$defs/LiveReport',
      '#/$defs/CompareReport',
      '#/$defs/ScaleReport',
      '#/$defs/LabReport',
      '#/$defs/ScorecardReport',
    ]);
    for (const [name, report] of [
      ['LiveReport', makeReport()],
      ['CompareReport', makeCompareReport(NODE_SHAPES)],
      ['ScaleReport', makeScaleReport(SCALE_SHAPES)],
      ['ScorecardReport', makeScorecardReport()],
      ['AnswerReport', makeAnswerReport()],
    ] as const) {
      expect($defs[name]?.required.sort()).toEqual(Object.keys(report).sort());
      expect($defs[name]?.additionalProperties).toBe(false);
    }
  });
});
