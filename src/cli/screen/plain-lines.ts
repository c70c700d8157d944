import type { Sample } from '../../contract';
import { progressLine } from '../progress';
import type { Terminal } from '../terminal';
import type { Screen } from './screen';

/** Between two lines of one step, ms: often enough to follow, seldom enough to be read aloud. */
const EVERY_MS = 5_000;
/** Nothing is drawn over, so a line may be as long as it is. */
const COLUMNS = 1_000;
/** Read aloud, bars are noise. */
const BARS = /^[▁-█]+ +/;

/** Whole lines on standard error that stay, one at each step and every few seconds: for screen readers and logs. */
export function createPlainLines(terminal: Pick<Terminal, 'err'>): Screen {
  let newest: Sample | null = null;
  let last = { step: '', elapsedMs: 0 };
  return {
    sample: (sample) => void (newest = sample),
    show(state) {
      const { step, elapsedMs } = state;
      if (step === last.step && elapsedMs - last.elapsedMs < EVERY_MS) return;
      last = { step, elapsedMs };
      terminal.err(`${progressLine(state, newest, COLUMNS).replace(BARS, '')}\n`);
    },
    above: (print) => {
      print();
    },
    end: () => {},
  };
}
