import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CoreloomError } from '../contract';
import type { Engine } from '../engine';
import { createAccess } from './access';
import { servePages } from './pages';
import { serveSocket } from './socket';

export { allowFolder } from './module-folder';
export { SOCKET_PATH } from './socket';

const LOOPBACK = '127.0.0.1';

export interface WebHostOptions {
  engine: Engine;
  /** 0 means any free port. */
  port: number;
  /** The built renderer. */
  folder: string;
  /** Random where not given. */
  token?: string | undefined;
}

export interface WebHost {
  /** With the token in it: opens the page. */
  url: string;
  /** An address that opens the page once: for a browser's command line, which every user of the machine may read. */
  urlForOnce(): string;
  port: number;
  /** Browsers that are connected now. */
  clients(): number;
  /** Progress events that slow browsers did not get. */
  droppedEvents(): number;
  /** Ends every connection and the server; the engine is left alone. Idempotent. */
  close(): Promise<void>;
}

/** Serves the interface on loopback. Errors: `port-in-use`, `not-available` (the system refuses the port). */
export async function startWebHost({ engine, port, folder, token }: WebHostOptions): Promise<WebHost> {
  const server = createServer();
  await listen(server, port);
  const bound = (server.address() as AddressInfo).port;
  const access = createAccess(bound, token);
  server.on('request', servePages(folder, access));
  const socket = serveSocket(server, engine, access);

  const urlWith = (token: string): string => `http://${LOOPBACK}:${String(bound)}/?token=${token}`;
  let closing: Promise<void> | null = null;
  return {
    url: urlWith(access.token),
    urlForOnce: () => urlWith(access.issueKey()),
    port: bound,
    clients: () => socket.clients(),
    droppedEvents: () => socket.dropped(),
    close() {
      closing ??= new Promise((resolve) => {
        socket.close();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(listenError(error, port));
    });
    server.listen({ host: LOOPBACK, port }, resolve);
  });
}

function listenError(error: NodeJS.ErrnoException, port: number): CoreloomError {
  const name = `Port ${String(port)}`;
  if (error.code === 'EADDRINUSE') {
    return new CoreloomError('port-in-use', `${name} is in use; choose another with --port, or leave --port out to have a free one chosen.`, error);
  }
  if (error.code === 'EACCES') {
    return new CoreloomError('not-available', `${name} is kept for the system; choose one from 1024 to 65535.`, error);
  }
  return new CoreloomError('not-available', `${name} could not be opened on ${LOOPBACK}: ${error.message}.`, error);
}
