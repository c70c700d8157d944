import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where workers hear that the run is being ended: those that connect are told by the end of the connection. */
export interface CancelPoint {
  /** A socket's file; on Windows a pipe's name. */
  readonly at: string;
  /** Tells all that are connected, and all that come later. */
  cancel(): void;
  /** Idempotent. */
  close(): void;
}

export function openCancelPoint(): Promise<CancelPoint> {
  const name = `coreloom-${randomBytes(8).toString('hex')}`;
  const at = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
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
          if (process.platform !== 'win32') rmSync(at, { force: true });
        },
      });
    });
  });
}
