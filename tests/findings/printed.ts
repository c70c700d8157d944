import { liveFinding } from '../../src/engine/kinds/live/finding';
import { COMPARISONS } from './compared';
import { SCALINGS } from './scaled';
import { SITUATIONS } from './situations';

/** Every situation with what is said of it. */
export function printed(): { name: string; text: string }[] {
  return [
    ...SITUATIONS.map(({ name, seen, over }) => ({ name, text: liveFinding(seen, { over }) })),
    ...COMPARISONS,
    ...SCALINGS.map(({ name, text }) => ({ name, text })),
  ];
}
