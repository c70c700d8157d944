import { SOCKET_PATH, SOCKET_PROTOCOL, type Bridge } from '../../../contract';
import { bridgeClient } from './bridge';
import type { ConnectedClient } from './connection';
import { pageSecrets } from './secrets';
import { socketClient } from './socket';

const FORBIDDEN = 403;
/** A server that has this long to say why it refuses, and does not, is not there. */
const REFUSAL_MS = 2000;

declare global {
  interface Window {
    coreloom?: Bridge;
  }
}

/** Why a server refuses this page, in its own words; null where it does not, or does not answer. */
async function refusalAt(page: string): Promise<string | null> {
  try {
    const answer = await fetch(page, { cache: 'no-store', signal: AbortSignal.timeout(REFUSAL_MS) });
    return answer.status === FORBIDDEN ? await answer.text() : null;
  } catch {
    return null;
  }
}

/** The engine as this page reaches it: over the desktop's bridge, else over a WebSocket to where the page came from. */
export function connect(): ConnectedClient {
  if (window.coreloom) return bridgeClient(window.coreloom);
  const { protocol, host } = window.location;
  const address = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${SOCKET_PATH}`;
  const secrets = pageSecrets(window);
  return socketClient({
    open: () => new WebSocket(address, [SOCKET_PROTOCOL, ...secrets.offered()]),
    welcomed: (session) => {
      secrets.keep(session);
    },
    refusal: () => refusalAt(window.location.href),
    wait: (ms, callback) => void setTimeout(callback, ms),
  });
}
