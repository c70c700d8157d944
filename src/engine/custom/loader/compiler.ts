import { createRequire } from 'node:module';
import { join } from 'node:path';
import type TypeScript from 'typescript';

let loaded: typeof TypeScript | null = null;

/** The TypeScript compiler, loaded at the first call: most files are run without it. The build laid it beside this file. */
export function typescript(): typeof TypeScript {
  if (loaded !== null) return loaded;
  const { stackTraceLimit } = Error;
  loaded = createRequire(import.meta.url)(join(import.meta.dirname, 'typescript.cjs')) as typeof TypeScript;
  Error.stackTraceLimit = stackTraceLimit;
  return loaded;
}
