import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { number } from '../../contract/figures';

/** A line longer than this is cut into several. */
const LONGEST = 8192;
/** More of one line than this is left out. */
const MOST_OF_A_LINE = 64 * 1024;

/** Cuts what comes in pieces into lines, what is longer than `longest` characters into several, and leaves out what no reader of lines wants. */
export class Lines {
  readonly #line: (text: string) => void;
  readonly #longest: number;
  readonly #most: number;
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';
  /** Characters of the line that is under way which were handed on, and which were left out. */
  #passed = 0;
  #leftOut = 0;

  constructor(line: (text: string) => void, longest = LONGEST) {
    this.#line = line;
    this.#longest = longest;
    this.#most = Math.max(MOST_OF_A_LINE, longest);
  }

  add(chunk: string | Buffer): void {
    const parts = (typeof chunk === 'string' ? chunk : this.#decoder.write(chunk)).split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      this.#take(part);
      this.#finish();
    }
    this.#take(last);
  }

  /** What came last is a line, though it was not ended. */
  end(): void {
    this.#take(this.#decoder.end());
    if (this.#rest !== '' || this.#leftOut > 0) this.#finish();
  }

  #take(part: string): void {
    if (this.#passed >= this.#most) {
      this.#leftOut += part.length;
      return;
    }
    this.#rest += part;
    while (this.#rest.length > this.#longest && this.#passed < this.#most) this.#cut();
    if (this.#passed < this.#most) return;
    this.#leftOut += this.#rest.length;
    this.#rest = '';
  }

  #cut(): void {
    // A character is not cut in two.
    const at = this.#longest - (/[\ud800-\udbff]/.test(this.#rest.charAt(this.#longest - 1)) ? 1 : 0);
    this.#line(this.#rest.slice(0, at));
    this.#passed += at;
    this.#rest = this.#rest.slice(at);
  }

  #finish(): void {
    // Windows ends its lines with CRLF.
    const line = this.#rest.endsWith('\r') ? this.#rest.slice(0, -1) : this.#rest;
    if (this.#leftOut === 0) this.#line(line);
    else this.#line(`… ${number(this.#leftOut)} more characters of this line were dropped`);
    this.#rest = '';
    this.#passed = 0;
    this.#leftOut = 0;
  }
}

/** Reads a process's output line by line, so that what a task's code prints is shown as it comes. */
export function readLines(stream: Readable | null, line: (text: string) => void, longest?: number): void {
  const lines = new Lines(line, longest);
  stream?.on('data', (chunk: Buffer) => {
    lines.add(chunk);
  });
  stream?.on('end', () => {
    lines.end();
  });
  // A stream that breaks with its worker has nothing more to say.
  stream?.on('error', () => undefined);
}

/** What a line of JSON says, where it is an object with this field; null for any other line. The rest of it is not checked. */
export function objectIn<T>(line: string, field: keyof T & string): T | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && field in value ? (value as T) : null;
  } catch {
    return null;
  }
}
