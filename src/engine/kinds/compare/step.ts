import { contenderTitle, plural, type ComparePhase, type ContenderKey } from '../../../contract';

const PHASES: Record<ComparePhase, string> = {
  calibrating: 'Finding the number of tasks per round',
  lives: 'Cold runs, from start-up to teardown',
  'warming-up': 'Warming up',
  measuring: 'Measuring',
  stopping: 'Stopping',
  ended: 'Ended',
};

/** What a comparison is at, in words: phase, who is at work, and the rounds that are complete. */
export function stepWords(
  phase: ComparePhase,
  current: ContenderKey | null,
  rounds: number,
  wanted: number | null,
): string {
  const who = current === null ? '' : `: ${contenderTitle(current)}`;
  const of = wanted === null ? '' : ` of ${String(wanted)}`;
  return `${PHASES[phase]}${who}${phase === 'measuring' ? `, ${plural(rounds, 'round')}${of}` : ''}`;
}
