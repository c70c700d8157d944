import { liveFinding } from '../../src/engine/experiment/live/finding';
import { EXPERIMENTS } from './experiment-situations';
import { SITUATIONS } from './situations';

/** Every situation with what is said of it. */
export function printed(): { name: string; text: string }[] {
  return [
    ...SITUATIONS.map(({ name, seen, over }) => ({ name, text: liveFinding(seen, { over }) })),
    ...EXPERIMENTS.map(({ name, text }) => ({ name, text })),
  ];
}
