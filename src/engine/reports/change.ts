import type { FigureChange } from '../../contract';
import { ratioInterval, ratioOfMedians } from '../statistics/bootstrap';
import { CALL_ROUNDS } from '../statistics/difference';
import type { Figure } from '../kinds/shared/figure';
import { allowance, beyond, unlikeLoad, withoutWaiting } from '../kinds/shared/load';

/** Figures are many, and what varies between runs is allowed for beside it. */
const CALL_CONFIDENCE = 0.99;
/** The same reports give the same intervals. */
const SEED = 1;
/** This many raw values, evenly picked, say as much about a median as all of them, in a bounded time. */
const MOST_RAW = 200;

/**
 * How a figure compares with the same one of another report. The interval is a 95 % bootstrap of the ratio of medians, each report's
 * values drawn by themselves, since they were not measured in the same rounds. It holds what varied within each report, not
 * what varies from one run to the next: a difference is called where the 99 % interval leaves out what runs differ by, with
 * the time without a core and without it. null where there is nothing to divide.
 */
export function changeOf(figure: Figure, first: Figure): FigureChange | null {
  if (figure.value === null || first.value === null || !(first.value > 0)) return null;
  const [values, against] = [picked(figure.raw), picked(first.raw)];
  if (values === null || against === null)
    return { ratio: figure.value / first.value, interval: null, verdict: 'not-shown' };
  const interval = ratioInterval(values, against, { seed: SEED });
  const enough = Math.min(values.length, against.length) >= CALL_ROUNDS;
  return { ratio: ratioOfMedians(values, against), interval, verdict: enough ? called(figure, first) : 'not-shown' };
}

function called(figure: Figure, first: Figure): FigureChange['verdict'] {
  const [waited, before] = [figure.load?.waited ?? null, first.load?.waited ?? null];
  if (unlikeLoad(waited, before)) return 'unlike-load';
  const allowed = allowance(waited, before);
  const call = (values: (one: Figure) => readonly number[] | undefined): ReturnType<typeof beyond> => {
    const [ours, theirs] = [picked(values(figure)), picked(values(first))];
    return ours === null || theirs === null
      ? null
      : beyond(ratioInterval(ours, theirs, { seed: SEED, confidence: CALL_CONFIDENCE }), allowed);
  };
  const seen = call(({ raw }) => raw);
  const unexplained =
    seen === null
      ? null
      : call(({ raw = [], load, unit }) =>
          load === undefined ? raw : withoutWaiting(raw, load, unit !== 'perSecond'),
        );
  return seen !== null && seen === unexplained ? seen : 'no-difference';
}

/** Raw values that a ratio can be taken of; null where there are none. */
function picked(raw: readonly number[] | undefined): number[] | null {
  if (raw === undefined || raw.length === 0 || !raw.every((value) => value > 0)) return null;
  const step = Math.max(1, raw.length / MOST_RAW);
  return Array.from({ length: Math.min(raw.length, MOST_RAW) }, (_, at) => raw[Math.floor(at * step)] ?? 0);
}
