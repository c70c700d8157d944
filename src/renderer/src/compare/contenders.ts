import { capital, CONTENDER_TITLES, type ContenderName } from '../../../contract';
import { executorColour } from '../theme/executors';

/** A contender's name at the beginning of a line: `Threads`, `Sequential Python`. */
export function contenderTitle(contender: ContenderName): string {
  return capital(CONTENDER_TITLES[contender]);
}

/** With its workers, where it has several: `Threads × 4`. */
export function contenderWith(contender: ContenderName, workers: number): string {
  return workers === 1 ? contenderTitle(contender) : `${contenderTitle(contender)} × ${workers}`;
}

/** The colour of its executor; Python's baseline, one Python thread, has a paler tone of that. */
export function contenderColour(contender: ContenderName): string {
  if (contender === 'python-sequential') return 'color-mix(in srgb, var(--python-threads) 55%, var(--sequential))';
  return executorColour(contender);
}
