import type { ExperimentKind, Sample } from '../../contract';
import { createLiveLine } from '../live-line';
import { progressLine } from '../progress';
import type { Terminal } from '../terminal';
import { createPlainLines } from './plain-lines';
import type { Screen } from './screen';

/** Kinds that have a picture. */
const PICTURED: readonly ExperimentKind[] = ['live'];

/** How an experiment is wanted to be shown; null: as it suits the terminal. */
export type Shown = 'picture' | 'plain-lines' | null;

/**
 * Opens what suits the terminal: a picture that is drawn in place where it has a size and the kind has one, else one line that is
 * drawn over; plain lines for a person who asked for them; without a terminal nothing.
 */
export async function openScreen(terminal: Terminal, kind: ExperimentKind, shown: Shown): Promise<Screen> {
  if (shown === 'plain-lines' || (terminal.plain && shown === null)) return createPlainLines(terminal);
  if (shown === 'picture' && terminal.canvas === null)
    terminal.err('coreloom: --live needs a terminal of a known size on standard error: nothing is drawn.\n');
  if (terminal.canvas === null || !PICTURED.includes(kind)) return lineScreen(terminal);
  // Its libraries are loaded where it is drawn.
  const { createPicture } = await import('./picture');
  return createPicture(terminal.canvas);
}

function lineScreen(terminal: Terminal): Screen {
  const line = createLiveLine(terminal);
  let newest: Sample | null = null;
  return {
    sample: (sample) => void (newest = sample),
    show(state) {
      line.show(progressLine(state, newest, terminal.columns));
    },
    above: (print) => {
      line.above(print);
    },
    end: () => {
      line.end();
    },
  };
}
