import { expect, test } from 'vitest';
import { summaryText } from '../../src/engine/reports/any-kind';
import { renderText } from '../../src/engine/reports/any-kind';
import { makeCompareReport, NODE_SHAPES } from '../fixtures/compare-report';
import { makeReport } from '../fixtures/report';

test('the summary counts workers at once, not those that came for workers that died', () => {
  const report = makeReport({}, { workers: { threads: 2, processes: 1 } });
  const [threads] = report.executors;
  threads?.workers.push({ ...threads.workers[0]!, worker: 3, settled: 0 });
  expect(summaryText(report)).toMatch(/^threads {2,}2 .*\n^processes {2,}1 .*\n^together {2,}3 /m);
});

test('the summary says why tasks failed, the sentence of most of them first', () => {
  const report = makeReport();
  const said = ['a', 'b', 'b', 'c', 'd', 'e'];
  const failed = {
    ...report,
    outcome: 'tasks-failed' as const,
    failure: null,
    totals: { ...report.totals, counts: { ...report.totals.counts, failed: 6 } },
  };
  const all = {
    ...failed,
    tasks: { ...report.tasks, errors: said.map((message, id) => ({ id, message: `It was ${message}.` })) },
  };
  const thinned = { ...report.thinned, tasks: { ...report.thinned.tasks, seen: 9, kept: 9 } };
  expect(summaryText({ ...all, thinned })).toContain(
    '\nFailed, 2 tasks: It was b.\nFailed, 1 task: It was a.\nFailed, 1 task: It was c.\nFailed: 2 more sentences in the report\n\n ',
  );
  expect(summaryText({ ...all, thinned: { ...thinned, tasks: { ...thinned.tasks, seen: 90 } } })).toContain(
    '\nFailed: It was b.\n',
  );
  expect(summaryText({ ...all, failure: { code: 'internal', message: 'It ended.' } })).not.toContain('It was b.');
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
  expect(text({ ...report, executors: report.executors.map((one) => ({ ...one, workers: [] })) })).not.toContain(
    '## Worker by worker',
  );
});

test('who left before the end is told once with each reason, and not where that reason ended all', () => {
  const report = makeCompareReport(NODE_SHAPES);
  const failure = { code: 'module-broken' as const, message: 'Its setup threw.' };
  const left = {
    ...report,
    contenders: report.contenders.map((one) => (one.contender === 'sequential' ? one : { ...one, failure })),
  };
  expect(summaryText(left)).toContain('\nDropped out: threads and processes. Its setup threw.\n');
  expect(summaryText({ ...left, finding: 'Fewer than two are left. Its setup threw.' })).not.toContain('Dropped out');
});

test('the summary has the cores by the kernel and by systeminformation, each alone where they are few', () => {
  const report = makeReport({}, { cores: 2 });
  expect(summaryText(report)).toContain(
    '\nCores by the kernel and by systeminformation: core 0 83 % and 81 %, core 1 83 % and 81 %; 2 points apart on average, 3.1 points at worst (core 0)\n',
  );
  expect(summaryText(makeReport({}, { cores: 64 }))).toContain(
    '\nCores by the kernel and by systeminformation: 2 points apart on average, 3.1 points at worst (core 0)\n',
  );
  const { samples } = report;
  expect(
    summaryText({ ...report, samples: { ...samples, crossCheck: { ...samples.crossCheck, cores: null } } }),
  ).not.toContain('by systeminformation');
});

test('no share off the tasks’ threads is told of a time that was too short to say how busy the cores were', () => {
  const report = makeReport();
  const used = { cpuMs: 10, offThreadCpuMs: 30 };
  const summaryWith = (coresBusy: number | null): string =>
    summaryText({
      ...report,
      executors: report.executors.map((one) => ({ ...one, ...used, coresBusy })),
      totals: { ...report.totals, ...used, coresBusy },
    });
  expect(summaryWith(0.5)).toContain(' 75 % ');
  expect(summaryWith(null)).not.toContain(' 75 % ');
});

test('the summary says where the time of each executor’s workers went, in parts of one whole', () => {
  const report = makeReport();
  const [line] = /^Time of threads: .*$/m.exec(summaryText(report)) ?? [];
  expect(line).toMatch(/^Time of threads: computing \d+ %/);
  const sum = [...(line ?? '').matchAll(/(\d+) %/g)].reduce((total, [, share]) => total + Number(share), 0);
  expect(Math.abs(sum - 100)).toBeLessThanOrEqual(3);
  expect(
    summaryText({ ...report, executors: report.executors.map((executor) => ({ ...executor, shares: null })) }),
  ).not.toContain('Time of');
});
