import { app } from './app';
import { BrowserWindow } from './browser-window';
import { dialog } from './dialog';
import { answer } from './display-link';
import { ipcMain } from './ipc-main';
import { Menu } from './menu';
import { protocol } from './protocol';
import { session } from './session';
import { nativeTheme, Notification, powerMonitor, powerSaveBlocker, screen, shell } from './system';

export {
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
};
export { standInApp } from './app';
export { becomeMain } from './main-process';

const electron = {
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
};

/** A test's function, run here with Electron and one argument, as Playwright's `electronApp.evaluate` does. */
answer('evaluate', ({ source, argument }): unknown => {
  const run = new Function('electron', 'argument', `return (${source})(electron, argument);`) as (
    electron: object,
    argument: unknown,
  ) => unknown;
  return run(electron, argument);
});
