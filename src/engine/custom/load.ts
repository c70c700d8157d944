import { register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ExitCalled } from './exit';
import { kindOf, ModuleFault } from './fault';
import { functionPlace } from './function-place';
import { placeIn, placeText, type Place } from './place';
import { isError, said } from './said';

type Callable = (...args: unknown[]) => unknown;

/** A module of the user, as its exports were found to be. */
export interface UserModule {
  task: Callable;
  setup: Callable | null;
  teardown: Callable | null;
  /** As exported: a list, something that can be iterated, or a function that answers one. */
  inputs: unknown;
  meta: unknown;
}

const TYPESCRIPT = /\.[mc]?ts$/;

/** The folder that Coreloom's own files run from. */
export const OWN_FOLDER = import.meta.dirname;

/** Lets this process or thread import TypeScript, by the hooks that lie beside this file where Node cannot by itself. */
function understandTypeScript(): void {
  // Node says once for each worker that this is experimental, which nobody who ran a file needs to know.
  const emit = process.emitWarning.bind(process) as (...args: unknown[]) => void;
  process.emitWarning = ((...args: unknown[]) => {
    if (!String(args[0]).includes('Type Stripping')) emit(...args);
  }) as typeof process.emitWarning;
  const { features } = process as { features: { typescript?: unknown } };
  if (!features.typescript) register(pathToFileURL(join(OWN_FOLDER, 'module-hooks.js')));
}

/** Imports the user's module and checks what it exports. Throws `ModuleFault`. */
export async function loadModule(path: string): Promise<UserModule> {
  if (TYPESCRIPT.test(path)) understandTypeScript();
  let exported: Record<string, unknown>;
  try {
    exported = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as Record<string, unknown>;
  } catch (error) {
    throw new ModuleFault(`${at(error, path)} ${topLevelSentence(error)}`);
  }
  refuseThen(path);
  return checked(exported, path);
}

/** What is awaited and has a `then` is waited for, so that nothing would ever come. */
function refuseThen(path: string): void {
  if (!('then' in Object.prototype)) return;
  const place = placeText(functionPlace(Object.prototype.then, path));
  throw new ModuleFault(`${place}: the module gives every object a "then", so that whoever awaits one waits for that; leave it out.`);
}

/** `task.mjs:3:1:`, or only the file where nothing tells the line. */
function at(error: unknown, path: string): string {
  const place = errorPlace(error, path);
  return `${place === null ? placeText({ file: path, line: 1, column: null }) : placeText(place)}:`;
}

/** Where an error came from, as far as it tells. */
export function errorPlace(error: unknown, path: string): Place | null {
  return error instanceof ExitCalled ? error.place : placeIn(error, path, OWN_FOLDER);
}

function topLevelSentence(error: unknown): string {
  if (error instanceof ExitCalled) return `the module calls ${error.called} as it is loaded; leave that out.`;
  if (!isError(error)) return `the module throws ${said(error)} as it is loaded, which is no Error and cannot tell its line; throw an Error.`;
  const code = (error as { code?: unknown }).code;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') return `${said(error)}; install it, or correct the path of the import.`;
  if (/Unexpected token 'export'|Cannot use import statement/.test(error.message)) {
    return 'the file is read as CommonJS, as the package.json above it says; name it .mjs (in TypeScript .mts), or write exports.task = ….';
  }
  if (error.name === 'SyntaxError') return `${said(error)}; correct the syntax.`;
  return `the module throws ${said(error)} as it is loaded; correct it.`;
}

function checked(exported: Record<string, unknown>, path: string): UserModule {
  // A CommonJS module's exports come as the default; its names are not always found by themselves.
  const inner = typeof exported['default'] === 'object' && exported['default'] !== null ? (exported['default'] as Record<string, unknown>) : {};
  const find = (name: string): unknown => exported[name] ?? inner[name];
  const task = find('task') ?? (typeof exported['default'] === 'function' ? exported['default'] : inner['default']);
  const file = placeText({ file: path, line: 1, column: null });
  if (task === undefined) {
    throw new ModuleFault(`${file}: the module exports no task; add \`export function task(input, context) { … }\`, or a default export.`);
  }
  const callable = (name: string, value: unknown): Callable => {
    if (typeof value === 'function') return value as Callable;
    throw new ModuleFault(`${file}: the module's ${name} is ${kindOf(value)}; it must be a function.`);
  };
  const optional = (name: string): Callable | null => (find(name) === undefined ? null : callable(name, find(name)));
  return { task: callable('task', task), setup: optional('setup'), teardown: optional('teardown'), inputs: find('inputs'), meta: find('meta') };
}
