import ansi from 'ansi-escapes';
import cliCursor from 'cli-cursor';
import stringWidth from 'string-width';
import type { Canvas } from '../terminal';

/** A terminal shows what is between these at once (synchronized output); others skip them. */
const [BEGIN, END] = ['\u001b[?2026h', '\u001b[?2026l'];

/** Lines at the foot of a terminal that are drawn over in place. */
export interface PaintedLines {
  /** Each must be narrower than the terminal, and all together less than as high. */
  draw(lines: readonly string[]): void;
  clear(): void;
  /** Takes them away, and gives the cursor back. */
  end(): void;
}

/**
 * Writes only the lines that differ, and hides the cursor until the end, whichever that is. Not by log-update, which takes
 * apart and wraps every frame: that costs many times what drawing does, on the thread that hands out tasks.
 */
export function createPaintedLines({ stream, take }: Pick<Canvas, 'stream' | 'take'>): PaintedLines {
  let drawn: readonly string[] = [];
  let columns = stream.columns;

  function clear(): void {
    if (drawn.length > 0) stream.write(ansi.cursorUp(Math.min(height(), stream.rows - 1)) + '\r' + ansi.eraseDown);
    drawn = [];
  }

  /** A terminal that got narrower has wrapped what was drawn. */
  function height(): number {
    const wraps = (line: string): number => Math.max(1, Math.ceil(stringWidth(line) / stream.columns));
    return stream.columns >= columns ? drawn.length : drawn.reduce((sum, line) => sum + wraps(line), 0);
  }

  const giveBack = (): void => {
    cliCursor.show(stream);
  };

  return {
    clear,
    draw(lines) {
      if (stream.columns !== columns) clear();
      columns = stream.columns;
      cliCursor.hide(stream);
      take(giveBack);
      const up = drawn.length === 0 ? '' : ansi.cursorUp(drawn.length);
      const changed = lines.map((line, at) => (line === drawn[at] ? '\n' : `${line}${ansi.eraseEndLine}\n`));
      stream.write(`${BEGIN}${up}\r${changed.join('')}${ansi.eraseDown}${END}`);
      drawn = lines;
    },
    end() {
      clear();
      giveBack();
      take(null);
    },
  };
}
