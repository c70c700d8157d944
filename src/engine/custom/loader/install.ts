import * as modules from 'node:module';
import type { LoadFnOutput } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { typescript } from './compiler';
import { emptyTranslation, Translator, type Translation } from './translation';

type Context = {
  parentURL?: string;
  conditions?: readonly string[];
  importAttributes?: Record<string, string | undefined>;
};
interface Resolved {
  url: string;
  format?: string | null;
  shortCircuit?: boolean;
}

interface SyncHooks {
  resolve(specifier: string, context: Context, next: (specifier: string, context: Context) => Resolved): Resolved;
  load(url: string, context: Context, next: (url: string, context: Context) => LoadFnOutput): LoadFnOutput;
}

/** In this thread, from Node 22.15 on; before that hooks run in a thread of Node's own, and only for `import`. */
const { registerHooks } = modules as { registerHooks?: (hooks: SyncHooks) => unknown };

/**
 * What a hook answers of a file that is translated; null where Node takes it as it is. CommonJS is left to `require`, which
 * comes to `requireTranslated`: only so what it requires itself is found as it should be.
 */
export function loadedBy(
  translator: Translator,
  url: string,
  { conditions = [], importAttributes = {} }: Context,
): LoadFnOutput | null {
  if (conditions.includes('require')) return null;
  const compiled = translator.load(url, { required: false, typed: importAttributes['type'] !== undefined });
  if (compiled === null) return null;
  const { format, code } = compiled;
  return { format, source: format === 'commonjs' ? undefined : code, shortCircuit: true };
}

/** Where nothing is known yet the compiler is loaded now, and not in the module's time. */
export function translatorFor(known: Translation, added?: (part: Translation) => void): Translator {
  if (Object.keys(known.files).length === 0) typescript();
  return new Translator(known, added);
}

/**
 * Lets this process or thread import TypeScript as people write it, and what is known of it already without the compiler.
 * Answers how to ask for all that is known by then.
 */
export function translateImports(known: Translation = emptyTranslation()): () => Translation {
  process.setSourceMapsEnabled(true);
  if (registerHooks === undefined) return inThreadOfHooks(known);
  const translator = translatorFor(known);
  requireTranslated(translator);
  registerHooks({
    resolve(specifier, context, next) {
      const url = translator.resolve(specifier, context.parentURL);
      if (url !== null) return { url, shortCircuit: true };
      try {
        return next(specifier, context);
      } catch (error) {
        const left = translator.resolveLeft(specifier, context.parentURL);
        if (left === null) throw error;
        return { url: left, shortCircuit: true };
      }
    },
    load: (url, context, next) => loadedBy(translator, url, context) ?? next(url, context),
  });
  return () => translator.translation;
}

/** The parts of Node's `require` by which what it loads is changed: known to all tools, and described nowhere. */
interface Require {
  _extensions: Record<
    string,
    (module: { _compile(code: string, file: string, format: string): void }, file: string) => void
  >;
  _resolveFilename(specifier: string, parent: { filename?: string } | undefined, ...more: unknown[]): string;
}

/** Lets `require` find and load what the hooks do for `import`. */
function requireTranslated(translator: Translator): void {
  const require = modules.Module as unknown as Require;
  const usual = require._resolveFilename.bind(require);
  require._resolveFilename = (specifier, parent, ...more) => {
    const url =
      parent?.filename === undefined ? null : translator.resolve(specifier, pathToFileURL(parent.filename).href);
    return url === null ? usual(specifier, parent, ...more) : fileURLToPath(url);
  };
  for (const ending of ['.ts', '.tsx', '.mts', '.cts', '.jsx', '.js']) {
    const before = require._extensions[ending];
    require._extensions[ending] = (module, file) => {
      const compiled = translator.load(pathToFileURL(file).href, { required: true, typed: false });
      if (compiled !== null) module._compile(compiled.code, file, compiled.format);
      else before?.(module, file);
    };
  }
}

function inThreadOfHooks(known: Translation): () => Translation {
  const required = new Translator(structuredClone(known));
  requireTranslated(required);
  const { port1, port2 } = new MessageChannel();
  port1.unref();
  modules.register(pathToFileURL(join(import.meta.dirname, 'module-translate.js')), {
    data: { known, told: port2 },
    transferList: [port2],
  });
  return () => {
    const all = required.translation;
    for (let part = receiveMessageOnPort(port1); part !== undefined; part = receiveMessageOnPort(port1)) {
      const { files, found } = part.message as Translation;
      Object.assign(all.files, files);
      Object.assign(all.found, found);
    }
    return all;
  };
}
