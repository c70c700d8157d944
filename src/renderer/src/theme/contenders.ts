import { capital, contenderOf, contenderTitle, type ContenderKey } from '../../../contract';

/** A contender's name at the beginning of a line: `Threads`, `Sequential Python`. */
export function contenderLabel(contender: ContenderKey): string {
  return capital(contenderTitle(contender));
}

/** With its workers, where it has several: `Threads × 4`. */
export function contenderWith(contender: ContenderKey, workers: number): string {
  return workers === 1 ? contenderLabel(contender) : `${contenderLabel(contender)} × ${workers}`;
}

/** The colour of its executor; a baseline that is none has a paler tone of the one that starts it. */
export function contenderColour(contender: ContenderKey): string {
  return `var(--${contenderOf(contender)})`;
}
