import { resolve } from 'node:path';
import { builtEntries } from '../../src/engine/entries';

export const ROOT = resolve(import.meta.dirname, '../..');
export const OUT = resolve(ROOT, 'out');
/** The built files that workers and child processes start with. */
export const ENTRIES = builtEntries(resolve(OUT, 'main'));
/** The Node that the desktop's main process and its children run on under the stand-in; Electron brings a later one than ours. */
export const DESKTOP_NODE = process.env['CORELOOM_STAND_IN_NODE'] || process.execPath;
