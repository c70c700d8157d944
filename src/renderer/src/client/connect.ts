import type { Bridge } from '../../../contract';
import { bridgeClient } from './bridge';
import type { ConnectedClient } from './connection';
import { socketClient } from './socket';

declare global {
  interface Window {
    coreloom?: Bridge;
  }
}

/** The engine as this page reaches it: over the desktop's bridge, else over a WebSocket to where the page came from. */
export function connect(): ConnectedClient {
  if (window.coreloom) return bridgeClient(window.coreloom);
  const { protocol, host, search } = window.location;
  const address = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/socket${search}`;
  return socketClient({
    open: () => new WebSocket(address),
    wait: (ms, callback) => void setTimeout(callback, ms),
  });
}
