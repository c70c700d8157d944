import { randomBytes } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { notWritable } from './folder';

/** Where workers hear that the run is being ended: those that connect are told by the end of the connection. */
export interface CancelPoint {
  /** What to connect to. */
  readonly at: string;
  /** Tells all that are connected, and all that come later. */
  cancel(): void;
  /** Idempotent. */
  close(): void;
}

/** Listens where nothing is left behind, or else in `folder`. Throws `not-writable` where that takes no socket. */
export function openCancelPoint(folder: string): Promise<CancelPoint> {
  const at = addressIn(folder);
  const connected = new Set<Socket>();
  let cancelled = false;
  const server = createServer((socket) => {
    // A worker that ends breaks its connection.
    socket.on('error', () => undefined);
    socket.on('close', () => connected.delete(socket));
    socket.unref();
    if (cancelled) socket.destroy();
    else connected.add(socket);
  });
  const cancel = (): void => {
    cancelled = true;
    for (const socket of connected) socket.destroy();
  };
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(notWritable('socket', error));
    });
    server.listen(at, () => {
      server.unref();
      resolve({
        at,
        cancel,
        close() {
          cancel();
          server.close();
        },
      });
    });
  });
}

/** Linux: an abstract socket (unix(7)), which has no file and goes with its process. Windows: a pipe. Else a socket's file. */
function addressIn(folder: string): string {
  const name = `coreloom-${randomBytes(8).toString('hex')}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(folder, 'cancel');
}
