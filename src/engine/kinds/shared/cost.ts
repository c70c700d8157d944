import { bytes, duration, partEstimate, partWords, type ContenderReport } from '../../../contract';

/** What was measured once is less only if it is less by this factor. */
const NOTABLE = 1.25;

/** Something of which one of two costs notably less. */
export interface Cost {
  name: string;
  /** What each of the two costs, in words. */
  words: readonly [string, string];
  /** Which of them costs less. */
  less: 0 | 1;
}

/** What one of two contenders costs notably less of: memory, and time to start. */
export function costsOf(first: ContenderReport, second: ContenderReport): Cost[] {
  return [memoryCost(first, second), startCost(first, second)].filter((cost) => cost !== null);
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
