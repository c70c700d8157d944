import { randomBytes } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';

/** Where workers hear that the run is being ended: those that connect are told by the end of the connection. */
export interface CancelPoint {
  /** What to connect to. */
  readonly at: string;
  /** Tells all that are connected, and all that come later. */
  cancel(): void;
  /** Idempotent. */
  close(): void;
}

/** Listens in `folder`, where nobody else can connect. Rejects where that takes no socket. */
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
    server.once('error', reject);
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

/** A socket's file, or a pipe on Windows. (An abstract socket of Linux has no file, and lets every user in.) */
function addressIn(folder: string): string {
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\coreloom-${randomBytes(8).toString('hex')}`
    : join(folder, 'cancel');
}
