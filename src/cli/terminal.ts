import type { WriteStream } from 'node:tty';
import { visible, type Appearance } from '../contract';

type Stream = NodeJS.WriteStream | WriteStream;

/** A terminal that can be drawn on: nothing is made harmless in what goes to its stream. */
export interface Canvas {
  stream: WriteStream;
  /** How many colours it has: 0 none, 1 sixteen, 2 256, 3 all. NO_COLOR and FORCE_COLOR decide first. */
  colours: 0 | 1 | 2 | 3;
  appearance: Appearance;
  /** Remembers how what draws on it gives the cursor back; null: it has. */
  take(giveBack: (() => void) | null): void;
}

/** Where the command speaks: results to standard output, everything else to standard error. */
export interface Terminal {
  /** A person sees standard error as it comes, so that a line there may be drawn over. */
  readonly live: boolean;
  /** Someone could press Ctrl-C. */
  readonly attended: boolean;
  readonly columns: number;
  /** Its person, or a terminal that draws nothing over, wants whole lines: CORELOOM_PLAIN=1, TERM=dumb. */
  readonly plain: boolean;
  /** Standard error where pictures can be drawn on it; null without a terminal of a known size. */
  readonly canvas: Canvas | null;
  /** Gives the cursor back at once, for a process that ends before its time. */
  giveBack(): void;
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
  let giveBack: (() => void) | null = null;
  const isPlain = ('CORELOOM_PLAIN' in env && !['', '0'].includes(env['CORELOOM_PLAIN'] ?? '')) || isDumb(env);

  return {
    live: stderr.isTTY && !isDumb(env),
    plain: isPlain && (stderr.isTTY || !isDumb(env)),
    canvas: isCanvas(stderr) ? canvasOf(stderr, env, (how) => void (giveBack = how)) : null,
    giveBack: () => giveBack?.(),
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

const isDumb = (env: NodeJS.ProcessEnv): boolean => env['TERM'] === 'dumb';

/** Some terminals, such as those of scripts, do not tell their size. */
const isCanvas = (stream: Stream): stream is WriteStream => stream.isTTY && stream.columns > 0 && stream.rows > 0;

function canvasOf(stream: WriteStream, env: NodeJS.ProcessEnv, take: Canvas['take']): Canvas {
  const depths = { 1: 0, 4: 1, 8: 2, 24: 3 } as const;
  const depth = stream.getColorDepth(env) as keyof typeof depths;
  // Terminals that tell their background do so as the last number of this: 7 and 15 are white.
  const light = /;(7|15)$/.test(env['COLORFGBG'] ?? '');
  return { stream, colours: depths[depth], appearance: light ? 'light' : 'dark', take };
}
