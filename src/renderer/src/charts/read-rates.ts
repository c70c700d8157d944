import { apartFrom, executorTitle, rate } from '../../../contract';
import type { Readout } from './hover';
import { RATES_MS, axisOf, endWord, type RatesView } from './paint-rates';
import type { RateHistory } from './rate-history';
import type { Surface } from './surface';

/** Farther away than this, a point is not what the pointer means. */
const NEAR_MS = 1000;

function nearest(history: RateHistory, atMs: number): number | null {
  let best: number | null = null;
  for (let index = 0; index < history.length; index++) {
    if (best === null || Math.abs(history.atMs(index) - atMs) < Math.abs(history.atMs(best) - atMs)) best = index;
  }
  return best !== null && Math.abs(history.atMs(best) - atMs) <= NEAR_MS ? best : null;
}

/** The rates at the point that is nearest in time. */
export function readRates(surface: Surface, history: RateHistory, view: RatesView, at: { x: number }): Readout | null {
  const axis = axisOf(surface, view);
  if (at.x < axis.left || history.length === 0) return null;
  const index = nearest(history, view.endMs - ((axis.right - at.x) / (axis.right - axis.left)) * RATES_MS);
  if (index === null) return null;
  const rows = history.executors().flatMap((executor) => {
    const value = history.value(executor, index);
    return Number.isNaN(value) ? [] : [{ executor, name: executorTitle(executor), value: rate(value) }];
  });
  return {
    title: `${apartFrom(history.atMs(index) - view.endMs, endWord(view))}, over one second`,
    rows,
    markX: axis.x(history.atMs(index)),
  };
}
