import { join, sep } from 'node:path';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveSettings } from '../../src/contract';
import { anyInterpreter } from '../engine/python/support/pythons';
import { suiteFolder } from '../support/folder';
import { liveIn } from '../support/experiment-state';
import type { DesktopApp } from './support/app';
import { launchDesktop, waitFor } from './support/desktop';
import { electronHostName } from './support/host';
import { call } from './support/call';

const onStandIn = electronHostName() === 'stand-in';
if (!onStandIn) console.log('Not tried on Electron itself: the app as a package, which is laid out for the stand-in.');
const interpreter = await anyInterpreter();
if (interpreter === null) console.log('Not tried: Python’s workers of a package, as no Python was found.');

/** TypeScript that is no mere types: it takes the compiler that comes with the app. */
const MODULE = `
enum Answer { Right = 42 }
export const meta = { title: 'Packaged' };
export const task = (): number => Answer.Right;
`;

describe.runIf(onStandIn)('the app as a package', () => {
  let app: DesktopApp;
  const folder = suiteFolder();
  beforeAll(async () => {
    app = await launchDesktop({ packaged: true, env: { ELECTRON_RENDERER_URL: 'http://127.0.0.1:9/' } });
    await app.page.getByTestId('cores').waitFor();
  });
  afterAll(() => app?.close());

  /** Runs a workload to its end without a task that failed. */
  async function expectDone(settings: LiveSettings): Promise<void> {
    await call(app.page, 'startExperiment', { kind: 'live', ...settings });
    const run = async () => liveIn(await call(app.page, 'getState', null));
    await waitFor(async () => (await run())?.phase === 'ended', 60_000);
    expect(await run()).toMatchObject({ outcome: 'completed', counts: { done: settings.tasks, failed: 0 } });
  }

  it('knows that it is one, and shows its own page, whatever the environment says', async () => {
    const seen = await app.evaluateMain(({ app: electron, BrowserWindow }) => ({
      isPackaged: electron.isPackaged,
      path: electron.getAppPath(),
      resources: process.resourcesPath,
      url: BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
    }));
    expect(seen).toMatchObject({ isPackaged: true, path: join(seen.resources, 'app.asar') });
    expect(seen.url).toMatch(/^coreloom:\/\/app\//);
    expect(seen.path.split(sep).at(-1)).toBe('app.asar');
  });

  it('offers no tools for developers', async () => {
    await expect(app.clickMenu('View', 'toggleDevTools')).rejects.toThrow('The menu has no "toggleDevTools"');
  });

  it.each(['sql', 'http', 'files'] as const)('runs %s on its threads and its processes', async (workload) => {
    await expectDone({ workload, workers: { threads: 1, processes: 1 }, tasks: 6 });
  });

  it.runIf(interpreter !== null)('runs Python’s workers, which read nothing inside of the archive', async () => {
    const workers = { 'python-threads': 1, 'python-processes': 1 };
    await expectDone({ workload: 'primes', size: 1000, workers, tasks: 6 });
  });

  it('translates and runs a module in TypeScript', async () => {
    const module = join(folder, 'packaged.ts');
    writeFileSync(module, MODULE);
    await app.answerNextDialog({ type: 'message', button: 0 });
    await expectDone({ workload: 'custom', module, workers: { threads: 1, processes: 1 }, tasks: 4 });
  });
});
