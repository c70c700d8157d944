import {
  bytes,
  capital,
  contenderTitle,
  duration,
  partEstimate,
  partWords,
  type CompareReport,
  type ContenderReport,
} from '../../../contract';
import type { Held } from '../shared/held';

/** What was measured once is less only if it is less by this factor. */
const NOTABLE = 1.25;

interface Cost {
  name: string;
  /** What each of the two costs, in words. */
  words: readonly [string, string];
  /** Which of them costs less. */
  less: 0 | 1;
}

/** Of two that are not told apart, the one that costs less, and what each costs; nothing where neither is shown to. */
export function cheaper({ contenders }: CompareReport, { one, other }: Held): string {
  const two = [one, other].map((name) => contenders.find(({ contender }) => contender === name));
  const [first, second] = two;
  if (first === undefined || second === undefined) return '';
  const costs = [memoryCost(first, second), startCost(first, second)].filter((cost) => cost !== null);
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

/** Shared pages are counted once, where that is known. */
function memoryCost(...two: [ContenderReport, ContenderReport]): Cost | null {
  const [a, b] = two.map(({ memory }) => memory?.proportionalBytes ?? memory?.residentBytes ?? 0);
  return a === undefined || b === undefined ? null : onceMeasured('of memory', [a, b], bytes);
}

/** By the intervals of cold runs, where there are several. */
function startCost(...two: [ContenderReport, ContenderReport]): Cost | null {
  const name = 'to start';
  const [a, b] = two.map((one) => partEstimate(one, 'spawnMs'));
  if (!a || !b) return null;
  if (!a.interval || !b.interval) return onceMeasured(name, [a.value, b.value], duration);
  const less = a.interval.high < b.interval.low ? 0 : b.interval.high < a.interval.low ? 1 : null;
  return less === null ? null : { name, words: [partWords(a, duration), partWords(b, duration)], less };
}

function onceMeasured(name: string, [a, b]: [number, number], unit: (value: number) => string): Cost | null {
  if (a <= 0 || b <= 0 || Math.max(a, b) < NOTABLE * Math.min(a, b)) return null;
  return { name, words: [unit(a), unit(b)], less: a < b ? 0 : 1 };
}
