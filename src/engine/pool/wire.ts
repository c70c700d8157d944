import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { onUnreadable } from '../system/unreadable';
import { frame, Frames } from './frames';
import { isLight, packed, valuesOf } from './values';
import type { ToWorker } from './messages';

/** Windows has no socket between processes that a child could read without its event loop. */
export const HAS_SOCKETS = process.platform !== 'win32';

interface WireEvents {
  message(message: unknown): void;
  /** What came beside the channel cannot be read. */
  broken(): void;
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
  readonly #held: unknown[] = [];
  #socketOpen: boolean;

  constructor(child: ChildProcess, fd: number, events: WireEvents) {
    this.#child = child;
    this.#events = events;
    // A child for which the system had no handles has no streams at all; its `error` follows.
    const socket = (child.stdio as ChildProcess['stdio'] | undefined)?.[fd];
    this.#socket = socket instanceof Socket ? socket : null;
    this.#socketOpen = this.#socket !== null;
    child.on('message', this.#heard);
    onUnreadable(child, () => {
      this.#events.broken();
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
      this.#post({ type: 'in-socket' });
    } else this.#post(sent);
  }

  #post(message: ToWorker): void {
    if (this.#child.connected) this.#child.send(message, ignore);
  }

  readonly #heard = (message: unknown): void => {
    if (this.#held.length === 0 && !isPlaceholder(message)) {
      this.#events.message(message);
      return;
    }
    this.#held.push(message);
    this.#deliver();
  };

  readonly #read = (bytes: Buffer): void => {
    this.#frames.add(bytes);
    this.#deliver();
  };

  #deliver(): void {
    while (this.#held.length > 0) {
      let [message] = this.#held;
      if (isPlaceholder(message)) {
        const framed = this.#framed();
        if (framed === undefined) return;
        ({ message } = framed);
      }
      this.#held.shift();
      this.#events.message(message);
    }
  }

  #framed(): { message: unknown } | undefined {
    try {
      return this.#frames.next();
    } catch {
      // A task's code wrote there too.
      this.#socket?.destroy();
      this.#events.broken();
      return undefined;
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

/** Whether this holds the place of a message beside the channel. */
function isPlaceholder(message: unknown): boolean {
  return typeof message === 'object' && message !== null && (message as { type?: unknown }).type === 'in-socket';
}

const ignore = (): void => undefined;
