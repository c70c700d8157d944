import { readSync, writeSync } from 'node:fs';
import { exit, isArray } from '../../system/intrinsics';
import { frame, Frames, WIRE_FD } from '../frames';
import { areLight } from '../values';
import type { FromWorker, ToWorker } from '../messages';
import { toSteps } from '../stamps';
import { listen } from './transport';

// As they are now: a module of the user may replace them.
const read = readSync;
const write = writeSync;

/** Child half of the wire between a forked worker and its parent: see the parent's half. */
export class Wire {
  readonly #frames = new Frames();
  readonly #buffer = Buffer.allocUnsafeSlow(2 ** 16);
  readonly #framed: boolean;

  /** `framed` is whether there is a socket beside Node's channel. */
  constructor(framed: boolean, receive: (message: ToWorker) => void) {
    this.#framed = framed;
    listen('message', (message: ToWorker) => {
      const placeholder = !isArray(message) && message.type === 'in-socket';
      receive(placeholder ? this.#readFrame() : message);
    });
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
      const count = read(WIRE_FD, this.#buffer);
      // The parent is gone.
      if (count === 0) exit(0);
      this.#frames.add(this.#buffer.subarray(0, count));
    }
  }

  #write(bytes: Buffer): void {
    try {
      for (let at = 0; at < bytes.length;) at += write(WIRE_FD, bytes, at);
    } catch {
      // The parent is gone.
      exit(0);
    }
  }
}

const ignore = (): void => undefined;
const tell = process.send?.bind(process);

function send(message: FromWorker): void {
  // With a callback, a channel that is closed already is told there and not thrown; `disconnect` follows.
  tell?.(message, undefined, undefined, ignore);
}
