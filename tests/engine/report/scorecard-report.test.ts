import { describe, expect, it } from 'vitest';
import { CLAIMS } from '../../../src/contract';
import { kindOf } from '../../../src/engine/kinds/kind-of';
import {
  parseReport,
  parseReportText,
  renderText,
  reportJson,
  summarize,
  summaryText,
} from '../../../src/engine/reports/any-kind';
import { makeScorecardReport } from '../../fixtures/scorecard-report';

const text = (format: 'html' | 'markdown' | 'csv-tasks' | 'csv-samples'): string =>
  renderText(makeScorecardReport(), format).content;

describe('the report of a scorecard', () => {
  it('is read again as it was written, its evidence whole', () => {
    const report = makeScorecardReport();
    expect(parseReportText(reportJson(report))).toEqual(report);
    expect(() => parseReport({ ...report, rows: [{ ...report.rows[0], holds: 'surely' }] })).toThrow(
      /broken at rows\[0\]\.holds/,
    );
    expect(() => parseReport({ ...report, evidence: [{ kind: 'live' }] })).toThrow(/broken at evidence/);
  });

  it('is a line of the history', () => {
    expect(summarize(makeScorecardReport())).toMatchObject({
      kind: 'scorecard',
      subject: 'scorecard',
      workers: {},
      throughputPerSecond: null,
      finding: '11 of 11 claims hold on this machine.',
    });
  });

  it('shows every claim with its figures and verdict in what is read', () => {
    for (const format of ['html', 'markdown'] as const) {
      const shown = text(format);
      for (const { title } of makeScorecardReport().rows) expect(shown).toContain(title);
      expect(shown).toContain('yes (for Python)');
      expect(shown).toContain('Why, language by language');
    }
  });

  it('says neither yes nor no of a language that a claim does not speak of', () => {
    const report = makeScorecardReport();
    const aboutPython = report.rows.filter(({ of }) => of === 'python');
    expect(aboutPython.length).toBeGreaterThan(0);
    for (const { judged, title } of aboutPython) {
      expect(judged.map(({ language }) => language)).toEqual(['node', 'python']);
      const lines = text('markdown')
        .split('\n')
        .filter((line) => line.startsWith(`| ${title} | Node |`));
      expect(lines.map((line) => line.split(' | ')[2])).toEqual(['not claimed']);
    }
    expect(summaryText(report)).toMatch(/Node +not claimed\. /);
    expect(summaryText(report)).toMatch(/Python +(yes|no|not shown)\. /);
  });

  it('gives figures with their intervals, and claims, as tables', () => {
    const figures = text('csv-tasks').split('\r\n');
    expect(figures[0]).toBe('claim,workers,executor,figure,value,low,high');
    expect(figures.some((line) => /^start-up,threads,threads,.*,30,28\.5,31\.5$/.test(line))).toBe(true);
    expect(text('csv-samples').trim().split('\r\n')).toHaveLength(CLAIMS.length + 1);
  });

  it('can be set beside another by the figures of its evidence', () => {
    const figures = kindOf({ kind: 'scorecard' }).figures(makeScorecardReport());
    expect(
      figures.find(({ of, name }) => of === 'threads' && name.includes('Start-up to the first result, warm'))?.value,
    ).toBe(30);
    expect(new Set(figures.map(({ of, name }) => `${of} ${name}`)).size).toBeGreaterThan(10);
  });

  it('stands without evidence too, where it was stopped at once', () => {
    const report = makeScorecardReport({ evidence: [], outcome: 'cancelled' }, {});
    expect(parseReport(report)).toEqual(report);
    expect(report.rows.every(({ holds }) => holds === 'not-shown')).toBe(true);
  });
});
