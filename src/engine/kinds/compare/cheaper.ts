import { capital, contenderTitle, type CompareReport } from '../../../contract';
import { costsOf, type Cost } from '../shared/cost';
import type { Held } from '../shared/held';

/** Of two that are not told apart, the one that costs less, and what each costs; nothing where neither is shown to. */
export function cheaper({ contenders }: CompareReport, { one, other }: Held): string {
  const two = [one, other].map((name) => contenders.find(({ contender }) => contender === name));
  const [first, second] = two;
  if (first === undefined || second === undefined) return '';
  const costs = costsOf(first, second);
  const sides = ([0, 1] as const).flatMap((side) => {
    const own = costs.filter(({ less }) => less === side);
    return own.length === 0 ? [] : [clause(contenderTitle([one, other][side] ?? one), side, own)];
  });
  return sides.length === 0 ? '' : `${capital(sides.join('; '))}.`;
}

/** `threads cost less: 12 MB of memory, not 81 MB, and 31 ms to start, not 52 ms`. */
function clause(who: string, side: 0 | 1, costs: readonly Cost[]): string {
  const each = costs.map(({ name, words }) => `${words[side]} ${name}, not ${words[side === 0 ? 1 : 0]}`);
  return `${who} cost less: ${each.join(', and ')}`;
}
