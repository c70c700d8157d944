import { resolve } from 'node:path';
import { builtEntries } from '../../src/engine/entries';

export const ROOT = resolve(import.meta.dirname, '../..');
export const OUT = resolve(ROOT, 'out');
/** The built files that workers and child processes start with. */
export const ENTRIES = builtEntries(resolve(OUT, 'main'));
