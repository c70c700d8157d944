import { plural, executorTitle, type ScaleState } from '../../../contract';

const PHASES: Record<ScaleState['phase'], string> = {
  calibrating: 'Looking at the length of a task',
  'warming-up': 'Warming up',
  measuring: 'Measuring',
  fitting: 'Fitting the laws',
  stopping: 'Stopping',
  ended: 'Ended',
};

/** What a scaling experiment is at, in words: phase, who is at work, and the rounds that are complete. */
export function stepWords({
  phase,
  current,
  rounds,
  settings,
}: Pick<ScaleState, 'phase' | 'current' | 'rounds' | 'settings'>): string {
  const who = current === null ? '' : `: ${executorTitle(current.executor)}, ${plural(current.workers, 'worker')}`;
  const of = settings.rounds === null ? '' : ` of ${String(settings.rounds)}`;
  return `${PHASES[phase]}${who}${phase === 'measuring' ? `, ${plural(rounds, 'round')}${of}` : ''}`;
}
