import type { Readable } from 'node:stream';

/** A line longer than this is cut into several. */
const LONGEST = 8192;

/** Cuts text that comes in pieces into lines, and what is longer than `longest` characters into several. */
export class Lines {
  readonly #line: (text: string) => void;
  readonly #longest: number;
  #rest = '';

  constructor(line: (text: string) => void, longest = LONGEST) {
    this.#line = line;
    this.#longest = longest;
  }

  add(text: string): void {
    const parts = (this.#rest + text).split('\n');
    this.#rest = parts.pop() ?? '';
    // Windows ends its lines with CRLF.
    for (const part of parts) this.#line(part.endsWith('\r') ? part.slice(0, -1) : part);
    while (this.#rest.length > this.#longest) {
      this.#line(this.#rest.slice(0, this.#longest));
      this.#rest = this.#rest.slice(this.#longest);
    }
  }

  /** What came last is a line, though it was not ended. */
  end(): void {
    if (this.#rest !== '') this.#line(this.#rest);
    this.#rest = '';
  }
}

/** Reads a process's output line by line, so that what a task's code prints is shown as it comes. */
export function readLines(stream: Readable | null, line: (text: string) => void, longest?: number): void {
  const lines = new Lines(line, longest);
  stream?.setEncoding('utf8');
  stream?.on('data', (text: string) => {
    lines.add(text);
  });
  stream?.on('end', () => {
    lines.end();
  });
  // A stream that breaks with its worker has nothing more to say.
  stream?.on('error', () => undefined);
}
