import { expect, test } from 'vitest';
import { summaryText } from '../../src/cli/summary';
import { makeReport } from '../fixtures/report';

test('the summary counts workers at once, not those that came for workers that died', () => {
  const report = makeReport({}, { workers: { threads: 2, processes: 1 } });
  const [threads] = report.executors;
  threads?.workers.push({ ...threads.workers[0]!, worker: 3, settled: 0 });
  expect(summaryText(report)).toMatch(/^threads {2,}2 .*\n^processes {2,}1 .*\n^together {2,}3 /m);
});
