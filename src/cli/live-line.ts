import type { Terminal } from './terminal';

/** A line at the foot of standard error that is drawn over again and again; without a live terminal, nothing. */
export interface LiveLine {
  show(text: string): void;
  /** Takes the line away, prints whole lines, and draws it again. */
  above(print: () => void): void;
  /** Takes the line away for good. */
  end(): void;
}

/** Drawn with spaces and returns alone, so that it needs no escape codes and honours NO_COLOR. */
export function createLiveLine(terminal: Terminal): LiveLine {
  let drawn = '';
  let ended = false;
  const draw = (text: string): void => {
    if (!terminal.live || text === drawn) return;
    terminal.draw(text.padEnd(drawn.length));
    if (text.length < drawn.length) terminal.draw(text);
    drawn = text;
  };
  const clear = (): void => {
    if (drawn !== '') {
      terminal.draw(' '.repeat(drawn.length));
      terminal.draw('');
    }
    drawn = '';
  };
  return {
    show(text) {
      if (!ended) draw(text);
    },
    above(print) {
      const kept = drawn;
      clear();
      print();
      draw(kept);
    },
    end() {
      ended = true;
      clear();
    },
  };
}
