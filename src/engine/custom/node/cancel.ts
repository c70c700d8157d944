import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CoreloomError } from '../../../contract';

/** Where workers hear that the run is being ended: those that connect are told by the end of the connection. */
export interface CancelPoint {
  /** A socket's file; on Windows a pipe's name. */
  readonly at: string;
  /** Tells all that are connected, and all that come later. */
  cancel(): void;
  /** Idempotent. */
  close(): void;
}

/** Throws `not-writable` where the temporary folder takes no socket. */
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
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = `the temporary folder "${tmpdir()}" takes no socket (${error.code ?? error.message})`;
      reject(new CoreloomError('not-writable', `A file of your own cannot run here: ${reason}; set TMPDIR to a folder that you may write to, with a short path.`, error));
    });
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
