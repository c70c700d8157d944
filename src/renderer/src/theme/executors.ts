import type { ExecutorName } from '../../../contract';

/** How executors are named on the screen; their colours are tokens of the same name. */
export interface ExecutorWords {
  title: string;
  /** Before a worker's number in its row: `T1`. */
  letter: string;
}

export const EXECUTOR_WORDS: Record<ExecutorName, ExecutorWords> = {
  sequential: { title: 'Sequential', letter: 'S' },
  threads: { title: 'Threads', letter: 'T' },
  processes: { title: 'Processes', letter: 'P' },
  'python-threads': { title: 'Python threads', letter: 'pT' },
  'python-processes': { title: 'Python processes', letter: 'pP' },
  'python-interpreters': { title: 'Python interpreters', letter: 'pI' },
};

/** The colour token of an executor for surfaces, or for text where `ink` is asked for. */
export function executorColour(executor: ExecutorName, ink = false): string {
  return `var(--${executor}${ink ? '-ink' : ''})`;
}
