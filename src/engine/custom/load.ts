import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ExitCalled } from './exit';
import { kindOf, ModuleFault } from './fault';
import { functionPlace } from './function-place';
import type { Translation } from './loader/translation';
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

/**
 * Lets this process or thread import the module at `path` and what it imports: with its types taken out, or with a
 * translation. Loads what that takes, before anything of the user. Answers what is known of the translation by then.
 */
export async function prepareImports(path: string, translation: Translation | null): Promise<() => Translation | null> {
  if (translation !== null) return (await import('./loader/install')).translateImports(translation);
  if (TYPESCRIPT.test(path)) understandTypeScript();
  return () => null;
}

/** Imports the user's module, once that is prepared, and checks what it exports. Throws `ModuleFault`. */
export async function loadModule(path: string): Promise<UserModule> {
  let exported: Record<string, unknown>;
  try {
    exported = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as Record<string, unknown>;
  } catch (error) {
    throw loadFault(error, path, errorPlace(error, path));
  }
  refuseThen(path);
  return checked(exported, path);
}

/** What is awaited and has a `then` is waited for, so that nothing would ever come. */
function refuseThen(path: string): void {
  if (!('then' in Object.prototype)) return;
  const place = placeText(functionPlace(Object.prototype.then, path));
  throw new ModuleFault(
    `${place}: the module adds "then" to Object.prototype, so every await of an object calls it; remove it.`,
  );
}

/** What is said of an error that a module throws as it is loaded, at its place or at the module's first line. */
export function loadFault(error: unknown, path: string, place: Place | null, message = said(error)): ModuleFault {
  return new ModuleFault(
    `${placeText(place ?? { file: path, line: 1, column: null })}: ${workerSentence(path) ?? topLevelSentence(error, message)}`,
    error,
  );
}

/** Errors of Node's that a translation may mend: it did not find, read or link what TypeScript, or CommonJS, takes. */
const CODES = new Set([
  'ERR_MODULE_NOT_FOUND',
  'MODULE_NOT_FOUND',
  'ERR_UNSUPPORTED_DIR_IMPORT',
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_IMPORT_ATTRIBUTE_MISSING',
  'ERR_IMPORT_ASSERTION_TYPE_MISSING',
  'ERR_INVALID_TYPESCRIPT_SYNTAX',
  'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
  'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING',
  'ERR_REQUIRE_ESM',
]);

/** Whether the module may load with a translation of its imports, as far as the error tells. */
export function mayNeedTranslation(error: unknown): boolean {
  if (!isError(error)) return false;
  const { code, name, message } = error as { code?: unknown; name: string; message: string };
  return (
    name === 'SyntaxError' ||
    (typeof code === 'string' && CODES.has(code)) ||
    /^(?:require|module|exports|__dirname|__filename) is not defined/.test(message)
  );
}

const NOT_PLAIN = /\.[jt]sx$/;
const FROM_COMMONJS = /\b__(?:dirname|filename)\b|(?<![.\w])require\s*\(/;
const LATER = /\bimport\s*\(\s*['"`]\.{1,2}\//;
const FROM_MODULES = /^\s*(?:import|export)\b/m;

/**
 * Whether a file needs a translation in any case, or may need one later than it is looked at: JSX, what only CommonJS has
 * beside what only ES modules have, and TypeScript that imports a neighbour as it runs.
 */
export function needsTranslation(path: string): boolean {
  if (NOT_PLAIN.test(path)) return true;
  const source = sourceOf(path);
  if (TYPESCRIPT.test(path) && LATER.test(source)) return true;
  if (/\.[mc][jt]s$/.test(path)) return false;
  return FROM_COMMONJS.test(source) && FROM_MODULES.test(source);
}

function sourceOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const HEARS_MESSAGES =
  /\bparentPort\s*(?:\?\.|!?\.)|\bself\s*\.\s*(?:onmessage|addEventListener)\b|^\s*onmessage\s*=|\bprocess\s*\.\s*on\(\s*['"]message['"]/m;

/** What is said of a file that is a worker by itself: it gets messages, and exports nothing. */
function workerSentence(path: string): string | null {
  const source = sourceOf(path);
  if (!HEARS_MESSAGES.test(source) || /\bexport\b|\bexports\b/.test(source)) return null;
  return 'the file is a worker script. Coreloom creates the workers itself: export `function task(input) { … }`, which takes the message as its input and returns what the script would post.';
}

/** Where an error came from, as far as it tells. */
export function errorPlace(error: unknown, path: string): Place | null {
  return error instanceof ExitCalled ? error.place : placeIn(error, path, OWN_FOLDER);
}

function topLevelSentence(error: unknown, message: string): string {
  if (error instanceof ExitCalled) return `the module calls ${error.called} while it is loading; remove that call.`;
  if (!isError(error))
    return `the module throws ${said(error)} while it is loading, which is not an Error and therefore has no line number; throw an Error.`;
  const code = (error as { code?: unknown }).code;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND')
    return `${message}; install it, or correct the path of the import.`;
  if (/Unexpected token 'export'|Cannot use import statement/.test(error.message)) {
    return 'the file is loaded as CommonJS because of its extension; rename it to .mjs, or use exports.task = ….';
  }
  if (/does not provide an export|^Named export/.test(error.message))
    return `${message}; export it there, or correct the name.`;
  if (error.name === 'SyntaxError') return `${message}; correct the syntax.`;
  return `the module throws ${said(error)} while it is loading; fix that code.`;
}

function checked(exported: Record<string, unknown>, path: string): UserModule {
  // A CommonJS module's exports come as the default; its names are not always found by themselves.
  const inner =
    typeof exported['default'] === 'object' && exported['default'] !== null
      ? (exported['default'] as Record<string, unknown>)
      : {};
  const find = (name: string): unknown => exported[name] ?? inner[name];
  const task = find('task') ?? (typeof exported['default'] === 'function' ? exported['default'] : inner['default']);
  const file = placeText({ file: path, line: 1, column: null });
  if (task === undefined) {
    const worker = workerSentence(path);
    if (worker !== null) throw new ModuleFault(`${file}: ${worker}`);
    throw new ModuleFault(
      `${file}: the module exports no task; add \`export function task(input, context) { … }\`, or a default export.`,
    );
  }
  const callable = (name: string, value: unknown): Callable => {
    if (typeof value === 'function') return value as Callable;
    throw new ModuleFault(`${file}: the module's ${name} is ${kindOf(value)}; it must be a function.`);
  };
  const optional = (name: string): Callable | null => (find(name) === undefined ? null : callable(name, find(name)));
  return {
    task: callable('task', task),
    setup: optional('setup'),
    teardown: optional('teardown'),
    inputs: find('inputs'),
    meta: find('meta'),
  };
}
