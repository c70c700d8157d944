import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DesktopApp } from './support/app';
import { launchDesktop, waitFor } from './support/desktop';
import { call, nextEvent } from './support/call';
import { liveIn } from '../support/experiment-state';

let home: string;
let app: DesktopApp;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'coreloom-life-'));
});
afterEach(() => app?.close());
afterAll(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));

const open = async (): Promise<void> => {
  app = await launchDesktop({ home });
};
const startRun = () =>
  call(app.page, 'startExperiment', {
    kind: 'live',
    workload: 'sleep',
    size: 5,
    workers: { threads: 1, processes: 1 },
  });
const running = () =>
  waitFor(async () => {
    const run = liveIn(await call(app.page, 'getState', null));
    return run?.phase === 'running' && run.executors.every((executor) => executor.live > 0);
  });
const closeWindow = () =>
  app.evaluateMain(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  });
const questions = async () => (await app.dialogs()).filter((dialog) => dialog.type === 'message');
/** The outcome of a report, as the next start of the app finds it. */
async function outcomeAfterwards(id: string): Promise<string> {
  await open();
  return (await call(app.page, 'getReport', { id })).outcome;
}

describe('the window', () => {
  it('opens where it was', async () => {
    await open();
    const bounds = { x: 120, y: 90, width: 1100, height: 750 };
    await app.evaluateMain(({ BrowserWindow }, wanted) => {
      BrowserWindow.getAllWindows()[0]?.setBounds(wanted);
    }, bounds);
    await app.close();
    await open();
    expect(await app.evaluateMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds())).toEqual(
      bounds,
    );
  });

  it('begins with the view and the counts that were last chosen, in the theme of the settings', async () => {
    await open();
    await app.page.getByTestId('tab-live').click();
    await app.page.getByTestId('count-threads').fill('3');
    await app.page.getByTestId('count-threads').press('Enter');
    await call(app.page, 'changeAppSettings', { theme: 'light' });
    await waitFor(async () => {
      const { last } = (await call(app.page, 'getAppSettings', null)).values;
      return last?.view === 'live' && last.workers.threads === 3;
    });
    await app.close();
    await open();
    await app.page.getByTestId('count-threads').waitFor();
    expect(await app.page.getByTestId('count-threads').inputValue()).toBe('3');
    expect(await app.evaluateMain(({ nativeTheme }) => nativeTheme.themeSource)).toBe('light');
    expect(await app.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
  });

  it('opens maximised if it was, and whatever its file holds', async () => {
    const file = join(home, 'desktop', 'window.json');
    await writeFile(file, JSON.stringify({ bounds: { x: 0, y: 0, width: 1000, height: 700 }, maximised: true }));
    await open();
    await waitFor(() =>
      app.evaluateMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMaximized() === true),
    );
    await app.close();
    await writeFile(file, '{"bounds":');
    await open();
    await waitFor(() =>
      app.evaluateMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() === true),
    );
  });

  it('comes forward when the app is started again, which then ends by itself', async () => {
    await open();
    await waitFor(() =>
      app.evaluateMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() === true),
    );
    await app.evaluateMain(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.minimize();
    });
    expect(await app.launchAgain()).toEqual({ code: 0 });
    await waitFor(() =>
      app.evaluateMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized() === false),
    );
    expect(app.pages()).toHaveLength(1);
  });
});

describe('closing', () => {
  it('asks nothing while no run is on, and ends the app', async () => {
    await open();
    await closeWindow();
    expect(await app.exited).toEqual({ code: 0, signal: null });
  });

  it('in the middle of a run asks once, and goes on with the run when told to', async () => {
    await open();
    await startRun();
    await running();
    await closeWindow();
    await closeWindow();
    await app.clickMenu('File', 'quit');
    expect(await questions()).toHaveLength(1);
    await app.answerNextDialog({ type: 'message', button: 1 });
    await nextEvent(app.page, 'experiment-changed');
    expect(liveIn(await call(app.page, 'getState', null))?.phase).toBe('running');
    await call(app.page, 'stopExperiment', null);
  });

  it('in the middle of a run ends it when told to, and keeps its report', async () => {
    await open();
    const { id } = await startRun();
    await running();
    await closeWindow();
    await app.answerNextDialog({ type: 'message', button: 0 });
    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect(await outcomeAfterwards(id)).toBe('completed');
  });

  // Windows has no signals: there a process ends at once.
  it.skipIf(process.platform === 'win32')('by a signal asks nothing, and keeps the report of the run', async () => {
    await open();
    const { id } = await startRun();
    await running();
    app.kill('SIGTERM');
    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect(await outcomeAfterwards(id)).toBe('cancelled');
  });
});

describe('the end of the session', () => {
  it('is held up by no question, and keeps the report of the run', async () => {
    await open();
    const { id } = await startRun();
    await running();
    const waits = await app.evaluateMain(({ powerMonitor }) => {
      let held = false;
      powerMonitor.emit('shutdown', { preventDefault: () => (held = true) });
      return held;
    });
    // Without, Linux and macOS end the session at once.
    expect(waits).toBe(true);
    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect(await outcomeAfterwards(id)).toBe('cancelled');
  });
});

describe('the menu', () => {
  it('is that of an app called Coreloom', async () => {
    await open();
    expect(await app.evaluateMain(({ app: main }) => main.name)).toBe('Coreloom');
  });

  it('exports the newest report, says why where it cannot, and loses nothing', async () => {
    await open();
    await startRun();
    await running();
    await call(app.page, 'stopExperiment', null);
    const path = join(home, 'menu.html');
    await app.answerNextDialog({ type: 'save', path });
    await app.clickMenu('File', 'Export report', 'HTML (a page with pictures)');
    await waitFor(() => existsSync(path));
    expect(await readFile(path, 'utf8')).toContain('<html');

    await app.answerNextDialog({ type: 'save', path: join(path, 'inside-a-file.json') });
    await app.clickMenu('File', 'Export report', 'JSON (everything)');
    await waitFor(async () => (await questions()).length === 1);
    expect((await questions())[0]?.options).toMatchObject({ message: 'The report was not exported.' });
    await app.answerNextDialog({ type: 'message', button: 0 });
    expect((await call(app.page, 'listReports', null)).reports.length).toBeGreaterThan(0);
  });

  it('opens help outside, from the list alone', async () => {
    await open();
    await app.clickMenu('Help', 'Threads in Node.js');
    await waitFor(async () => (await app.openedOutside()).length === 1);
    expect(await app.openedOutside()).toEqual(['https://nodejs.org/api/worker_threads.html']);
  });
});
