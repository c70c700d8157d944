import { expect, test } from 'vitest';
import { summaryText } from '../../src/cli/summary';
import { renderText } from '../../src/engine/report';
import { makeCompareReport, NODE_SHAPES } from '../fixtures/compare-report';
import { makeReport } from '../fixtures/report';

test('the summary counts workers at once, not those that came for workers that died', () => {
  const report = makeReport({}, { workers: { threads: 2, processes: 1 } });
  const [threads] = report.executors;
  threads?.workers.push({ ...threads.workers[0]!, worker: 3, settled: 0 });
  expect(summaryText(report)).toMatch(/^threads {2,}2 .*\n^processes {2,}1 .*\n^together {2,}3 /m);
});

test('what has nothing in it is left out where a comparison came to nothing', () => {
  const report = makeCompareReport(NODE_SHAPES);
  expect(summaryText(report)).toContain('Takes, as a share');
  expect(summaryText({ ...report, differences: [] })).not.toContain('Takes, as a share');
});

test('a table without a row is in no report', () => {
  const report = makeReport();
  const text = (of: typeof report): string => renderText(of, 'markdown').content;
  expect(text(report)).toContain('## Worker by worker');
  expect(text({ ...report, executors: report.executors.map((one) => ({ ...one, workers: [] })) })).not.toContain('## Worker by worker');
});
