import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReportSummary } from '../../src/contract';
import { call } from '../e2e/support/call';
import { liveIn } from '../support/experiment-state';
import { launchStandIn, type StandIn } from '../support/electron/launch';

let home: string;
let app: StandIn;
const launch = async (): Promise<StandIn> => {
  app = await launchStandIn({ env: { CORELOOM_HOME: home } });
  return app;
};
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'coreloom-session-end-'));
});
afterEach(async () => {
  await app.dispose();
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
});

/** Starts a run of one thread that has done some work; answers its id. */
async function busy(): Promise<string> {
  const page = await (await launch()).firstWindow();
  await page.waitForFunction(() => 'coreloom' in window);
  const { id } = await call(page, 'startExperiment', {
    kind: 'live',
    workload: 'sleep',
    size: 5,
    workers: { threads: 1 },
  });
  await expect.poll(async () => liveIn(await call(page, 'getState', null))?.counts.done).toBeGreaterThan(0);
  await expect.poll(() => readdirSync(join(home, 'reports')).some((name) => name.endsWith('.draft'))).toBe(true);
  return id;
}

/** The report of a run as the next start of the app finds it. */
async function foundAfterwards(id: string): Promise<ReportSummary | undefined> {
  const page = await (await launch()).firstWindow();
  await page.waitForFunction(() => 'coreloom' in window);
  return (await call(page, 'listReports', null)).reports.find((report) => report.id === id);
}

describe('the end of the session', () => {
  it('waits, on Linux and macOS, for the run to end and its report to be kept', async () => {
    const id = await busy();
    app.endSession('posix');
    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect((await foundAfterwards(id))?.outcome).toBe('cancelled');
  });

  it('does not wait on Windows, and loses no report', async () => {
    const id = await busy();
    app.endSession('windows');
    expect(await app.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect((await foundAfterwards(id))?.outcome).toBe('interrupted');
  });
});
