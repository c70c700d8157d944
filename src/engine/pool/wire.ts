import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { frame, Frames } from './frames';
import { isLight } from './light';
import type { FromWorker, ToWorker } from './messages';
import { packed, valuesOf } from './records';

/** Windows has no socket between processes that a child could read without its event loop. */
export const HAS_SOCKETS = process.platform !== 'win32';

interface WireEvents {
  message(message: FromWorker): void;
  /** Nothing comes any more. */
  closed(): void;
}

/**
 * How the parent half of a forked worker speaks to its child half. Most messages are small and go over Node's own
 * channel as JSON, which costs a quarter less than a structured clone. What JSON cannot carry, or only dearly, goes as
 * a structured clone over a socket beside it, and the message `frame` in the channel holds its place.
 */
export class Wire {
  readonly #child: ChildProcess;
  readonly #socket: Socket | null;
  readonly #events: WireEvents;
  readonly #frames = new Frames();
  /** Messages that wait, in order, for the rest of the frame before them. */
  readonly #held: FromWorker[] = [];
  #socketOpen: boolean;

  constructor(child: ChildProcess, fd: number, events: WireEvents) {
    this.#child = child;
    this.#events = events;
    // A child for which the system had no handles has no streams at all; its `error` follows.
    const socket = (child.stdio as ChildProcess['stdio'] | undefined)?.[fd];
    this.#socket = socket instanceof Socket ? socket : null;
    this.#socketOpen = this.#socket !== null;
    child.on('message', (message: FromWorker | null) => {
      // A task's code can send on this channel too: what is not ours fits no message.
      if (message !== null) this.#heard(message);
    });
    child.once('disconnect', this.#closed);
    this.#socket?.on('data', this.#read);
    // Its `close` follows.
    this.#socket?.on('error', () => undefined);
    this.#socket?.once('close', () => {
      this.#socketOpen = false;
      this.#closed();
    });
    this.#socket?.unref();
  }

  /** Whether more may come. */
  get open(): boolean {
    return this.#child.connected || this.#socketOpen;
  }

  /** Throws where the message cannot be cloned; a child that is gone hears nothing. */
  send(message: ToWorker): void {
    const sent = Array.isArray(message) ? packed(message) : message;
    if (this.#socket !== null && isHeavy(sent)) {
      const bytes = frame(sent);
      if (this.#socketOpen) this.#socket.write(bytes);
      this.#post({ type: 'frame' });
    } else this.#post(sent);
  }

  #post(message: ToWorker): void {
    if (this.#child.connected) this.#child.send(message, ignore);
  }

  #heard(message: FromWorker): void {
    if (this.#held.length === 0 && message.type !== 'frame') {
      this.#events.message(message);
      return;
    }
    this.#held.push(message);
    this.#deliver();
  }

  readonly #read = (bytes: Buffer): void => {
    this.#frames.add(bytes);
    this.#deliver();
  };

  #deliver(): void {
    for (let message = this.#held[0]; message !== undefined; message = this.#held[0]) {
      if (message.type === 'frame') {
        const framed = this.#frames.next();
        if (framed === undefined) return;
        message = framed.message as FromWorker;
      }
      this.#held.shift();
      this.#events.message(message);
    }
  }

  readonly #closed = (): void => {
    if (!this.open) this.#events.closed();
  };
}

/** Whether a message holds what JSON would change, or carry dearly. */
function isHeavy(message: ToWorker): boolean {
  if (Array.isArray(message)) return !message.every(isLight);
  return message.type === 'records' && !valuesOf(message).every(isLight);
}

const ignore = (): void => undefined;
