import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseReportText } from '../../src/engine/reports/any-kind';
import { scorecardSummary } from '../../src/engine/kinds/scorecard/report/summary';
import { createStore } from '../../src/engine/reports/saved-reports';
import { makeScorecardReport } from '../fixtures/scorecard-report';
import { descendants, isRunning } from '../support/processes';
import { coreloom } from './coreloom';

test('a scorecard says each claim with its verdict, the figures and the reasons', () => {
  const text = scorecardSummary(makeScorecardReport());
  expect(text).toMatch(/^11 of 11 claims hold on this machine\.\n/);
  expect(text).toMatch(
    /^yes +Start-up: A process takes longer to start than a thread\.\n +threads +Node: 30\.0 ms \[28\.5, 31\.5\]/m,
  );
  expect(text).toMatch(/^ +Node +not claimed\. Threads of Node share no lock/m);
});

test.skipIf(process.platform === 'win32')('Ctrl-C ends a scorecard with a report, and leaves no process', async () => {
  const command = coreloom(['scorecard', '--quick', '--json']);
  await expect.poll(() => descendants(command.pid).length, { timeout: 60_000 }).toBeGreaterThan(1);
  const pids = descendants(command.pid);
  command.child.kill('SIGINT');
  const { code, out } = await command.ended;
  expect(code).toBe(130);
  const report = parseReportText(out);
  expect(report).toMatchObject({ kind: 'scorecard', outcome: 'cancelled' });
  await expect.poll(() => pids.filter(isRunning), { timeout: 10_000 }).toEqual([]);
});

test.skipIf(process.platform === 'win32')(
  'a scorecard that is killed keeps the parts that it had measured',
  async () => {
    const command = coreloom(['scorecard', '--quick']);
    const { home } = command;
    const reports = join(home, 'reports');
    await expect
      .poll(() => existsSync(reports) && readdirSync(reports).some((name) => name.endsWith('.draft')), {
        timeout: 60_000,
      })
      .toBe(true);
    command.child.kill('SIGKILL');
    await command.ended;
    const {
      reports: [found],
    } = await createStore({ home }).list();
    expect(found).toMatchObject({ kind: 'scorecard', outcome: 'interrupted' });
    const report = await createStore({ home }).load(found?.id ?? '');
    expect(report).toMatchObject({ failure: { code: 'interrupted' }, evidence: [{ kind: 'lab' }] });
  },
);

test('wrong usage is one sentence, and nothing is run', async () => {
  const { code, out, err } = await coreloom(['scorecard', '--seed', '-1']).ended;
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('--seed must be a whole number from 0');
});
