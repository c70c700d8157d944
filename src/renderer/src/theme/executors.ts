import { capital, executorFacts, executorOf, executorTitle, isPython, type ExecutorKey } from '../../../contract';

/** An executor's name at the beginning of a line: `Threads`, `Python threads`. */
export function executorLabel(executor: ExecutorKey): string {
  return capital(executorTitle(executor));
}

/** A worker's name where there is little room: `T1`. */
export function workerLabel(executor: ExecutorKey, worker: number): string {
  return `${executorFacts(executor).letter}${worker}`;
}

/** The shape of its points in plots, where colours alone are too much alike: one for each language. */
export function executorShape(executor: ExecutorKey): 'circle' | 'diamond' {
  return isPython(executor) ? 'diamond' : 'circle';
}

/** The colour token of an executor for surfaces, or for text where `ink` is asked for. */
export function executorColour(executor: ExecutorKey, ink = false): string {
  return `var(--${executorOf(executor)}${ink ? '-ink' : ''})`;
}
