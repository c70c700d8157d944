import { readFileSync, readdirSync } from 'node:fs';
import type { ReadText } from './frequency';
import type { ListFolder } from './temperature';

/** Reads a text file; null where it is not there or not ours to read. */
export const readText: ReadText = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

/** Lists a folder; empty where it is not there or not ours to read. */
export const listFolder: ListFolder = (path) => {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
};
