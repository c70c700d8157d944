import { executorOf, number, withoutZeros, type ExecutorKey } from '../../../contract';
import { moveLabels, type Move } from './moves';
import type { RateHistory } from './rate-history';
import type { Surface } from './surface';

export const RATES_MS = 60_000;

/** What of the rates is shown: the minute before `endMs`, from 0 to `top` a second. */
export interface RatesView {
  endMs: number;
  top: number;
  /** What sliders did, with room above the plot where there is any. */
  moves?: readonly Move[];
  /** Then the minute ends where the run did, and no longer now. */
  ended: boolean;
}

/** The least round number (1, 2, 3, 4, 6 or 8 times a power of ten) that is not under the value: its half is one that the axis can write whole. */
export function roundUp(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  for (const step of [1, 2, 3, 4, 6, 8]) if (step * power >= value) return step * power;
  return 10 * power;
}

/** The greatest rate in the window. */
export function greatestRate(history: RateHistory, fromMs: number): number {
  let greatest = 0;
  for (const executor of history.executors()) {
    for (let index = history.length - 1; index >= 0 && history.atMs(index) >= fromMs; index--) {
      const value = history.value(executor, index);
      if (value > greatest) greatest = value;
    }
  }
  return greatest;
}

export interface Axis {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x(ms: number): number;
  y(value: number): number;
}

const movesIn = ({ moves = [], endMs }: RatesView): Move[] =>
  moves.filter(({ atMs }) => atMs > endMs - RATES_MS && atMs <= endMs);

/** A dashed line where a slider was moved, in its executor's colour, with the words above the plot. */
function paintMoves(surface: Surface, axis: Axis, view: RatesView): void {
  const { context, size, theme } = surface;
  const moves = movesIn(view);
  context.lineWidth = Math.max(1, size.ratio);
  context.setLineDash([2 * size.ratio, 2 * size.ratio]);
  for (const { atMs, executor } of moves) {
    context.strokeStyle = theme.executors[executorOf(executor)];
    context.beginPath();
    context.moveTo(Math.round(axis.x(atMs)) + 0.5, axis.top);
    context.lineTo(Math.round(axis.x(atMs)) + 0.5, axis.bottom);
    context.stroke();
  }
  context.setLineDash([]);
  const font = theme.remPx * size.ratio * 0.857;
  context.font = `400 ${font}px ${theme.sans}`;
  context.fillStyle = theme.dim;
  context.textAlign = 'center';
  for (const { x, text } of moveLabels(moves.map((move) => ({ ...move, x: axis.x(move.atMs) / size.ratio })))) {
    const half = context.measureText(text).width / 2;
    const middle = Math.min(axis.right - half, Math.max(axis.left + half, x * size.ratio));
    context.fillText(text, middle, axis.top - font * 0.4);
  }
}

/** Where the axes are, in device px. */
export function axisOf(surface: Surface, view: RatesView): Axis {
  const { size, theme } = surface;
  const rem = theme.remPx * size.ratio;
  const left = Math.round(rem * 3.6);
  const right = size.width - Math.round(rem * 0.4);
  const top = Math.round(rem * (movesIn(view).length > 0 ? 1.3 : 0.6));
  const bottom = size.height - Math.round(rem * 1.25);
  return {
    left,
    right,
    top,
    bottom,
    x: (ms) => right - ((view.endMs - ms) / RATES_MS) * (right - left),
    y: (value) => bottom - (value / view.top) * (bottom - top),
  };
}

/** What stands at the right end of the time axis. */
export const endWord = ({ ended }: RatesView): string => (ended ? 'end' : 'now');

function paintGrid(surface: Surface, axis: Axis, view: RatesView): void {
  const { context, size, theme } = surface;
  const font = theme.remPx * size.ratio * 0.78;
  context.font = `${font}px ${theme.mono}`;
  context.fillStyle = theme.faint;
  context.strokeStyle = theme.line;
  context.lineWidth = Math.max(1, Math.round(size.ratio));
  context.textAlign = 'right';
  context.beginPath();
  for (const share of axis.bottom - axis.top > font * 6 ? [0, 0.5, 1] : [0, 1]) {
    const y = Math.round(axis.y(view.top * share)) + 0.5;
    context.moveTo(axis.left, y);
    context.lineTo(axis.right, y);
    const value = view.top * share;
    context.fillText(withoutZeros(value, number), axis.left - font * 0.6, y + font * 0.35);
  }
  context.stroke();
  for (const seconds of [60, 45, 30, 15, 0]) {
    context.textAlign = seconds === 0 ? 'right' : seconds === 60 ? 'left' : 'center';
    const x = axis.right - (seconds / 60) * (axis.right - axis.left);
    context.fillText(seconds === 0 ? endWord(view) : `−${seconds} s`, x, size.height - font * 0.15);
  }
}

function points(history: RateHistory, executor: ExecutorKey, fromMs: number): { atMs: number; value: number }[] {
  const list: { atMs: number; value: number }[] = [];
  for (let index = 0; index < history.length; index++) {
    const value = history.value(executor, index);
    if (history.atMs(index) >= fromMs && !Number.isNaN(value)) list.push({ atMs: history.atMs(index), value });
  }
  return list;
}

function paintLine(
  surface: Surface,
  axis: Axis,
  line: { colour: string; points: { atMs: number; value: number }[] },
): void {
  const { context, size } = surface;
  const last = line.points.at(-1);
  if (!last) return;
  context.beginPath();
  line.points.forEach((point, index) => {
    if (index === 0) context.moveTo(axis.x(point.atMs), axis.y(point.value));
    else context.lineTo(axis.x(point.atMs), axis.y(point.value));
  });
  context.strokeStyle = line.colour;
  context.lineWidth = 1.5 * size.ratio;
  context.lineJoin = 'round';
  context.stroke();
  context.fillStyle = line.colour;
  context.beginPath();
  context.arc(axis.x(last.atMs), axis.y(last.value), 2.5 * size.ratio, 0, Math.PI * 2);
  context.fill();
}

/** Paints the rates of the last minute, one line an executor; `top` is the greatest value of the axis. */
export function paintRates(surface: Surface, history: RateHistory, view: RatesView): void {
  const { context, size, theme } = surface;
  context.fillStyle = theme.panel;
  context.fillRect(0, 0, size.width, size.height);
  const axis = axisOf(surface, view);
  paintGrid(surface, axis, view);
  paintMoves(surface, axis, view);
  for (const executor of history.executors()) {
    paintLine(surface, axis, {
      colour: theme.executors[executorOf(executor)],
      points: points(history, executor, view.endMs - RATES_MS),
    });
  }
}
