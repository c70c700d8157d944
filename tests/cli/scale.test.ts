import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseReportText } from '../../src/engine/reports/any-kind';
import { temporaryFolder } from '../support/folder';
import { descendants, isRunning } from '../support/processes';
import { coreloom, savedReports } from './coreloom';

const QUICK = ['scale', 'sleep', '--executors', 'threads', '--max', '2', '--size', '4'];

test('scaling says what to use first, draws every worker count, writes every format, and keeps its report', async () => {
  const folder = temporaryFolder();
  const files = ['r.json', 'r.html', 'r.md', 'r.csv', 'r.samples.csv'].map((name) => join(folder, name));
  const command = coreloom([...QUICK, '--rounds', '2', '--seed', '7', ...files.flatMap((file) => ['--report', file])]);
  const { code, out, err } = await command.ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const report = parseReportText(readFileSync(files[0] ?? '', 'utf8'));
  expect(report).toMatchObject({
    kind: 'scale',
    outcome: 'completed',
    roundCount: 2,
    settings: { seed: 7, workers: [1, 2], executors: ['threads'] },
  });
  expect(out.startsWith(`${report.finding}\n`)).toBe(true);
  expect(out).toMatch(/^1 +[\d.,]+ +\[[\d.,]+, [\d.,]+\] +1\.00 × .*█/m);
  expect(out).toMatch(/◄ (enough|this or more)$/m);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
  expect(savedReports(command.home)).toHaveLength(1);
});

test.skipIf(process.platform === 'win32')('Ctrl-C keeps what was measured and ends with 130', async () => {
  const processes = QUICK.map((word) => (word === 'threads' ? 'processes' : word));
  const command = coreloom([...processes, '--rounds', '1000', '--json']);
  // The sampler, the guard and a worker are there: it is under way.
  await expect.poll(() => descendants(command.pid).length, { timeout: 30_000 }).toBeGreaterThan(2);
  const pids = descendants(command.pid);
  command.child.kill('SIGINT');
  const { code, out } = await command.ended;
  expect(code).toBe(130);
  expect(parseReportText(out)).toMatchObject({ kind: 'scale', outcome: 'cancelled', ended: 'stopped' });
  await expect.poll(() => pids.filter(isRunning), { timeout: 10_000 }).toEqual([]);
});

test('wrong usage is one sentence, and nothing is run', async () => {
  for (const [args, sentence] of [
    [['scale', 'sleep', '--max', '1'], /--max must be a whole number from 2 to 1024/],
    [['scale', 'sleep', '--executors', 'sequential'], /sequential always has one worker/],
  ] as const) {
    const { code, out, err } = await coreloom([...args]).ended;
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(sentence);
  }
});
