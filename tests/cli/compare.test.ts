import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseReportText } from '../../src/engine/reports/any-kind';
import { temporaryFolder } from '../support/folder';
import { descendants, isRunning } from '../support/processes';
import { coreloom, savedReports } from './coreloom';

const QUICK = [
  'compare',
  'sleep',
  '--executors',
  'sequential,threads',
  '--workers',
  '2',
  '--size',
  '2',
  '--tasks',
  '8',
];

test('a comparison says its verdict first, writes every format asked for, and keeps its report', async () => {
  const folder = temporaryFolder();
  const files = ['r.json', 'r.html', 'r.md', 'r.csv', 'r.samples.csv'].map((name) => join(folder, name));
  const command = coreloom([...QUICK, '--rounds', '12', '--seed', '7', ...files.flatMap((file) => ['--report', file])]);
  const { code, out, err } = await command.ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const report = parseReportText(readFileSync(files[0] ?? '', 'utf8'));
  expect(report).toMatchObject({
    kind: 'compare',
    outcome: 'completed',
    roundCount: 12,
    settings: { seed: 7, workers: 2, tasks: 8 },
  });
  expect(out.startsWith(`${report.finding}\n`)).toBe(true);
  // Beside other load, twelve rounds may be too few for an interval.
  const interval = report.kind === 'compare' && report.differences[0]?.ratio.low !== null ? ' × \\[' : ' ×';
  expect(out).toMatch(new RegExp(`^threads / sequential +0\\.\\d+${interval}`, 'm'));
  // Six, where they do not take too long.
  expect(out).toMatch(/^Where the time went, means of [2-6] cold runs of each:$/m);
  expect(out).toMatch(/^threads +.*\n {2}95 % interval +\[/m);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
  expect(savedReports(command.home)).toHaveLength(1);
});

test.skipIf(process.platform === 'win32')('Ctrl-C keeps what was measured and ends with 130', async () => {
  const processes = QUICK.map((word) => (word === 'sequential,threads' ? 'sequential,processes' : word));
  const command = coreloom([...processes, '--rounds', '10000', '--json']);
  // The sampler, the guard and a worker are there: it is under way.
  await expect.poll(() => descendants(command.pid).length, { timeout: 30_000 }).toBeGreaterThan(2);
  const pids = descendants(command.pid);
  command.child.kill('SIGINT');
  const { code, out } = await command.ended;
  expect(code).toBe(130);
  expect(parseReportText(out)).toMatchObject({ kind: 'compare', outcome: 'cancelled', ended: 'stopped' });
  await expect.poll(() => pids.filter(isRunning), { timeout: 10_000 }).toEqual([]);
});

test('wrong usage is one sentence, and nothing is run', async () => {
  for (const [args, sentence] of [
    [['compare', 'sleep', '--executors', 'thread,processes'], /"thread" is not an executor; did you mean threads\?/],
    [['compare', 'sleep', '--rounds', '0'], /--rounds must be a whole number from 1/],
    [['compare', 'sleep', '--executors', 'threads'], /needs at least two executors/],
  ] as const) {
    const { code, out, err } = await coreloom([...args]).ended;
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(sentence);
  }
});
