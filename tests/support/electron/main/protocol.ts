import { netError } from '../net-errors';
import type { FetchAnswer, FetchRequest } from '../wire';
import { standInApp } from './app';
import { answer } from './display-link';
import { onlyKnown, strict } from './strict';

type Handler = (request: Request) => Promise<Response> | Response;
interface Privileges {
  standard?: boolean;
  secure?: boolean;
  supportFetchAPI?: boolean;
}
interface Scheme {
  scheme: string;
  privileges?: Privileges;
}

let privileged: ReadonlyMap<string, Privileges> | null = null;
const handlers = new Map<string, Handler>();

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: Scheme[]): void {
    if (!Array.isArray(schemes)) throw new Error('Argument must be an array of custom schemes.');
    if (standInApp.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    if (privileged !== null) throw new Error('protocol.registerSchemesAsPrivileged can be called only once');
    for (const { privileges = {} } of schemes)
      onlyKnown('these privileges of a scheme', privileges, ['standard', 'secure', 'supportFetchAPI']);
    privileged = new Map(schemes.map(({ scheme, privileges = {} }) => [scheme, privileges]));
  },
  handle(scheme: string, handler: Handler): void {
    if (!standInApp.isReady()) throw new Error('Session can only be received when app is ready');
    const { standard, secure } = privileged?.get(scheme) ?? {};
    if (standard !== true || secure !== true)
      throw new Error('The stand-in for Electron serves schemes that are standard and secure.');
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler);
  },
  unhandle(scheme: string): void {
    if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  },
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
});

const failed = (name: string): FetchAnswer => ({ error: netError(name) });

answer('fetch', async (asked): Promise<FetchAnswer> => {
  const scheme = new URL(asked.url).protocol.slice(0, -1);
  const handler = handlers.get(scheme);
  if (handler === undefined) return failed('ERR_UNKNOWN_URL_SCHEME');
  if (asked.byFetch && privileged?.get(scheme)?.supportFetchAPI !== true) return failed('ERR_FAILED');
  try {
    return await served(await handler(requestOf(asked)));
  } catch (error) {
    // Electron writes it and no more.
    console.error(error);
    return failed('ERR_UNEXPECTED');
  }
});

/** With the headers of the page's request, `Range` too: what a range is answered with is the handler's own affair. */
function requestOf({ url, method, headers, body }: FetchRequest): Request {
  const given = new Headers(headers);
  if (given.get('origin') === 'null') given.delete('origin');
  return new Request(url, { method, headers: given, body: body === null ? null : new Uint8Array(body) });
}

async function served(response: unknown): Promise<FetchAnswer> {
  if (!(response instanceof Response)) return failed('ERR_UNEXPECTED');
  if (response.type === 'error') return failed('ERR_FAILED');
  if (response.headers.has('location'))
    throw new Error('The stand-in for Electron follows no redirections of a custom scheme.');
  const headers = Object.fromEntries(response.headers);
  delete headers['set-cookie'];
  // Where none is given, Electron does not look at the content to find one.
  headers['content-type'] ??= 'text/html; charset=utf-8';
  try {
    return { status: response.status, headers, body: await bytesOf(response) };
  } catch (error) {
    console.error(error);
    return failed('ERR_FAILED');
  }
}

/** The whole of a stream. Electron reads bytes alone, and waits without end for the text after a text. */
async function bytesOf(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (response.body ?? []) as AsyncIterable<unknown>) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('The body of a response is a stream of bytes.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
