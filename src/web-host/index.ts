import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CoreloomError } from '../contract';
import type { Engine } from '../engine';
import { createAccess } from './access';
import { boundGuests } from './guests';
import { readPageFiles } from './page-files';
import { servePages } from './pages';
import { serveSocket } from './socket';

export { allowFolder } from './module-folder';

const LOOPBACK = '127.0.0.1';
/** Browsers send what other servers of this machine had them keep: 180 cookies of 4 KiB. They are not read, and lock nobody out. */
const MOST_HEADERS = 1024 * 1024;

export interface WebHostOptions {
  engine: Engine;
  /** 0 means any free port. */
  port: number;
  /** The built renderer. */
  folder: string;
  /** Default: random. */
  token?: string | undefined;
  /** Told if the key of `urlForOnce` comes a second time: somebody else has read it. What it had opened has ended by then. */
  onKeyReused?: (() => void) | undefined;
}

export interface WebHost {
  /** With the token in it: opens the page, as often as it is used. */
  url: string;
  /** Without a secret: it may be read by everybody, and opens nothing. */
  origin: string;
  /** An address that opens the page once. */
  urlForOnce(): string;
  port: number;
  /** Browsers that are connected now. */
  clients(): number;
  /** Progress events that slow browsers did not get. */
  droppedEvents(): number;
  /** Ends every connection and the server; the engine is left alone. Idempotent. */
  close(): Promise<void>;
}

/** Serves the interface on loopback. Errors: `port-in-use`, `not-available` (the system refuses the port; no built page). */
export async function startWebHost({ engine, port, folder, token, onKeyReused }: WebHostOptions): Promise<WebHost> {
  const files = await readPageFiles(folder);
  const server = createServer({ maxHeaderSize: MOST_HEADERS });
  await listen(server, port);
  const bound = (server.address() as AddressInfo).port;
  const access = createAccess({ port: bound, token, onKeyReused });
  const guests = boundGuests(server);
  server.on('request', servePages(files, access));
  const socket = serveSocket({ server, engine, access, guests });

  const origin = `http://${LOOPBACK}:${String(bound)}`;
  const urlWith = (token: string): string => `${origin}/?token=${token}`;
  let closing: Promise<void> | null = null;
  return {
    url: urlWith(access.token),
    origin,
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
    server.listen({ host: LOOPBACK, port }, () => {
      // From now on: a connection that could not be taken, for want of files. The next one may be.
      server.removeAllListeners('error').on('error', () => {});
      resolve();
    });
  });
}

function listenError(error: NodeJS.ErrnoException, port: number): CoreloomError {
  const name = `Port ${String(port)}`;
  if (error.code === 'EADDRINUSE') {
    return new CoreloomError(
      'port-in-use',
      `${name} is in use; choose another with --port, or omit --port to use a free one.`,
      error,
    );
  }
  if (error.code === 'EACCES') {
    return new CoreloomError(
      'not-available',
      `${name} is reserved for the system; choose one from 1024 to 65535.`,
      error,
    );
  }
  return new CoreloomError('not-available', `${name} could not be opened on ${LOOPBACK}: ${error.message}.`, error);
}
