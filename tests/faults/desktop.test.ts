import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { temporaryFolder } from '../support/folder';
import { liveIn } from '../support/experiment-state';
import { descendants, isRunning } from '../support/processes';
import { call, reply } from '../e2e/support/call';
import type { DesktopApp } from '../e2e/support/app';
import { launchDesktop } from '../e2e/support/desktop';
import { electronHostName } from '../e2e/support/host';
import { fault, NEEDS_LINUX } from './fault';

const area = 'The desktop app';

/** The app with a run on: its data folder, the run's id, and every process that belongs to it. */
async function opened(): Promise<{ app: DesktopApp; home: string; id: string; pids: number[] }> {
  const home = temporaryFolder();
  const app = await launch(home);
  const { id } = await call(app.page, 'startExperiment', {
    kind: 'live',
    workload: 'sleep',
    size: 5,
    workers: { threads: 1, processes: 1 },
  });
  await expect.poll(async () => (await runOf(app))?.executors.every(({ live }) => live > 0)).toBe(true);
  return { app, home, id, pids: [app.pid, ...descendants(app.pid)] };
}

async function launch(home: string): Promise<DesktopApp> {
  const app = await launchDesktop({ home });
  onTestFinished(async () => {
    await app.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  });
  return app;
}

const draftsIn = (home: string): string[] =>
  readdirSync(join(home, 'reports')).filter((name) => name.endsWith('.draft'));
const runOf = async (app: DesktopApp) => liveIn(await call(app.page, 'getState', null));
const doneOf = async (app: DesktopApp): Promise<number> => (await runOf(app))?.counts.done ?? 0;

/** Holds that the same run is still on, and finishes tasks. */
async function goesOn(app: DesktopApp, id: string): Promise<void> {
  const before = await doneOf(app);
  await expect.poll(() => doneOf(app)).toBeGreaterThan(before);
  expect(await runOf(app)).toMatchObject({ id, phase: 'running' });
}

/** Ends the process of the page; answers the page that takes its place. */
async function crashPage(app: DesktopApp): Promise<Page> {
  // Playwright has no use for a page of a real Electron whose process has died, though Electron has: there it is said only.
  await app.evaluateMain(({ BrowserWindow }, real) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (real) contents?.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    else contents?.forcefullyCrashRenderer();
  }, app.host === 'electron');
  return app.host === 'electron' ? app.page : nextPage(app);
}

async function nextPage(app: DesktopApp): Promise<Page> {
  const next = (): Page | undefined => app.pages().find((page) => page !== app.page);
  await expect.poll(next).toBeDefined();
  return next() ?? app.page;
}

const hang = (app: DesktopApp): Promise<void> =>
  app.page.evaluate(() => {
    setTimeout(() => {
      for (;;);
    });
  });

async function nothingLeft(pids: readonly number[]): Promise<void> {
  await expect.poll(() => pids.filter(isRunning), { message: 'processes that are left' }).toEqual([]);
}

/** What the report of a run says that the next start of the app finds: all that began is accounted for. */
async function outcomeAfterwards(home: string, id: string): Promise<string> {
  const app = await launch(home);
  const { outcome } = await call(app.page, 'getReport', { id });
  await app.close();
  return outcome;
}

fault(
  {
    area,
    fault: 'it is started a second time',
    promise: 'the second ends by itself, and the run of the first goes on',
  },
  async () => {
    const { app, id } = await opened();
    expect(await app.launchAgain()).toEqual({ code: 0 });
    await goesOn(app, id);
    expect(app.pages()).toHaveLength(1);
  },
);

fault(
  { area, fault: 'its page crashes', promise: 'the page comes back by itself and shows the run, which continued' },
  async () => {
    const { app, id } = await opened();
    const page = await crashPage(app);
    await page.getByRole('button', { name: /^Stop/ }).waitFor();
    await goesOn({ ...app, page }, id);
  },
);

fault(
  {
    area,
    fault: 'the process dies that prints a report as PDF',
    promise: 'the export says so in a sentence; nothing of it is left, and the app goes on',
  },
  async () => {
    const { app, id } = await opened();
    await call(app.page, 'stopExperiment', null);
    await app.evaluateMain((electron) => {
      electron.app.once('web-contents-created', (_event, contents) => {
        contents.once('did-navigate', () => {
          contents.forcefullyCrashRenderer();
        });
      });
    });
    expect(await reply(app.page, 'exportReport', { id, format: 'pdf' })).toMatchObject({
      ok: false,
      error: { code: 'not-available', message: expect.stringContaining('export HTML') as string },
    });
    await expect.poll(() => app.pages().length).toBe(1);
    expect(await runOf(app)).toMatchObject({ id, phase: 'ended' });
  },
);

fault(
  {
    area,
    fault: 'its page hangs, and is to be reloaded',
    promise: 'the app asks first; the page comes back and shows the run, which continued',
    notHere: electronHostName() === 'electron' ? 'Playwright loses a page whose process was ended' : null,
  },
  async () => {
    const { app, id } = await opened();
    await hang(app);
    await app.evaluateMain(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.emit('unresponsive');
    });
    await expect.poll(async () => (await app.dialogs()).at(-1)?.options).toMatchObject({ buttons: ['Reload', 'Wait'] });
    await app.answerNextDialog({ type: 'message', button: 0 });
    const page = await nextPage(app);
    await page.getByRole('button', { name: /^Stop/ }).waitFor();
    await goesOn({ ...app, page }, id);
  },
);

fault(
  { area, fault: 'its page hangs, and a signal ends the app', promise: 'the report is saved; no process is left' },
  async () => {
    const { app, home, id, pids } = await opened();
    await hang(app);
    app.kill('SIGTERM');
    expect(await app.exited).toEqual({ code: 0, signal: null });
    await nothingLeft(pids);
    expect(await outcomeAfterwards(home, id)).toBe('cancelled');
  },
);

fault(
  {
    area,
    fault: 'it is killed in the middle of a run',
    promise: 'no process is left; the next start saves what was measured, and says so',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const { app, home, id, pids } = await opened();
    await goesOn(app, id);
    await expect.poll(() => draftsIn(home)).not.toEqual([]);
    app.kill('SIGKILL');
    await app.exited;
    await nothingLeft(pids);
    const next = await launch(home);
    expect((await call(next.page, 'getReport', { id })).outcome).toBe('interrupted');
    expect((await call(next.page, 'getState', null)).recovered).toMatchObject([{ id }]);
    await next.page.getByText(`is saved as ${id}.`).waitFor();
  },
);
