import type { Socket } from 'node:net';
import { objectIn } from '../system/read-lines';

/** A message longer than this is not from our own host. */
const LONGEST = 256 * 2 ** 20;

/** What comes from Python: one JSON value a line. */
export type Message = Record<string, unknown>;

export interface ConnectionEvents {
  message(message: Message): void;
  /** It ended, from either side; comes once. */
  closed(): void;
}

/** Reads and writes lines of JSON on a socket; what is not an object with a `type` ends the connection. */
export class Connection {
  /** Who listens now. */
  events: ConnectionEvents;
  readonly #socket: Socket;
  #rest: string[] = [];
  #restLength = 0;
  #closed = false;
  #unreadable = false;

  constructor(socket: Socket, events: ConnectionEvents) {
    this.#socket = socket;
    this.events = events;
    socket.setEncoding('utf8').setNoDelay(true);
    socket.on('data', (text: string) => {
      for (const line of this.#lines(text)) {
        const message = objectIn<Message>(line, 'type');
        if (this.#closed) return;
        if (message === null) this.#refuse();
        else this.events.message(message);
      }
    });
    // Its `close` follows.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      this.#closed = true;
      this.events.closed();
    });
    socket.unref();
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** It was closed here, since what came was no message. */
  get unreadable(): boolean {
    return this.#unreadable;
  }

  /** Throws where the value is not JSON; to a closed connection nothing is sent. */
  send(message: unknown): void {
    const line = `${JSON.stringify(message)}\n`;
    if (!this.#closed && this.#socket.writable) this.#socket.write(line);
  }

  /** Ends it at once. Idempotent. */
  close(): void {
    this.#socket.destroy();
  }

  #refuse(): void {
    this.#unreadable = true;
    this.close();
  }

  #lines(text: string): string[] {
    const parts = text.split('\n');
    const last = parts.pop() ?? '';
    if (parts.length > 0) {
      parts[0] = this.#rest.join('') + (parts[0] ?? '');
      this.#rest = [];
      this.#restLength = 0;
    }
    this.#restLength += last.length;
    if (this.#restLength > LONGEST) this.#refuse();
    else if (last !== '') this.#rest.push(last);
    return parts;
  }
}
