// What the desktop's end-to-end tests came to, by specification and host; pure, so that it can be tested.
import { basename } from 'node:path';
import { countsOf } from './test-results.mjs';

const HEAD = ['specification', 'host', 'passed', 'failed', 'skipped'];

/** The rows of tests (`testsOf`): one for each specification and each host that its tests ran on. */
export function desktopRows(tests) {
  const groups = new Map();
  for (const test of tests) {
    const spec = basename(test.file).replace(/\.test\.ts$/, '');
    const key = `${spec}\n${test.host ?? ''}`;
    groups.set(key, { spec, host: test.host, tests: [...(groups.get(key)?.tests ?? []), test] });
  }
  return [...groups.values()]
    .map(({ spec, host, tests: own }) => ({ spec, host, ...countsOf(own) }))
    .sort((a, b) => a.spec.localeCompare(b.spec) || (a.host ?? '').localeCompare(b.host ?? ''));
}

/** The table for a terminal. A test that ended before it launched anything has no host. */
export function desktopTable(rows) {
  const cells = rows.map(({ spec, host, passed, failed, skipped }) => [spec, host ?? '–', passed, failed, skipped]);
  const lines = [HEAD, ...cells].map((line) => line.map(String));
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const pad = (cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]));
  return lines.map((line) => `  ${line.map(pad).join('  ')}`).join('\n');
}

/** Whether tests ran on this host, and none failed anywhere. */
export function held(rows, host) {
  return rows.every(({ failed }) => failed === 0) && rows.some((row) => row.host === host && row.passed > 0);
}
