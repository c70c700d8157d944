import type { FigureChange } from '../../../contract';
import { ratioInterval, ratioOfMedians } from '../../statistics/bootstrap';
import { CALL_CONFIDENCE, CALL_ROUNDS } from '../../statistics/difference';
import type { Figure } from './figure';

/** The same reports give the same intervals. */
const SEED = 1;
/** So many raw values, evenly picked, say as much of a median as all of them, in a bounded time. */
const MOST_RAW = 200;

/**
 * How a figure compares with the same one of another report. The interval is a 95 % bootstrap of the ratio of medians, each report's
 * values drawn by themselves, since they were not measured in the same rounds; a difference is called at 99 %. It holds
 * what varied within each report, not what varies from one run to the next. null where there is nothing to divide.
 */
export function changeOf(figure: Figure, first: Figure): FigureChange | null {
  if (figure.value === null || first.value === null || !(first.value > 0)) return null;
  const [values, against] = [picked(figure.raw), picked(first.raw)];
  if (values === null || against === null) return { ratio: figure.value / first.value, interval: null, verdict: 'not-shown' };
  const interval = ratioInterval(values, against, { seed: SEED });
  const call = ratioInterval(values, against, { seed: SEED, confidence: CALL_CONFIDENCE });
  const enough = Math.min(values.length, against.length) >= CALL_ROUNDS;
  const verdict = !enough ? 'not-shown' : call.high < 1 ? 'lower' : call.low > 1 ? 'higher' : 'no-difference';
  return { ratio: ratioOfMedians(values, against), interval, verdict };
}

/** Raw values that a ratio can be taken of; null where there are none. */
function picked(raw: readonly number[] | undefined): number[] | null {
  if (raw === undefined || raw.length === 0 || !raw.every((value) => value > 0)) return null;
  const step = Math.max(1, raw.length / MOST_RAW);
  return Array.from({ length: Math.min(raw.length, MOST_RAW) }, (_, at) => raw[Math.floor(at * step)] ?? 0);
}
