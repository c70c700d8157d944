import { describe, expect, it } from 'vitest';
import { parseReportText, renderText, TEXT_FORMATS } from '../../../src/engine/reports/any-kind';
import { randomReport } from './random-report';

const SEEDS = Array.from({ length: 200 }, (_, seed) => seed);

describe('any valid report', () => {
  it('survives JSON unchanged', () => {
    for (const seed of SEEDS) {
      const report = randomReport(seed);
      expect(parseReportText(renderText(report, 'json').content), `seed ${String(seed)}`).toEqual(report);
    }
  });

  it('renders in every format, without a value that is no value', () => {
    for (const seed of SEEDS) {
      for (const format of TEXT_FORMATS) {
        const { content: text } = renderText(randomReport(seed), format);
        expect(
          /\bNaN\b|\bInfinity\b|\bundefined\b|\[object/.exec(text)?.[0],
          `seed ${String(seed)}, ${format}`,
        ).toBeUndefined();
        expect(text).not.toBe('');
      }
    }
  });
});
