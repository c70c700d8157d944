import type { ChildProcess } from 'node:child_process';
import { readSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { DefaultDeserializer, DefaultSerializer } from 'node:v8';
import { exit, round } from '../system/intrinsics';
import { onUnreadable } from '../system/unreadable';
import type { FromWorker, ToWorker } from './messages';
import { areLight, isLight, packed, valuesOf } from './values';

/** Descriptor under which a child finds the socket to its parent. */
export const WIRE_FD = 5;

/** Windows has no socket between processes that a child could read without its event loop. */
export const HAS_SOCKETS = process.platform !== 'win32';

// As they are now: a module of the user may replace them.
const readBytes = readSync;
const writeBytes = writeSync;

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
 * a structured clone over a socket beside it, and the message `in-socket` in the channel holds its place.
 */
export class ParentWire {
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

/** How the child half of a forked worker speaks to its parent: what comes in the socket is read when its placeholder has come. */
export class ChildWire {
  readonly #frames = new Frames();
  readonly #buffer = Buffer.allocUnsafeSlow(2 ** 16);
  readonly #framed: boolean;

  /** `framed` is whether there is a socket beside Node's channel. */
  constructor(framed: boolean) {
    this.#framed = framed;
  }

  /** The message that came over the channel, or the one in the socket whose place it holds. */
  read(message: ToWorker): ToWorker {
    return isPlaceholder(message) ? this.#readFrame() : message;
  }

  /** Throws where the message cannot be cloned. */
  post(message: FromWorker): void {
    const sent =
      message.type === 'results' && message.stamps !== null ? { ...message, stamps: toSteps(message.stamps) } : message;
    if (this.#framed && sent.type === 'results' && !areLight(sent.values)) {
      this.#write(frame(sent));
      send({ type: 'in-socket' });
    } else send(sent);
  }

  /** The frame that is on its way: it was sent before its placeholder. */
  #readFrame(): ToWorker {
    for (;;) {
      const next = this.#frames.next();
      if (next !== undefined) return next.message as ToWorker;
      const count = readBytes(WIRE_FD, this.#buffer);
      // The parent is gone.
      if (count === 0) exit(0);
      this.#frames.add(this.#buffer.subarray(0, count));
    }
  }

  #write(bytes: Buffer): void {
    try {
      for (let at = 0; at < bytes.length;) at += writeBytes(WIRE_FD, bytes, at);
    } catch {
      // The parent is gone.
      exit(0);
    }
  }
}

const tell = process.send?.bind(process);

function send(message: FromWorker): void {
  // With a callback, a channel that is closed already is told there and not thrown; `disconnect` follows.
  tell?.(message, undefined, undefined, ignore);
}

/** Bytes before each message that say its length. */
const HEAD = 4;
/** Bytes of a message at most. */
const LONGEST = 2 ** 31;
const NO_LENGTH = new Uint8Array(HEAD);
const EMPTY = Buffer.alloc(0);

/** A message as it goes over a socket: its length, then its structured clone. Throws where it cannot be cloned. */
export function frame(message: unknown): Buffer {
  const serializer = new DefaultSerializer();
  serializer.writeRawBytes(NO_LENGTH);
  serializer.writeHeader();
  serializer.writeValue(message);
  const bytes = serializer.releaseBuffer();
  bytes.writeUInt32LE(bytes.length - HEAD, 0);
  return bytes;
}

/** Node's own reader hands out typed arrays that lie on the bytes it reads: here each gets memory of its own. */
class Reader extends DefaultDeserializer {
  _readHostObject(): ArrayBufferView {
    const { _readHostObject: read } = DefaultDeserializer.prototype as unknown as {
      _readHostObject(this: Reader): NodeJS.ArrayBufferView;
    };
    const view = read.call(this);
    const own = view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
    const View = view.constructor as new (buffer: ArrayBufferLike) => ArrayBufferView;
    return new View(own);
  }
}

/** Puts messages together from bytes that come in any portions. */
export class Frames {
  #bytes: Buffer = EMPTY;
  /** Whether the bytes are this object's own, with room behind them. */
  #owned = false;
  /** What has come and is not taken lies from here up to there. */
  #from = 0;
  #to = 0;

  /** Takes in what was read; the bytes must stay as they are until `next` answers undefined. */
  add(bytes: Buffer): void {
    if (this.#from === this.#to) {
      this.#bytes = bytes;
      this.#owned = false;
      this.#from = 0;
      this.#to = bytes.length;
      return;
    }
    this.#makeRoom(bytes.length);
    bytes.copy(this.#bytes, this.#to);
    this.#to += bytes.length;
  }

  /** The next complete message, or undefined where there is none. Throws where what came is none. */
  next(): { message: unknown } | undefined {
    const start = this.#from + HEAD;
    if (start > this.#to) return this.#keep();
    const length = this.#bytes.readUInt32LE(this.#from);
    if (length > LONGEST) throw new RangeError('A message is too long to be one of ours.');
    const end = start + length;
    if (end > this.#to) return this.#keep();
    this.#from = end;
    const reader = new Reader(this.#bytes.subarray(start, end));
    reader.readHeader();
    return { message: reader.readValue() };
  }

  /** What is not complete moves to memory of our own: the reader may use its buffer again. */
  #keep(): undefined {
    if (this.#from < this.#to && !this.#owned) this.#makeRoom(0);
    return undefined;
  }

  /** Room for more bytes, and at once for the whole of a message whose length is known. */
  #makeRoom(more: number): void {
    const have = this.#to - this.#from;
    const whole = have < HEAD ? 0 : HEAD + this.#bytes.readUInt32LE(this.#from);
    const need = Math.max(have + more, whole);
    if (this.#owned && this.#from + need <= this.#bytes.length) return;
    const wider = Buffer.allocUnsafeSlow(need);
    this.#bytes.copy(wider, 0, this.#from, this.#to);
    this.#bytes = wider;
    this.#owned = true;
    this.#from = 0;
    this.#to = have;
  }
}

/** Nanoseconds in a millisecond. */
const NS = 1e6;

/**
 * Stamps as the first, in ms, and the steps from each to the next, in whole ns: as text a fraction of as many times
 * since the machine was started.
 */
export function toSteps(stamps: readonly number[]): number[] {
  const steps: number[] = [];
  let last = stamps[0] ?? 0;
  for (let at = 0; at < stamps.length; at += 1) {
    const stamp = stamps[at] as number;
    steps[at] = at === 0 ? stamp : round((stamp - last) * NS);
    last = stamp;
  }
  return steps;
}

/** The stamps, ms, that were made steps. */
export function fromSteps(steps: readonly number[]): number[] {
  const [first = 0] = steps;
  let sinceNs = 0;
  return steps.map((step, at) => {
    if (at > 0) sinceNs += step;
    return first + sinceNs / NS;
  });
}
