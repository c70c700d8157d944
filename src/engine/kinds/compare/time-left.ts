import type { Contender } from './contender';
import { WARM_UP_MS } from './warm-up';

/** What contenders are known to take, at the least. */
export type Taking = Pick<Contender, 'failure' | 'startMs' | 'listMs' | 'rounds'>;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : sum(values) / values.length);

/** How long the list takes on a contender, ms: as in its rounds; before them, as when it last ran. */
function listMs({ rounds, listMs: lastMs }: Taking): number | null {
  return rounds.size === 0 ? lastMs : mean([...rounds.values()].map(({ makespanMs }) => makespanMs));
}

/** What one step takes on all of these, ms; those that were not measured yet take as long as the others. */
function together(contenders: readonly Taking[], each: (one: Taking) => number | null): number {
  const racing = contenders.filter(({ failure }) => failure === null);
  return mean(racing.flatMap((one) => each(one) ?? [])) * racing.length;
}

/** A round of these contenders, ms. */
export function roundMs(contenders: readonly Taking[]): number {
  return together(contenders, listMs);
}

/** Whether anything is known that an estimate can go by. */
export function isKnown(contenders: readonly Taking[]): boolean {
  return contenders.some((one) => one.failure === null && listMs(one) !== null);
}

/** Starting the workers of these contenders and warming them up, at most, ms. */
export function warmUpMs(contenders: readonly Taking[]): number {
  return (
    together(contenders, ({ startMs }) => startMs) +
    together(contenders, (one) => {
      const ms = listMs(one);
      return ms === null ? null : Math.max(WARM_UP_MS, ms);
    })
  );
}

/** How far the lives of all contenders are: how often each has lived, of how often at most, and what that took. */
export interface LivesSoFar {
  done: number;
  of: number;
  tookMs: number;
  /** None is begun after this, ms. */
  limitMs: number;
}

/** What further lives of these contenders take, at most, ms. */
export function livesMs(contenders: readonly Taking[], { done, of, tookMs, limitMs }: LivesSoFar): number {
  if (done >= of || tookMs >= limitMs) return 0;
  const eachMs = done > 0 ? tookMs / done : together(contenders, ({ startMs }) => startMs) + roundMs(contenders);
  return Math.min((of - done) * eachMs, limitMs - tookMs + eachMs);
}
