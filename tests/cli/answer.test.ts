import { expect, test } from 'vitest';
import { parseReportText } from '../../src/engine/reports/any-kind';
import { descendants, isRunning } from '../support/processes';
import { coreloom } from './coreloom';

const FIRST =
  /^(?:Use (?:one worker|(?:at least )?\d+ (?:threads|processes))|This machine is too busy to tell|No answer): .+\.$/;

test(
  'an answer begins with what to use, or says that this machine is too busy to tell',
  { timeout: 240_000 },
  async () => {
    const { code, out } = await coreloom(['answer', 'sleep', '--size', '5', '--executors', 'threads,processes']).ended;
    expect(code).toBe(0);
    const [first = '', ...rest] = out.split('\n');
    expect(first).toMatch(FIRST);
    expect(rest.join('\n')).toMatch(/\nSleep, size 5, .* completed, seed \d+\n[^]*\nNode, compare: /);
  },
);

test.skipIf(process.platform === 'win32')('Ctrl-C ends an answer with a report, and leaves no process', async () => {
  const command = coreloom(['answer', 'sleep', '--size', '5', '--executors', 'threads,processes', '--json']);
  await expect.poll(() => descendants(command.pid).length, { timeout: 60_000 }).toBeGreaterThan(1);
  const pids = descendants(command.pid);
  command.child.kill('SIGINT');
  const { code, out } = await command.ended;
  expect(code).toBe(130);
  expect(parseReportText(out)).toMatchObject({ kind: 'answer', outcome: 'cancelled', settings: { workload: 'sleep' } });
  await expect.poll(() => pids.filter(isRunning), { timeout: 10_000 }).toEqual([]);
});

test('wrong usage is one sentence, and nothing is run', async () => {
  const { code, out, err } = await coreloom(['answer', 'sleep', '--executors', 'sequential']).ended;
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toBe(
    'coreloom: An answer needs two executors of a language; available here: sequential, threads, processes.\n',
  );
});
