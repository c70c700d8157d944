import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import type { MessagePort } from 'node:worker_threads';
import { loadedBy, translatorFor } from '../loader/install';
import { Translator, type Translation } from '../loader/translation';

/** Module hooks, for a Node that runs them in a thread of its own: what loader/install.ts does in the importing thread elsewhere. */
let translator = new Translator();

export const initialize: InitializeHook<{ known: Translation; told: MessagePort }> = ({ known, told }) => {
  translator = translatorFor(known, (part) => {
    told.postMessage(part);
  });
};

export const resolve: ResolveHook = async (specifier, context, next) => {
  const url = translator.resolve(specifier, context.parentURL);
  if (url !== null) return { url, shortCircuit: true };
  try {
    return await next(specifier, context);
  } catch (error) {
    const left = translator.resolveLeft(specifier, context.parentURL);
    if (left === null) throw error;
    return { url: left, shortCircuit: true };
  }
};

export const load: LoadHook = (url, context, next) => loadedBy(translator, url, context) ?? next(url, context);
