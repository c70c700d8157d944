import { EventEmitter } from 'node:events';
import type { Rectangle } from '../wire';
import { standInApp } from './app';
import { BrowserWindow } from './browser-window';
import { answer } from './display-link';
import { preventable, strict } from './strict';

interface Display {
  id: number;
  bounds: Rectangle;
  workArea: Rectangle;
}

const DISPLAY: Display = {
  id: 1,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1080 },
};

export const screen = strict(
  'screen',
  Object.assign(new EventEmitter(), { getPrimaryDisplay: () => DISPLAY, getAllDisplays: () => [DISPLAY] }),
);

export const nativeTheme = strict(
  'nativeTheme',
  Object.assign(new EventEmitter(), { shouldUseDarkColors: true, themeSource: 'system' }),
);

/** Looks at the system from its first listener on, which a ready app alone may be. */
class PowerMonitor extends EventEmitter {
  constructor() {
    super();
    this.on('newListener', () => {
      if (!standInApp.isReady()) throw new Error('The powerMonitor module cannot be used before the app is ready.');
    });
  }
}

const standInMonitor = new PowerMonitor();
export const powerMonitor = strict('powerMonitor', standInMonitor);

/** Nothing that runs on later is seen: the screen is gone, and with it the process. */
const vanish = (): void => {
  process.kill(process.pid, 'SIGKILL');
};

/** On Linux and macOS the system waits, some seconds, for an app that prevents the event. */
function shutDown(): void {
  const event = preventable({});
  standInMonitor.emit('shutdown', event);
  if (!event.defaultPrevented) vanish();
}

/** On Windows Electron leaves as soon as the listeners have returned, unless the app is quitting by then. */
function endWindowsSession(): void {
  const windows = BrowserWindow.getAllWindows();
  const queries = windows.map((window) => {
    const event = preventable({ reasons: ['logoff'] });
    window.emit('query-session-end', event);
    return event;
  });
  if (queries.some((query) => query.defaultPrevented)) return;
  for (const window of windows) window.emit('session-end', preventable({ reasons: ['logoff'] }));
  if (!standInApp.isQuitting()) vanish();
}

answer('end-session', ({ windows }) => {
  if (windows) endWindowsSession();
  else shutDown();
});

export const shell = strict('shell', {
  openExternal: (): Promise<never> => Promise.reject(new Error('No test opens pages outside.')),
});

/** What keeps the machine awake now, by number: a test looks at it. */
const blocks = new Map<number, string>();
let nextBlock = 1;
export const powerSaveBlocker = strict('powerSaveBlocker', {
  start(type: 'prevent-app-suspension' | 'prevent-display-sleep'): number {
    blocks.set(nextBlock, type);
    return nextBlock++;
  },
  stop: (id: number): boolean => blocks.delete(id),
  isStarted: (id: number): boolean => blocks.has(id),
});

/** A desktop without a service for notifications, as a machine of tests is. */
export class Notification extends EventEmitter {
  static isSupported(): boolean {
    return false;
  }
  constructor() {
    super();
    throw new Error('The stand-in shows no notification.');
  }
}
