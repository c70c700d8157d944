import type { Readable } from 'node:stream';

/** A line longer than this is cut into several. */
const LONGEST = 8192;

/** Cuts text that comes in pieces into lines. */
export class Lines {
  readonly #line: (text: string) => void;
  #rest = '';

  constructor(line: (text: string) => void) {
    this.#line = line;
  }

  add(text: string): void {
    const parts = (this.#rest + text).split('\n');
    this.#rest = parts.pop() ?? '';
    for (const part of parts) this.#line(part);
    while (this.#rest.length > LONGEST) {
      this.#line(this.#rest.slice(0, LONGEST));
      this.#rest = this.#rest.slice(LONGEST);
    }
  }

  /** What came last is a line, though it was not ended. */
  end(): void {
    if (this.#rest !== '') this.#line(this.#rest);
    this.#rest = '';
  }
}

/** Reads a process's output line by line, so that what a task's code prints is shown as it comes. */
export function readLines(stream: Readable | null, line: (text: string) => void): void {
  const lines = new Lines(line);
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
