import { expect, test } from 'vitest';
import { parseReportText } from '../../src/engine/reports/any-kind';
import { descendants, isRunning } from '../support/processes';
import { coreloom, savedReports } from './coreloom';

test.skipIf(process.platform === 'win32')(
  'a lab that is interrupted keeps what was measured, leaves nothing running, and ends with 130',
  async () => {
    const command = coreloom(['lab', 'race', '--seed', '7', '--json']);
    await expect.poll(() => descendants(command.pid).length, { timeout: 30_000 }).toBeGreaterThan(1);
    const pids = descendants(command.pid);
    command.child.kill('SIGINT');
    const { code, out } = await command.ended;
    expect(code).toBe(130);
    const report = parseReportText(out);
    expect(report).toMatchObject({ kind: 'lab', lab: 'race', outcome: 'cancelled', settings: { seed: 7 } });
    expect(
      report.kind === 'lab' && report.lab === 'race' ? report.rows.every(({ reason }) => reason !== null) : false,
    ).toBe(true);
    expect(savedReports(command.home)).toHaveLength(1);
    await expect.poll(() => pids.filter(isRunning), { timeout: 10_000 }).toEqual([]);
  },
);

test('a lab that there is not is one sentence, and nothing is run', async () => {
  const { code, out, err } = await coreloom(['lab', 'rase']).ended;
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/"rase" is not a lab; did you mean race\?/);
});
