import { capital, executorFacts, executorTitle, isPython, type ExecutorName } from '../../../contract';

/** An executor's name at the beginning of a line: `Threads`, `Python threads`. */
export function executorLabel(executor: ExecutorName): string {
  return capital(executorTitle(executor));
}

/** A worker's name where there is little room: `T1`. */
export function workerLabel(executor: ExecutorName, worker: number): string {
  return `${executorFacts(executor).letter}${worker}`;
}

/** The shape of its points in plots, where colours alone are too much alike: one for each language. */
export function executorShape(executor: ExecutorName): 'circle' | 'diamond' {
  return isPython(executor) ? 'diamond' : 'circle';
}

/** The colour token of an executor for surfaces, or for text where `ink` is asked for. */
export function executorColour(executor: ExecutorName, ink = false): string {
  return `var(--${executor}${ink ? '-ink' : ''})`;
}
