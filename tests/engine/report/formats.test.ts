import { describe, expect, it } from 'vitest';
import { REPORT_FORMATS } from '../../../src/contract';
import { formatForPath, parseReportText, renderReport, REPORT_RENDERERS } from '../../../src/engine/report';
import { makeReport } from '../../fixtures/report';

describe('the formats of a report', () => {
  it.each([
    ['r.json', 'json'],
    ['a b/R.JSON', 'json'],
    ['r.csv', 'csv-tasks'],
    ['r.samples.csv', 'csv-samples'],
    ['r.Samples.CSV', 'csv-samples'],
    ['r.md', 'markdown'],
    ['r.markdown', 'markdown'],
    ['r.html', 'html'],
    ['C:\\x\\r.HTM', 'html'],
  ])('%s is %s', (path, format) => {
    expect(formatForPath(path)).toBe(format);
  });

  it.each(['r', 'r.pdf', 'r.json.gz', 'json', ''])('%j is refused with the endings that work', (path) => {
    expect(() => formatForPath(path)).toThrow(expect.objectContaining({ code: 'report-format', message: expect.stringContaining('.json, .csv, .samples.csv, .md, .markdown, .html, .htm') as string }) as Error);
  });

  it('offers a file name that is safe everywhere and asks for its own format', () => {
    const report = makeReport({ workload: { ...makeReport().workload, name: '../../<b>con</b>\0' } });
    for (const format of REPORT_FORMATS) {
      const { fileName, mediaType, text } = renderReport(report, format);
      expect(fileName).toMatch(/^coreloom-[A-Za-z0-9-]+-2026-11-22T19-05-37(\.[a-z]+)+$/);
      expect(formatForPath(fileName)).toBe(format);
      expect(mediaType).toBe(REPORT_RENDERERS[format].mediaType);
      expect(text.length).toBeGreaterThan(100);
    }
  });

  it('renders the same text for the same report', () => {
    for (const format of REPORT_FORMATS) expect(renderReport(makeReport(), format).text).toBe(renderReport(makeReport(), format).text);
  });
});

describe('JSON', () => {
  it('is the report itself, one column a line', () => {
    const report = makeReport();
    const { text } = renderReport(report, 'json');
    expect(parseReportText(text)).toEqual(report);
    expect(text.split('\n').length).toBeLessThan(400);
    expect(text).toMatch(/\n {4}"finishedMs": \[[\d.,]+\],\n/);
  });

  it('has one order of fields, whatever the order they came in', () => {
    const report = makeReport();
    const turned = Object.fromEntries(Object.entries(report).reverse()) as unknown as typeof report;
    expect(renderReport(turned, 'json').text).toBe(renderReport(report, 'json').text);
  });
});
