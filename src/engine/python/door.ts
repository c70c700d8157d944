import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { Connection, type Message } from './connection';

export type Address = { path: string } | { port: number };

export interface DoorEvents {
  /** It can be connected to. */
  open(address: Address): void;
  failed(error: Error): void;
  /** Somebody with the token says which worker it is (0: the host itself); false sends it away. */
  enter(worker: number, connection: Connection): boolean;
}

/** Where Python connects: a socket of its own for the host and for each worker, that no task's output can get into. */
export class Door {
  readonly token = randomBytes(24).toString('base64url');
  readonly #server: Server;
  readonly #events: DoorEvents;
  readonly #inside = new Set<Connection>();

  /** Listens at a path, or on a free port of the loopback interface where there is none (Windows). */
  constructor(path: string | null, events: DoorEvents) {
    this.#events = events;
    this.#server = createServer((socket) => {
      this.#greet(socket);
    });
    this.#server.on('error', (error) => {
      events.failed(error);
    });
    const opened = (): void => {
      const address = this.#server.address();
      events.open(typeof address === 'object' && address !== null ? { port: address.port } : { path: path ?? '' });
    };
    if (path === null) this.#server.listen(0, '127.0.0.1', opened);
    else this.#server.listen(path, opened);
    this.#server.unref();
  }

  /** Whether nobody is connected. */
  get empty(): boolean {
    return this.#inside.size === 0;
  }

  /** Lets nobody in any more, and ends every connection. Idempotent. */
  close(): void {
    this.#server.close();
    for (const connection of this.#inside) connection.close();
  }

  /** The first message says who it is. */
  #greet(socket: Socket): void {
    const connection = new Connection(socket, {
      message: (hello) => {
        const { closed } = connection.events;
        connection.events = { message: () => undefined, closed };
        if (!this.#knows(hello) || !this.#events.enter(hello.worker, connection)) connection.close();
      },
      closed: () => undefined,
    });
    this.#inside.add(connection);
    socket.once('close', () => {
      this.#inside.delete(connection);
    });
  }

  #knows(hello: Message): hello is Message & { worker: number } {
    const token = Buffer.from(String(hello.token));
    const known = Buffer.from(this.token);
    return typeof hello.worker === 'number' && token.length === known.length && timingSafeEqual(token, known);
  }
}
