import { DefaultDeserializer, DefaultSerializer } from 'node:v8';

/** Descriptor under which a child finds the socket to its parent. */
export const WIRE_FD = 5;

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
