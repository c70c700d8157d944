import { readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SourceFaultError } from '../typescript';
import { compile, type Compiled } from './compile';
import { findImport, findInPackage, isInstalled } from './find';

/**
 * How the files of a module are loaded that need more than their types taken out: found out as the module is looked at, so
 * that its workers load them without the compiler. Plain data.
 */
export interface Translation {
  /** By path. */
  files: Record<string, Translated>;
  /** The URL that an import leads to, by the importing file's URL and what it imports; null where Node finds it itself. */
  found: Record<string, string | null>;
}

interface Translated {
  /** When the file was written, and its length: another is translated again. */
  written: string;
  /** Null where Node takes it as it is. */
  compiled: Compiled | null;
}

export const emptyTranslation = (): Translation => ({ files: {}, found: {} });

/** What an import asks of the file that it loads. */
interface Asked {
  /** By `require`. */
  required: boolean;
  /** Its attributes say what it is: `with { type: 'json' }`. */
  typed: boolean;
}

/** Finds and translates what is imported, and keeps what it did. */
export class Translator {
  readonly translation: Translation;
  /** Hears of each entry that is added. */
  readonly #added: (part: Translation) => void;

  constructor(translation: Translation = emptyTranslation(), added: (part: Translation) => void = () => undefined) {
    this.translation = translation;
    this.#added = added;
  }

  /** The URL of what a file imports; null where that is for Node to find. */
  resolve(specifier: string, parentUrl: string | undefined): string | null {
    return this.#found(specifier, parentUrl, findImport);
  }

  /** The same where Node did not find it; null where it is not there. */
  resolveLeft(specifier: string, parentUrl: string | undefined): string | null {
    return this.#found(specifier, parentUrl, findInPackage, '!');
  }

  /** What a file is run as; null where Node takes it as it is. Throws `SourceFaultError`. */
  load(url: string, asked: Asked): Compiled | null {
    if (!url.startsWith('file:')) return null;
    const file = fileURLToPath(url.replace(/[?#].*$/, ''));
    const ending = extname(file);
    if (ending === '.json') return asked.required || asked.typed || isInstalled(file) ? null : jsonModule(file);
    if (!/^\.([cm]?tsx?|jsx?)$/.test(ending) || (ending === '.js' && isInstalled(file))) return null;
    const written = writtenAt(file);
    const known = this.translation.files[file];
    if (known?.written === written) return known.compiled;
    const compiled = translated(file, ending);
    this.#keep({ files: { [file]: { written, compiled } }, found: {} });
    return compiled;
  }

  /** Takes over what another translator found out. */
  #keep(part: Translation): void {
    Object.assign(this.translation.files, part.files);
    Object.assign(this.translation.found, part.found);
    this.#added(part);
  }

  #found(specifier: string, parentUrl: string | undefined, find: typeof findImport, mark = ''): string | null {
    if (parentUrl?.startsWith('file:') !== true) return null;
    const parent = fileURLToPath(parentUrl.replace(/[?#].*$/, ''));
    if (isInstalled(parent)) return null;
    const key = `${parentUrl} ${mark}${specifier}`;
    const known = this.translation.found[key];
    if (known !== undefined) return known;
    const [, path = specifier, query = ''] = /^([^?]*)(\?.*)?$/.exec(specifier) ?? [];
    const file = find(path, parent);
    const url = file === null ? null : pathToFileURL(file).href + query;
    this.#keep({ files: {}, found: { [key]: url } });
    return url;
  }
}

function writtenAt(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? '' : `${String(found.mtimeMs)} ${String(found.size)}`;
}

/** A `.js` is changed only where it is an ES module that its package says is none. */
function translated(file: string, ending: string): Compiled | null {
  const source = readFileSync(file, 'utf8');
  if (ending === '.js' && !/^\s*(import|export)\b|\bimport\.meta\b/m.test(source)) return null;
  return compile(file, source);
}

const NAME =
  /^(?!(?:default|await|arguments|eval|break|case|catch|class|const|continue|debugger|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield)$)[A-Za-z_$][\w$]*$/;

/** JSON as what imports it without saying so expects: as a whole, and by the names in it. */
function jsonModule(file: string): Compiled {
  const source = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  const value = jsonValue(file, source);
  const names =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.keys(value).filter((name) => NAME.test(name))
      : [];
  const named = names.map((name) => `export const ${name} = __json[${JSON.stringify(name)}];`);
  return {
    format: 'module',
    code: `const __json = JSON.parse(${JSON.stringify(source)}); export default __json; ${named.join(' ')}`,
  };
}

function jsonValue(file: string, source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const before = source.slice(0, Number(/at position (\d+)/.exec(message)?.[1] ?? source.length)).split('\n');
    throw new SourceFaultError({
      place: { file, line: before.length, column: (before.at(-1) ?? '').length + 1 },
      message: message.replace(/ \(line \d+ column \d+\)/, ''),
    });
  }
}
