import { formatFacts, REPORT_FORMATS, type RunOutcome } from '../../../src/contract';
import { describe, expect, it } from 'vitest';
import {
  contentOf,
  formatForPath,
  NO_PRINTER,
  parseReportText,
  renderReport,
  renderText,
  TEXT_FORMATS,
} from '../../../src/engine/reports/any-kind';
import { outcomeTitle } from '../../../src/engine/report/view';
import { OUTCOME_WORDS } from '../../../src/engine/report/words';
import { makeReport } from '../../fixtures/report';

describe('the formats of a report', () => {
  it.each([
    ['r.json', 'json'],
    ['a b/R.JSON', 'json'],
    ['r.csv', 'csv-tasks'],
    ['r.trace.json', 'trace'],
    ['r.pdf', 'pdf'],
    ['r.samples.csv', 'csv-samples'],
    ['r.Samples.CSV', 'csv-samples'],
    ['r.md', 'markdown'],
    ['r.markdown', 'markdown'],
    ['r.html', 'html'],
    ['C:\\x\\r.HTM', 'html'],
  ])('%s is %s', (path, format) => {
    expect(formatForPath(path)).toBe(format);
  });

  it.each(['r', 'r.doc', 'r.json.gz', 'json', ''])('%j is refused with the endings that work', (path) => {
    expect(() => formatForPath(path)).toThrow(
      expect.objectContaining({
        code: 'report-format',
        message: expect.stringContaining(
          '.html, .htm, .pdf, .md, .markdown, .json, .csv, .samples.csv, .trace.json',
        ) as string,
      }) as Error,
    );
  });

  it('offers a file name that is safe everywhere and asks for its own format', () => {
    const report = makeReport({ workload: { ...makeReport().workload, name: '../../<b>con</b>\0' } });
    for (const format of TEXT_FORMATS) {
      const { fileName, mediaType, content: text } = renderText(report, format);
      expect(fileName).toMatch(/^coreloom-[A-Za-z0-9-]+-2026-11-22T19-05-37(\.[a-z]+)+$/);
      expect(formatForPath(fileName)).toBe(format);
      expect(mediaType).toBe(formatFacts(format).mediaType);
      expect(text.length).toBeGreaterThan(100);
    }
  });

  it('have names, endings and titles of their own', () => {
    const facts = REPORT_FORMATS.map(formatFacts);
    for (const of of [
      facts.map(({ option }) => option),
      facts.map(({ title }) => title),
      facts.flatMap((one) => one.endings),
    ])
      expect(new Set(of).size).toBe(of.length);
  });

  it('renders the same text for the same report', () => {
    for (const format of TEXT_FORMATS)
      expect(renderText(makeReport(), format).content).toBe(renderText(makeReport(), format).content);
  });
});

describe('JSON', () => {
  it('is the report itself, one column a line', () => {
    const report = makeReport();
    const { content: text } = renderText(report, 'json');
    expect(parseReportText(text)).toEqual(report);
    expect(text.split('\n').length).toBeLessThan(400);
    expect(text).toMatch(/\n {4}"finishedMs": \[[\d.,]+\],\n/);
  });

  it('has one order of fields, whatever the order they came in', () => {
    const report = makeReport();
    const turned = Object.fromEntries(Object.entries(report).reverse()) as unknown as typeof report;
    expect(renderText(turned, 'json').content).toBe(renderText(report, 'json').content);
  });
});

describe('a format that the engine cannot render by itself', () => {
  it('is what the host prints of the page, as bytes', async () => {
    const pages: string[] = [];
    const printPdf = (page: string): Promise<Uint8Array> => {
      pages.push(page);
      return Promise.resolve(new Uint8Array([37, 80, 68, 70]));
    };
    const rendered = await renderReport(makeReport(), 'pdf', { printPdf });
    expect(rendered).toEqual({
      fileName: 'coreloom-sha256-2026-11-22T19-05-37.pdf',
      mediaType: 'application/pdf',
      content: new Uint8Array([37, 80, 68, 70]),
    });
    expect(pages).toEqual([renderText(makeReport(), 'html').content]);
    expect(contentOf(rendered)).toEqual({
      state: 'content',
      fileName: rendered.fileName,
      mediaType: rendered.mediaType,
      encoding: 'base64',
      text: 'JVBERg==',
    });
  });

  it('is refused in one sentence where nothing prints', async () => {
    await expect(renderReport(makeReport(), 'pdf', NO_PRINTER)).rejects.toMatchObject({
      code: 'not-available',
      message: expect.stringMatching(/export HTML/) as string,
    });
  });
});

describe('how an experiment ended', () => {
  it.each(Object.entries(OUTCOME_WORDS) as [RunOutcome, string][])('is said where it is %s', (outcome, words) => {
    const report = makeReport({ outcome, failure: { code: 'interrupted', message: 'Why it is so.' } });
    expect(renderText(report, 'markdown').content).toMatch(new RegExp(`Z, ${words}\\.\\n`));
    expect(renderText(report, 'html').content).toContain(`<span class="outcome ${outcome}">${words}</span>`);
    for (const format of ['markdown', 'html'] as const)
      expect(renderText(report, format).content).toContain(`${outcomeTitle(report)}:`);
  });
});
