import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spelledOut } from '../../contract';

/** A place in a source file; lines and columns count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number | null;
}

/** The name of a file as it is said everywhere: what is not seen in it is spelled out. */
export const fileText = (path: string): string => spelledOut(basename(path));

/** `task.mjs:12:5`: the file's own name, as the path is said elsewhere. */
export function placeText({ file, line, column }: Place): string {
  return `${fileText(file)}:${String(line)}${column === null ? '' : `:${String(column)}`}`;
}

/** `file:///a/task.mjs`, or a path, as a path; null for what is no file (`node:fs`, `evalmachine`). */
export function pathOf(source: string): string | null {
  const plain = source.replace(/[?#].*$/, '');
  if (plain.startsWith('file:')) {
    try {
      return fileURLToPath(plain);
    } catch {
      return null;
    }
  }
  return /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(plain) ? plain : null;
}

/**
 * `at task (file:///a/task.mjs:12:5)`, `at /a/task.cjs:3:1`, and the head of a syntax error, `file:///a/task.mjs:12`. A
 * folder's name may hold spaces and parentheses; code made by `eval` (`eval at … (…), <anonymous>`) has no place.
 */
const FRAME = /(?:^|\(|\s)((?:file:\/\/|\/|[A-Za-z]:[\\/]|\\\\)[^\n<>]*?):(\d+)(?::(\d+))?\)?$/;

/** The places that a stack names, innermost first. */
export function placesOf(stack: string): Place[] {
  return stack.split('\n').flatMap((line) => {
    const [, source = '', row = '', column] = FRAME.exec(line.trimEnd()) ?? [];
    const file = pathOf(source);
    return file === null ? [] : [{ file, line: Number(row), column: column === undefined ? null : Number(column) }];
  });
}

/**
 * Where the user's own code threw an error: the innermost place in `file`, else in a file of its neighbours, else in
 * whatever is not Coreloom's own folder; null where the stack names none.
 */
export function placeIn(error: unknown, file: string, ownFolder: string): Place | null {
  try {
    const places = placesOf(stackOf(error)).filter((place) => !place.file.startsWith(ownFolder));
    return (
      places.find((place) => place.file === file) ??
      places.find((place) => !place.file.includes('node_modules')) ??
      places[0] ??
      null
    );
  } catch {
    // The module replaced what that takes.
    return null;
  }
}

/** The stack of anything; empty where there is none, or where reading it throws. */
function stackOf(error: unknown): string {
  try {
    if (typeof error !== 'object' || error === null) return '';
    const { stack } = error as { stack?: unknown };
    return typeof stack === 'string' ? stack : '';
  } catch {
    return '';
  }
}
