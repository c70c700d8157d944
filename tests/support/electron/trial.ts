import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchStandIn, type StandIn } from './launch';

/** What stands in the main process of a trial. */
export type Trial = typeof globalThis & {
  /** Answers requests for pages of `trial://`. */
  serve: (request: Request) => Response | Promise<Response>;
  /** Answers what a page invokes. */
  invoked: (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;
  /** What the last window and its page have said, in order. */
  said: [name: string, ...args: unknown[]][];
  /** What refused to be used before the app was ready. */
  tooEarly: string[];
};

const MAIN = `
import { app, BrowserWindow, ipcMain, powerMonitor, protocol } from 'electron';
globalThis.tooEarly = [];
const early = (use) => {
  try { use(); } catch (error) { tooEarly.push(error.message); }
};
early(() => protocol.handle('trial', () => new Response('')));
early(() => powerMonitor.on('suspend', () => undefined));
early(() => new BrowserWindow());
protocol.registerSchemesAsPrivileged([
  { scheme: 'trial', privileges: { standard: true, secure: true } },
  { scheme: 'trial-fetch', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
app.on('window-all-closed', () => undefined);
app.whenReady().then(() => {
  for (const scheme of ['trial', 'trial-fetch']) protocol.handle(scheme, (request) => serve(request));
  ipcMain.handle('trial', (...args) => invoked(...args));
});
`;

const PRELOAD = `
const { contextBridge, ipcRenderer } = require('electron');
contextBridge.exposeInMainWorld('trial', { invoke: (...args) => ipcRenderer.invoke('trial', ...args) });
`;

/** What a page of a trial holds. */
export type TrialWindow = Window & { trial: { invoke(...args: unknown[]): Promise<unknown> } };

export interface TrialApp extends StandIn {
  preload: string;
  /** Runs in the main process, as `evaluate` does, with its globals. */
  main<Result, Argument = undefined>(
    run: (electron: typeof Electron, argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result>;
}

/** Launches the stand-in with a small application of its own, which does what a test tells it to. */
export async function launchTrial(env: NodeJS.ProcessEnv = {}): Promise<TrialApp> {
  const folder = await mkdtemp(join(tmpdir(), 'coreloom-trial-'));
  const preload = join(folder, 'preload.cjs');
  await Promise.all([
    writeFile(join(folder, 'package.json'), '{"name": "trial", "version": "1.0.0", "main": "main.mjs"}'),
    writeFile(join(folder, 'main.mjs'), MAIN),
    writeFile(preload, PRELOAD),
  ]);
  const app = await launchStandIn({ app: folder, env });
  await app.evaluate((electron: { app: Electron.App }) => electron.app.whenReady(), undefined);
  return {
    ...app,
    preload,
    main: (run, argument) => app.evaluate(run as never, argument) as never,
    dispose: async () => {
      await app.dispose();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Runs in the main process: opens a hidden window, and keeps what it and its page say from now on. */
export function openWindow(
  { BrowserWindow }: typeof Electron,
  { url, preferences = {} }: { url?: string; preferences?: Electron.WebPreferences },
): Promise<string | null> {
  for (const open of BrowserWindow.getAllWindows()) open.destroy();
  const window = new BrowserWindow({ show: false, webPreferences: preferences });
  const said: Trial['said'] = ((globalThis as Trial).said = []);
  const keep = (emitter: NodeJS.EventEmitter, names: string[]): void => {
    for (const name of names) emitter.on(name, (_event, ...args: unknown[]) => said.push([name, ...args]));
  };
  keep(window, ['ready-to-show', 'unresponsive', 'responsive', 'closed']);
  keep(window.webContents, ['did-navigate', 'did-finish-load', 'did-fail-load', 'render-process-gone', 'destroyed']);
  if (url === undefined) return Promise.resolve(null);
  return window.loadURL(url).then(
    () => null,
    (error: unknown) => (error as Error).message,
  );
}
