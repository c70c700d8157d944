import { EventEmitter } from 'node:events';
import type { Rectangle } from '../wire';
import { strict } from './strict';

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

export const powerMonitor = strict('powerMonitor', new EventEmitter());

export const shell = strict('shell', {
  openExternal: (): Promise<never> => Promise.reject(new Error('No test opens pages outside.')),
});
