import type { CompareState } from '../contract';
import { CONTENDER_TITLES, duration, plural } from '../engine/report/words';

const PHASES: Record<CompareState['phase'], string> = {
  calibrating: 'Finding how many tasks make a round',
  lives: 'One whole life of each, from spawn to teardown',
  'warming-up': 'Warming up',
  measuring: 'Measuring',
  stopping: 'Stopping',
  ended: 'Ended',
};

/** One line about a comparison: phase, rounds, who is at work, and how long it may take yet. */
export function compareLine({ phase, settings, rounds, current, elapsedMs, remainingMs }: CompareState, columns: number): string {
  const of = settings.rounds === null ? '' : ` of ${String(settings.rounds)}`;
  const parts = [
    `${PHASES[phase]}${current === null ? '' : `: ${CONTENDER_TITLES[current]}`}`,
    ...(phase === 'measuring' ? [`${plural(rounds, 'round')}${of}`] : []),
    `${(elapsedMs / 1000).toFixed(1)} s`,
    // Rounded up to whole seconds: a finer estimate would be false.
    ...(phase === 'measuring' && remainingMs !== null ? [`${settings.rounds === null ? 'at most about' : 'about'} ${duration(Math.ceil(remainingMs / 1000) * 1000)} to go`] : []),
  ];
  return parts.join('  ').slice(0, columns - 1);
}
