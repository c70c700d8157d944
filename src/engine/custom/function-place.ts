import { Session } from 'node:inspector';
import { pathOf, type Place } from './place';

const NAME = '__coreloomTask';

interface Property {
  name: string;
  value?: { value?: { scriptId: string; lineNumber: number; columnNumber: number } };
}

/** Where a function begins, as the engine that compiled it knows; its module's first line where it does not tell. */
export async function functionPlace(callable: unknown, path: string): Promise<Place> {
  const unknown: Place = { file: path, line: 1, column: null };
  const session = new Session();
  try {
    session.connect();
    return (await ask(session, callable)) ?? unknown;
  } catch {
    return unknown;
  } finally {
    Reflect.deleteProperty(globalThis, NAME);
    session.disconnect();
  }
}

async function ask(session: Session, callable: unknown): Promise<Place | null> {
  const post = <Answer>(method: string, parameters: object = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      session.post(method, parameters, (error, answer) => {
        if (error) reject(error);
        else resolve(answer as Answer);
      });
    });
  const files = new Map<string, string>();
  session.on('Debugger.scriptParsed', ({ params }) => files.set(params.scriptId, params.url));
  Object.defineProperty(globalThis, NAME, { value: callable, configurable: true });
  await post('Debugger.enable');
  const { result } = await post<{ result: { objectId: string } }>('Runtime.evaluate', { expression: NAME });
  const { internalProperties } = await post<{ internalProperties?: Property[] }>('Runtime.getProperties', { objectId: result.objectId });
  const location = internalProperties?.find(({ name }) => name === '[[FunctionLocation]]')?.value?.value;
  const file = location === undefined ? null : pathOf(files.get(location.scriptId) ?? '');
  return location === undefined || file === null ? null : { file, line: location.lineNumber + 1, column: null };
}
