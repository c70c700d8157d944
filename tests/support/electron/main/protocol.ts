import type { FetchAnswer } from '../wire';
import { standInApp } from './app';
import { answer } from './display-link';
import { onlyKnown, strict } from './strict';

type Handler = (request: Request) => Promise<Response> | Response;
interface Scheme {
  scheme: string;
  privileges?: { standard?: boolean; secure?: boolean };
}

const privileged = new Set<string>();
const handlers = new Map<string, Handler>();

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: Scheme[]): void {
    if (standInApp.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges = {} } of schemes) {
      onlyKnown('these privileges of a scheme', privileges, ['standard', 'secure']);
      if (privileges.standard === true && privileges.secure === true) privileged.add(scheme);
    }
  },
  handle(scheme: string, handler: Handler): void {
    if (!standInApp.isReady()) throw new Error('protocol.handle can only be used after the app is ready');
    if (!privileged.has(scheme))
      throw new Error('The stand-in for Electron serves schemes that are standard and secure.');
    if (handlers.has(scheme)) throw new Error(`The scheme is already handled: ${scheme}`);
    handlers.set(scheme, handler);
  },
});

answer('fetch', async ({ url, method }): Promise<FetchAnswer> => {
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  if (handler === undefined) throw new Error(`No handler serves ${url}`);
  const response = await handler(new Request(url, { method }));
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  };
});
