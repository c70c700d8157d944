import { Chalk, type ColorSupportLevel } from 'chalk';
import { executorFacts, type Appearance, type ExecutorKey } from '../../contract';

/** What has a core: workers of an executor, or everything else on the machine. */
export type Cause = ExecutorKey | 'other';

/** Colours and weights of a terminal; without colours, the texts as they are. */
export interface Paint {
  /** In the colour of a cause. */
  of(cause: Cause, text: string): string;
  /** The letter of a cause on its colour, with which its part of a bar begins. */
  mark(cause: Cause): string;
  strong(text: string): string;
  quiet(text: string): string;
  bad(text: string): string;
}

const OTHER_LETTER = '#';

/** One letter for each cause, so that none is known by its colour alone: `T`, and `t` on Python. */
export function letterOf(cause: Cause): string {
  if (cause === 'other') return OTHER_LETTER;
  const { letter } = executorFacts(cause);
  return letter.length === 1 ? letter : letter.slice(-1).toLowerCase();
}

/** Paints for a terminal of this colour level: 0 has none, 1 sixteen, 2 256, 3 all. */
export function createPaint(level: ColorSupportLevel, appearance: Appearance): Paint {
  const chalk = new Chalk({ level });
  const colour = (cause: Cause): string => (cause === 'other' ? '#75838f' : executorFacts(cause)[appearance].fill);
  const painters = new Map<Cause, ReturnType<typeof chalk.hex>>();
  return {
    of(cause, text) {
      const painter = painters.get(cause) ?? chalk.hex(colour(cause));
      painters.set(cause, painter);
      return painter(text);
    },
    mark: (cause) => chalk.bgHex(colour(cause)).black(letterOf(cause)),
    strong: (text) => chalk.bold(text),
    quiet: (text) => (level === 0 ? text : chalk.dim(text)),
    bad: (text) => chalk.red(text),
  };
}
