import type { ExecutorName } from '../../../contract';

/** How executors are named on the screen; their colours are tokens of the same name. */
export interface ExecutorWords {
  title: string;
  /** As part of a sentence or beside a number. */
  short: string;
  /** Before a worker's number in its row: `T1`. */
  letter: string;
}

export const EXECUTOR_WORDS: Record<ExecutorName, ExecutorWords> = {
  sequential: { title: 'Sequential', short: 'sequential', letter: 'S' },
  threads: { title: 'Threads', short: 'threads', letter: 'T' },
  processes: { title: 'Processes', short: 'procs', letter: 'P' },
  'python-threads': { title: 'Python threads', short: 'py threads', letter: 'pT' },
  'python-processes': { title: 'Python processes', short: 'py procs', letter: 'pP' },
  'python-interpreters': { title: 'Python interpreters', short: 'py interp', letter: 'pI' },
};

/** The colour token of an executor for surfaces, or for text where `ink` is asked for. */
export function executorColour(executor: ExecutorName, ink = false): string {
  return `var(--${executor}${ink ? '-ink' : ''})`;
}
