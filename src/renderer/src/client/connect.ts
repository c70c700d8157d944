import { SOCKET_PATH, SOCKET_PROTOCOL, type Bridge } from '../../../contract';
import { bridgeClient } from './bridge';
import type { ConnectedClient } from './connection';
import { pageSecrets } from './secrets';
import { socketClient } from './socket';

declare global {
  interface Window {
    coreloom?: Bridge;
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
    wait: (ms, callback) => void setTimeout(callback, ms),
  });
}
