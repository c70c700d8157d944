import { executorTitle, lostWords, type TaskLine } from '../contract';
import type { Terminal } from './terminal';

/** Bytes of printed lines that may wait for a slow reader of the command's output. */
const MOST_WAITING = 32 * 1024 * 1024;

/** Prints the lines of tasks; for a reader that takes them too slowly they are left out, counted, and told of where they would have stood. */
export class TaskLines {
  readonly #terminal: Terminal;
  readonly #stream: 'out' | 'err';
  #lost = { lines: 0, bytes: 0 };

  constructor(terminal: Terminal, stream: 'out' | 'err') {
    this.#terminal = terminal;
    this.#stream = stream;
  }

  print(lines: readonly TaskLine[]): void {
    const text = lines.map(lineText).join('');
    if (this.#terminal.waitingBytes(this.#stream) > MOST_WAITING) {
      for (const { lost = 1 } of lines) this.#lost.lines += lost;
      this.#lost.bytes += Buffer.byteLength(text);
      return;
    }
    this.tell();
    this.#write(text);
  }

  /** Tells what was left out, if anything was. */
  tell(): void {
    const { lines, bytes } = this.#lost;
    this.#lost = { lines: 0, bytes: 0 };
    if (lines > 0) this.#write(`${lostWords(lines, bytes)}, because the output is read too slowly\n`);
  }

  #write(text: string): void {
    if (this.#stream === 'out') this.#terminal.out(text);
    else this.#terminal.err(text);
  }
}

/** Worker 0 is nobody in particular: a line about all workers of an executor. */
const lineText = ({ executor, worker, text }: TaskLine): string =>
  `${executorTitle(executor)}${worker > 0 ? ` ${String(worker)}` : ''}: ${text}\n`;
