import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseReportText } from '../../src/engine/reports/any-kind';
import { temporaryFolder } from '../support/folder';
import { asLive } from '../support/live-report';
import { inProcess } from './in-process';

/** A module of which the tasks beyond the first `done` of 64 inputs fail. */
function failing(done: number): string {
  const path = join(temporaryFolder(), 'task.mjs');
  writeFileSync(
    path,
    `export function task({ index }) { if (index >= ${String(done)}) throw new Error('broken'); return 1; }\n`,
  );
  return path;
}

const run = (path: string, ...options: string[]) => inProcess(['run', path, '--threads', '1', ...options]);

test('a run with failed tasks says so first, is not completed, and fails', async () => {
  const { code, out } = await run(failing(1), '--tasks', '64');
  expect(code).toBe(1);
  expect(out).toMatch(
    /^63 of 64 tasks failed\. .*\n\ntask\.mjs, .*, completed with failed tasks, .*\nFailed, 63 tasks: The task threw Error: broken/,
  );
  expect(out).toMatch(/^threads +1 +1 .* 63 +0$/m);
});

test('with --json the report says it, and so does standard error', async () => {
  const { code, out, err } = await run(failing(1), '--tasks', '64', '--json');
  const report = asLive(parseReportText(out));
  expect({ code, outcome: report.outcome, failure: report.failure }).toEqual({
    code: 1,
    outcome: 'tasks-failed',
    failure: null,
  });
  expect(err).toBe(`coreloom: ${report.finding}\n`);
  expect(report.totals.counts).toEqual({ done: 1, failed: 63, retried: 0, cancelled: 0 });
});

test.each([
  ['0', 1],
  ['15', 1],
  ['16', 0],
  ['24.9%', 1],
  ['25%', 0],
  ['100%', 0],
])('of 64 tasks 16 failed: --allow-failures %s ends with exit code %i, and says why', async (allowed, exit) => {
  const { code, out, err } = await run(failing(48), '--tasks', '64', '--allow-failures', allowed);
  expect(code).toBe(exit);
  expect(out).toMatch(/^16 of 64 tasks failed\. /);
  if (exit === 0) expect(out).toContain(`16 of 64 tasks failed, as --allow-failures ${allowed} allows.\n`);
  else expect(err).toBe(`coreloom: 16 of 64 tasks failed, more than --allow-failures ${allowed} allows.\n`);
});

test('what is allowed does not make a success of a run in which nothing was done', async () => {
  const { code, out } = await run(failing(0), '--tasks', '4', '--allow-failures', '100%');
  expect(code).toBe(1);
  expect(out).toMatch(/^All 4 tasks failed; the first said: /);
});

test('a run that came to its end before a task did is no success', async () => {
  const path = join(temporaryFolder(), 'task.mjs');
  writeFileSync(path, 'export const task = () => new Promise(() => setInterval(() => {}, 1e6));\n');
  const { code, out } = await run(path, '--duration', '300ms');
  expect(code).toBe(1);
  expect(out).toMatch(/^No task was completed: 1 task was still running when the time was up\. Use a longer run\.\n/);
});

test('a comparison with a contender that breaks says so first, and fails', async () => {
  const path = join(temporaryFolder(), 'task.mjs');
  writeFileSync(
    path,
    "import { isMainThread } from 'node:worker_threads';\nexport const task = () => { if (isMainThread) throw new Error('broken'); return 1; };\n",
  );
  const compared = await inProcess([
    'compare',
    path,
    '--workers',
    '1',
    '--rounds',
    '1',
    '--tasks',
    '4',
    '--executors',
    'sequential,threads,processes',
  ]);
  expect(compared.code).toBe(1);
  expect(compared.out).toMatch(
    /^Processes dropped out before the end\. .*\n\n.*, completed with failed tasks, .*\nDropped out: processes\. The task threw Error: broken/,
  );
  const scaled = await inProcess([
    'scale',
    path,
    '--max',
    '2',
    '--rounds',
    '2',
    '--executors',
    'threads,processes',
    '--json',
  ]);
  expect(parseReportText(scaled.out)).toMatchObject({
    outcome: 'tasks-failed',
    finding: expect.stringMatching(/^Processes dropped out before the end\. ./) as string,
  });
  expect(scaled).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^coreloom: Processes dropped out before the end\./) as string,
  });
});
