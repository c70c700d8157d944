/** One axis of a plot. */
export interface PlotAxis {
  title: string;
  kind: 'linear' | 'log';
  min: number;
  max: number;
  ticks: { at: number; label: string }[];
}

interface PlotPoint {
  x: number;
  y: number;
  /** 95 % interval, where there is one. */
  low?: number | undefined;
  high?: number | undefined;
}

/** What is drawn in one colour, and named in the legend. */
export interface PlotSeries {
  key: string;
  name: string;
  /** A CSS colour. */
  colour: string;
  shape: 'circle' | 'square' | 'diamond' | 'triangle';
  points: PlotPoint[];
  /** Joined by a line where `joined`, else the line is `curve`. */
  joined?: boolean;
  curve?: { x: number; y: number }[];
  /** The curve is only held against the points, and does not fit. */
  misfit?: boolean;
}

/** Round numbers from 0 to at least the value: 1, 2, 2.5 or 5 times a power of ten apart. */
export function linearTicks(max: number, wanted = 6): number[] {
  const raw = Math.max(max, 1e-12) / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5, 10].find((one) => one * power >= raw * 0.999) ?? 10) * power;
  const count = Math.max(1, Math.ceil(max / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** Whole numbers from 1: all of them where they fit, else every second, fourth, …. */
export function countTicks(max: number, most = 16): number[] {
  const step =
    [1, 2, 4, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128, 200, 256, 500, 512].find((one) => max / one <= most) ??
    Math.ceil(max / most);
  const ticks = Array.from({ length: Math.floor(max / step) }, (_, index) => (index + 1) * step);
  return step === 1 ? ticks : [1, ...ticks];
}

/** Powers of ten from one below to one above. */
export function logTicks(min: number, max: number): number[] {
  const first = Math.floor(Math.log10(min) + 1e-9);
  const last = Math.max(first + 1, Math.ceil(Math.log10(max) - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
}

const ROUND_RATIOS = [1.02, 1.05, 1.1, 1.2, 1.5, 2, 5, 10, 20, 50, 100, 1000, 10_000];

/** Round ratios up to the largest, with their inverses and 1 between them. */
export function ratioTicks(largest: number): number[] {
  const far = ROUND_RATIOS.findLast((one) => one <= largest) ?? largest;
  const near = ROUND_RATIOS.findLast((one) => one <= Math.sqrt(far) * 1.001);
  const above = near === undefined ? [far] : [near, far];
  return [...above.map((one) => 1 / one).reverse(), 1, ...above];
}

/** Place of a value on an axis, 0 to 1; beyond its ends outside of that. */
export function shareOf({ kind, min, max }: Pick<PlotAxis, 'kind' | 'min' | 'max'>, value: number): number {
  if (kind === 'linear') return (value - min) / (max - min || 1);
  return Math.log(Math.max(value, 1e-12) / min) / (Math.log(max / min) || 1);
}

/** The distinct places of all points, ascending: where a reader can stop. */
export function stopsOf(series: readonly PlotSeries[]): number[] {
  return [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
}

/** The stop that is nearest to a place on the axis. */
export function nearestStop(
  stops: readonly number[],
  axis: Pick<PlotAxis, 'kind' | 'min' | 'max'>,
  share: number,
): number | null {
  let best: number | null = null;
  for (const stop of stops) {
    if (best === null || Math.abs(shareOf(axis, stop) - share) < Math.abs(shareOf(axis, best) - share)) best = stop;
  }
  return best;
}
