import type { Session } from 'node:inspector';
import { pathOf, type Place } from './place';

/** The engine is asked for what has a name. */
const scope = globalThis as { __coreloomTask?: unknown };

/** Kept from before the user's code could change it; loaded only where a place is asked for. */
const builtin = process.getBuiltinModule.bind(process);

interface Property {
  name: string;
  value?: { value?: { scriptId: string; lineNumber: number; columnNumber?: number } };
}

/** Where a function begins, as the engine that compiled it knows; its module's first line where it does not tell. */
export function functionPlace(callable: unknown, path: string): Place {
  const { Session } = builtin('node:inspector');
  const session = new Session();
  try {
    session.connect();
    return placeBy(session, callable) ?? { file: path, line: 1, column: null };
  } catch {
    return { file: path, line: 1, column: null };
  } finally {
    delete scope.__coreloomTask;
    session.disconnect();
  }
}

function placeBy(session: Session, callable: unknown): Place | null {
  const urls: Record<string, string> = {};
  session.on('Debugger.scriptParsed', ({ params }) => {
    urls[params.scriptId] = params.url;
  });
  scope.__coreloomTask = callable;
  ask(session, 'Debugger.enable');
  const found = ask<{ result: { objectId: string } }>(session, 'Runtime.evaluate', { expression: '__coreloomTask' });
  const properties = ask<{ internalProperties?: Property[] }>(session, 'Runtime.getProperties', {
    objectId: found?.result.objectId,
  });
  const location = properties?.internalProperties?.find(({ name }) => name === '[[FunctionLocation]]')?.value?.value;
  const url = location === undefined ? '' : (urls[location.scriptId] ?? '');
  const file = pathOf(url);
  return location === undefined || file === null ? null : { file, line: sourceLine(url, location) + 1, column: null };
}

/** The line in the file as it was written, from 0: a translated one has a map. */
function sourceLine(
  url: string,
  { lineNumber, columnNumber = 0 }: { lineNumber: number; columnNumber?: number },
): number {
  const entry = builtin('node:module').findSourceMap(url)?.findEntry(lineNumber, columnNumber);
  return entry !== undefined && 'originalLine' in entry ? entry.originalLine : lineNumber;
}

/** What the engine of this very thread answers, which it does at once; null where it does not. */
function ask<Answer>(session: Session, method: string, parameters: object = {}): Answer | null {
  let answered: Answer | null = null;
  session.post(method, parameters, (error, answer) => {
    if (error === null) answered = answer as Answer;
  });
  return answered;
}
