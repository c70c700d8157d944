import type { Readable } from 'node:stream';

/** A line longer than this is cut into several. */
const LONGEST = 8192;

/** Reads a worker's output stream line by line, so that what a task's code prints is shown as it comes. */
export function readLines(stream: Readable | null, line: (text: string) => void): void {
  let rest = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) line(part);
    while (rest.length > LONGEST) {
      line(rest.slice(0, LONGEST));
      rest = rest.slice(LONGEST);
    }
  });
  stream?.on('end', () => {
    if (rest !== '') line(rest);
  });
  // A stream that breaks with its worker has nothing more to say.
  stream?.on('error', () => undefined);
}
