import { describe, expect, it } from 'vitest';
import { KINDS } from '../../../src/engine/kinds';
import { makeAnswerReport } from '../../fixtures/answer-report';
import {
  parseReportText,
  renderText,
  reportJson,
  reportReading,
  summaryText,
} from '../../../src/engine/reports/any-kind';

const { answer } = KINDS;
const report = makeAnswerReport();
const NODE =
  'Use 2 threads: 1.92 × [1.86, 1.98] one worker; processes do as well here and cost more; a third worker adds nothing.';

describe('the report of an answer', () => {
  it('comes back from JSON as it was, its evidence with it', () => {
    expect(parseReportText(reportJson(report))).toEqual(report);
  });

  it('begins with a sentence for each language in the terminal, then says what each part found', () => {
    const lines = summaryText(report).split('\n');
    expect(lines[0]).toBe(NODE);
    expect(lines[1]).toMatch(/^In Python, use 2 processes: .*\(GIL\); a third worker adds nothing\.$/);
    expect(summaryText(report)).toMatch(
      /\nNode, compare: .*\n\nNode, scaling: .*\n\nPython, compare: .*\n\nPython, scaling: /s,
    );
  });

  it('says what failed instead of an answer', () => {
    const failure = { code: 'task-threw' as const, message: 'The task failed.' };
    expect(summaryText({ ...report, answers: [], evidence: [], failure, finding: failure.message })).toMatch(
      /^The task failed\.\n\nSHA-256/,
    );
  });

  it('has the answer, its reasons and the tables and pictures of its parts in Markdown and HTML', () => {
    const markdown = renderText(report, 'markdown').content;
    expect(markdown).toContain('Use 2 threads');
    expect(markdown).toContain('## Evidence');
    expect(markdown).toContain('Node, compare: ');
    expect(markdown).toContain('Python, scaling: ');
    const html = renderText(report, 'html').content;
    expect(html.match(/<svg/g)?.length ?? 0).toBeGreaterThan(4);
    expect(reportReading(report).formats).not.toContain('trace');
  });

  it('has its figures and its claims as CSV', () => {
    const figures = String(renderText(report, 'csv-tasks').content).split('\r\n');
    expect(figures[0]).toBe('language,experiment,executor,workers,figure,value,low,high');
    expect(figures).toContain('node,compare,threads,2,makespan_ms,205,200.9,209.1');
    expect(figures.filter((line) => line.startsWith('python,scale,python-processes,')).length).toBe(8);
    const claims = String(renderText(report, 'csv-samples').content).split('\r\n');
    expect(claims[1]).toContain('node,use,threads,2,1.92,');
    expect(claims[1]).toContain(`"${NODE}"`);
  });

  it('is one line of the history, with the workers that it names, and figures to set beside another', () => {
    expect(answer.reads.line(report).workers).toEqual({
      threads: { fewest: 2, most: 2 },
      'python-processes': { fewest: 2, most: 2 },
    });
    expect(answer.figures(report).some(({ name }) => name.startsWith('Node, compare: '))).toBe(true);
    expect(answer.workers(report)).toBe('2');
  });
});
