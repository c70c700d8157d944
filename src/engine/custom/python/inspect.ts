import { duration, binarySize, CoreloomError, type ModuleExport } from '../../../contract';
import { limitWords } from '../../system/room';
import { ModuleFault } from '../fault';
import { readMeta } from '../meta';
import type { Inspection } from '../types';
import { fileText } from '../place';

/** A module must be loaded, and its inputs made, within this time. */
export const INSPECT_MS = 10_000;

/** How looking at a module in Python ended. */
export type Looked =
  | { type: 'answered'; text: string }
  | { type: 'exit'; code: number | null; signal: string | null; errors: string }
  | { type: 'limit' }
  | { type: 'too-long'; most: number }
  | { type: 'not-started'; error: Error };

type Answer =
  | { ok: true; exports: ModuleExport[]; taskPlace: string; meta?: unknown; inputs: string[] | null }
  | { ok: false; message: string };

/** What a module says of itself, from how looking at it ended. Throws `module-broken`, `worker-limit`. */
export function inspectionOf(looked: Looked, path: string, limitMs: number): Inspection {
  const file = fileText(path);
  switch (looked.type) {
    case 'answered':
      return answered(JSON.parse(looked.text) as Answer, path);
    case 'limit':
      throw broken(neverLoaded(file, limitMs));
    case 'too-long':
      throw broken(
        `${file}: the module's inputs are larger than the limit of ${binarySize(looked.most)}; use fewer or smaller ones.`,
      );
    case 'exit':
      throw broken(ended(looked, path, limitMs));
    case 'not-started':
      throw new CoreloomError(
        'worker-limit',
        `The Python that checks ${file} could not be started, because ${limitWords(looked.error)}.`,
        looked.error,
      );
  }
}

const broken = (sentence: string): CoreloomError => new CoreloomError('module-broken', sentence);

function answered(answer: Answer, path: string): Inspection {
  if (!answer.ok) throw broken(answer.message);
  const { exports, taskPlace, meta, inputs } = answer;
  try {
    return { ...readMeta(meta, path), exports, taskPlace, inputs };
  } catch (error) {
    if (error instanceof ModuleFault) throw broken(error.message);
    throw error;
  }
}

const neverLoaded = (place: string, limitMs: number): string =>
  `${place}: the module has not finished loading after ${duration(limitMs)}; remove endless waits and endless loops from its top level and its inputs.`;

function ended({ code, signal, errors }: Extract<Looked, { type: 'exit' }>, path: string, limitMs: number): string {
  const line = [...errors.matchAll(/^ {2}File "(.*)", line (\d+)/gm)].find(([, file]) => file === path)?.[2];
  const place = line === undefined ? fileText(path) : `${fileText(path)}:${line}`;
  if (/^Timeout \(/m.test(errors)) return neverLoaded(place, limitMs);
  const [, crash] = /^(?:Fatal Python error|Windows fatal exception): (.*)$/m.exec(errors) ?? [];
  const said = errors.trim().split('\n').at(-1)?.trim() ?? '';
  const how =
    crash ??
    (signal !== null
      ? `signal ${signal}`
      : `exit code ${String(code)}${said === '' ? '' : `: ${said.replace(/\.$/, '')}`}`);
  return `${place}: the module ends its process while it is loading (${how}); remove the code that does this from its top level.`;
}
