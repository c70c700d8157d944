import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell,
  type MessageBoxOptions,
} from 'electron';
import { errorInfo } from '../contract';
import { builtEntries, createNodePools, openEngine, type Engine, type ModuleHost } from '../engine';
import { writeFileAtomic, writePrivateFile } from '../engine/reports';
import { createClosing } from './close';
import { showExperimentSigns } from './experiment-signs';
import { exportLatest } from './export-latest';
import { answerCalls, forwardEvents, tellPage } from './ipc';
import { menuTemplate, openHelpPage } from './menu';
import { createModuleHost } from './module-host';
import { pageSource } from './origin';
import { watchPageCost } from './page-cost';
import { printPage, type PrintedPages } from './print-page';
import { APP_SCHEMES, servePages } from './protocol';
import { END_RUN, notExported, notOpened, PAGE_HANGS, reportLost } from './questions';
import { createSaveReport } from './save-report';
import { secureEveryContents, secureSession } from './security';
import { followThemeSetting } from './theme-source';
import { chooseThreadHost, keepsThreads } from './thread-host';
import { watchUnsavedReport, type UnsavedReport } from './unsaved-report';
import { bringForward, followTheme, reloadAfterCrash, reloadWhenAsked, showWhenDrawn, windowOptions } from './window';
import { recallWindow, rememberWindow } from './window-memory';
import { placeWindow } from './window-state';

/** The build lays main, preload and renderer side by side. */
const BUILT = {
  entries: import.meta.dirname,
  preload: resolve(import.meta.dirname, '../preload/index.cjs'),
  renderer: resolve(import.meta.dirname, '../renderer'),
};

/** What the launcher hears over its channel, where there is one. */
const WINDOW_READY = 'coreloom:window-ready';
const ALREADY_OPEN = 'coreloom:already-open';

const source = pageSource({ isPackaged: app.isPackaged, developmentUrl: process.env['ELECTRON_RENDERER_URL'] });

const printedPages: PrintedPages = new Map();

function warn(message: string): void {
  process.stderr.write(`coreloom: ${message}\n`);
}

/** A message box before the window where there is one; answers the number of the button. */
async function ask(options: MessageBoxOptions): Promise<number> {
  const [window] = BrowserWindow.getAllWindows();
  const { response } =
    window === undefined ? await dialog.showMessageBox(options) : await dialog.showMessageBox(window, options);
  return response;
}

/** The user's own files: asked for, and asked about, before the window. */
function createModules(): Required<ModuleHost> {
  return createModuleHost({
    ask,
    openFile: (options) => {
      const [window] = BrowserWindow.getAllWindows();
      return window === undefined ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options);
    },
    folder: app.getPath('documents'),
  });
}

/** Creates the two pools and the engine that drives them. */
async function createEngine(modules: ModuleHost): Promise<{ engine: Engine; unsaved: UnsavedReport }> {
  const save = createSaveReport({
    ask: (options) => {
      const [window] = BrowserWindow.getAllWindows();
      return window === undefined ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options);
    },
    write: writeFileAtomic,
    folder: app.getPath('documents'),
  });
  const engine = await openEngine({
    folder: BUILT.entries,
    host: 'desktop',
    versions: {
      coreloom: app.getVersion(),
      node: process.versions.node,
      electron: process.versions['electron'] ?? null,
    },
    pools: createNodePools(
      builtEntries(BUILT.entries),
      chooseThreadHost(process.platform, process.env),
      keepsThreads(process.env) ? undefined : null,
    ),
    modules,
    printPdf: (page) => printPage(page, printedPages, (options) => new BrowserWindow(options)),
    saveReport: async (rendered) => {
      const result = await save(rendered);
      // The other formats leave something out.
      if (result.state === 'saved' && rendered.mediaType === 'application/json' && typeof rendered.content === 'string')
        unsaved.exported(rendered.content);
      return result;
    },
  });
  const unsaved = watchUnsavedReport(engine, warn);
  return { engine, unsaved };
}

/** Lets the user choose a file, and tells the page, which looks at it. */
async function openModule(modules: Required<ModuleHost>): Promise<void> {
  const path = await modules.chooseModule();
  const [window] = BrowserWindow.getAllWindows();
  if (path !== null && window !== undefined)
    tellPage(window.webContents, source.origin, { type: 'module-offered', path });
}

function setMenu(engine: Engine, modules: Required<ModuleHost>): void {
  const template = menuTemplate({
    platform: process.platform,
    appName: app.name,
    isPackaged: app.isPackaged,
    openModule: () => {
      openModule(modules).catch((error: unknown) => ask(notOpened(errorInfo(error).message)));
    },
    exportReport: (format) => {
      exportLatest(engine, format).catch((error: unknown) => ask(notExported(errorInfo(error).message)));
    },
    openHelp: (url) => {
      openHelpPage(url, (page) => shell.openExternal(page)).catch((error: unknown) => {
        warn(errorInfo(error).message);
      });
    },
  });
  app.setAboutPanelOptions({ applicationName: app.name, applicationVersion: app.getVersion() });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

async function openWindow(): Promise<{ window: BrowserWindow; stop(): Promise<void> }> {
  const file = join(app.getPath('userData'), 'window.json');
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  const place = placeWindow(
    await recallWindow(file),
    [primary, ...others].map((display) => display.workArea),
  );
  const window = new BrowserWindow(windowOptions(place, { preload: BUILT.preload, theme: nativeTheme }));
  // A parent that launched the app over a channel learns that it has started.
  showWhenDrawn(window, place.maximised, () => process.send?.(WINDOW_READY));
  const memory = rememberWindow(window, { file, write: writePrivateFile, warn });
  const stopFollowing = followTheme(window, nativeTheme);
  reloadAfterCrash(window, (reason) => {
    dialog.showErrorBox(
      'Coreloom',
      `The page crashed repeatedly (${reason}). Your reports are saved. Close Coreloom and start it again.`,
    );
  });
  reloadWhenAsked(window, async (signal) => (await ask({ ...PAGE_HANGS, signal })) === 0);
  return {
    window,
    stop: () => {
      stopFollowing();
      return memory.stop();
    },
  };
}

async function start(): Promise<void> {
  const modules = createModules();
  const [{ engine, unsaved }] = await Promise.all([createEngine(modules), app.whenReady()]);
  secureSession(session.defaultSession);
  servePages(protocol, BUILT.renderer, printedPages);
  setMenu(engine, modules);
  const stopFollowing = await followThemeSetting(engine, nativeTheme);
  const { window, stop } = await openWindow();
  const stopAnswering = answerCalls(ipcMain, engine, source.origin);
  const stopForwarding = forwardEvents(engine, window.webContents, source.origin);
  const stopWatching = watchPageCost({
    metrics: () => app.getAppMetrics(),
    nowMs: () => performance.now(),
    tell: (share) => {
      tellPage(window.webContents, source.origin, { type: 'page-cost', share });
    },
  });
  const stopSigns = showExperimentSigns({
    engine,
    window,
    blocker: powerSaveBlocker,
    createNotification: (text) => (Notification.isSupported() ? new Notification(text) : null),
    nowMs: () => performance.now(),
  });

  const closing = createClosing({
    engine,
    unsaved: unsaved.reason,
    confirmEnd: async () => (await ask(END_RUN)) === 0,
    confirmLoss: async (sentence) => (await ask(reportLost(sentence))) === 0,
    release: async () => {
      unsaved.stop();
      stopSigns();
      stopFollowing();
      stopWatching();
      stopForwarding();
      stopAnswering();
      await stop();
    },
    quit: () => {
      app.quit();
    },
    warn,
  });
  window.on('close', closing.request);
  // The session ends, and no question holds that up. Linux and macOS wait for the app if it prevents the event; Windows
  // does not: the next start saves the report. Electron's types leave the event out.
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    void closing.now();
  });
  window.on('session-end', () => void closing.now());
  app.on('before-quit', closing.request);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void closing.now());
  app.on('second-instance', () => {
    bringForward(window);
  });
  app.on('activate', () => {
    bringForward(window);
  });
  await window.loadURL(source.url).catch((error: unknown) => {
    warn(`The page did not load: ${errorInfo(error).message}`);
  });
}

/**
 * Keeps the browser's files, the window's place and the single-instance lock in a folder of their own: on macOS
 * Electron's usual one is where reports are. `CORELOOM_HOME` (tests, a portable installation) moves it too.
 */
function chooseUserData(): void {
  const userData = resolve(process.env['CORELOOM_HOME'] || app.getPath('userData'), 'desktop');
  mkdirSync(userData, { recursive: true, mode: 0o700 });
  app.setPath('userData', userData);
}

let failed = false;

/**
 * Says why the app cannot go on, and ends it. What was measured of a run is kept: the next start saves it. Once: what is
 * broken breaks again while the box is read and until Electron has ended, which is after `exit` has returned.
 */
function fail(title: string, error: unknown): void {
  if (failed) return;
  failed = true;
  try {
    dialog.showErrorBox(title, errorInfo(error).message);
  } finally {
    app.exit(1);
  }
}

/** Electron itself would show the stack of an error that nobody catches, and leave a process without a window. */
function endOnUncaught(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      fail('Coreloom must close because of an error', error);
    });
  }
}

const couldNotStart = (error: unknown): void => {
  fail('Coreloom could not start', error);
};

/** The app that is open comes forward by itself (`second-instance`). */
function leaveToTheFirst(): void {
  const quit = (): void => {
    app.quit();
  };
  if (process.send === undefined) quit();
  else process.send(ALREADY_OPEN, quit);
}

// All of this must stand before Electron is ready, which it is only once this module has been evaluated: no await here.
endOnUncaught();
app.enableSandbox();
protocol.registerSchemesAsPrivileged(APP_SCHEMES);
secureEveryContents(app, source);
try {
  chooseUserData();
  if (app.requestSingleInstanceLock()) start().catch(couldNotStart);
  else leaveToTheFirst();
} catch (error) {
  couldNotStart(error);
}
