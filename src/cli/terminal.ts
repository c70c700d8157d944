import type { WriteStream } from 'node:tty';
import { visible } from '../contract';

type Stream = NodeJS.WriteStream | WriteStream;

/** Where the command speaks: results to standard output, everything else to standard error. */
export interface Terminal {
  /** A person sees standard error as it comes, so that a line there may be drawn over. */
  readonly live: boolean;
  /** Someone could press Ctrl-C. */
  readonly attended: boolean;
  readonly columns: number;
  /** What reports and tasks say in it cannot steer a terminal, nor whatever shows the file that it goes to. */
  out(text: string): void;
  err: (text: string) => void;
  /** Draws a line over the one that stands at the foot of standard error. */
  draw(text: string): void;
  /** What was written there and has not left this process, bytes. */
  waitingBytes(stream: 'out' | 'err'): number;
  /** Calls back, once, when the reader of standard output has gone. */
  onReaderGone(listener: () => void): void;
  /** Resolves when everything written has left this process, with a sentence where standard output failed. */
  flush(): Promise<string | null>;
}

export interface TerminalStreams {
  stdin: { isTTY?: boolean };
  stdout: Stream;
  stderr: Stream;
  env: NodeJS.ProcessEnv;
}

/** The terminal of a process. A reader that goes away (`| head`) is no fault: what follows is dropped quietly. */
export function createTerminal({ stdin, stdout, stderr, env }: TerminalStreams): Terminal {
  let readerGone = false;
  let problem: string | null = null;
  const listeners = new Set<() => void>();
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (readerGone) return;
    if (error.code !== 'EPIPE')
      problem = `Cannot write to standard output: ${error.code === 'ENOSPC' ? 'the disk is full' : error.message}.`;
    readerGone = true;
    for (const listener of listeners) listener();
  });
  // Nobody is left who could be told.
  stderr.on('error', () => {});

  return {
    live: stderr.isTTY && env['TERM'] !== 'dumb',
    attended: stderr.isTTY || stdin.isTTY === true,
    get columns() {
      return stderr.columns > 0 ? stderr.columns : 80;
    },
    out(text) {
      if (!readerGone) stdout.write(visible(text));
    },
    err(text) {
      stderr.write(visible(text));
    },
    draw(text) {
      stderr.write(`\r${visible(text)}`);
    },
    waitingBytes: (stream) => (stream === 'out' ? stdout : stderr).writableLength,
    onReaderGone(listener) {
      if (readerGone) listener();
      else listeners.add(listener);
    },
    async flush() {
      await Promise.all([flushed(readerGone ? null : stdout), flushed(stderr)]);
      return problem;
    },
  };
}

function flushed(stream: Stream | null): Promise<void> {
  return new Promise((resolve) => {
    if (stream === null || stream.destroyed) resolve();
    else
      stream.write('', () => {
        resolve();
      });
  });
}
