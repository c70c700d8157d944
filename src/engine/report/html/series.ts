import type { SampleTable } from '../../../contract';

export interface Window {
  fromMs: number;
  toMs: number;
}

/** The time that the samples cover: the first one reaches back by its own length. */
export function sampledWindow({ atMs, intervalMs }: SampleTable): Window {
  const first = atMs[0] ?? 0;
  return { fromMs: first - (intervalMs[0] ?? 0), toMs: atMs.at(-1) ?? first };
}

/**
 * A column brought to fewer points: each is the mean over its time, weighted by how long each sample lasted in it.
 * null where no sample lay: a gap stays a gap.
 */
export function binned(
  values: readonly (number | null)[],
  samples: Pick<SampleTable, 'atMs' | 'intervalMs'>,
  to: Window & { bins: number },
): (number | null)[] {
  const widthMs = (to.toMs - to.fromMs) / to.bins;
  const sums = new Float64Array(to.bins);
  const weights = new Float64Array(to.bins);
  if (!(widthMs > 0)) return [];
  for (const [row, value] of values.entries()) {
    if (value === null) continue;
    const endMs = samples.atMs[row] ?? 0;
    const startMs = endMs - (samples.intervalMs[row] ?? 0);
    const first = Math.max(0, Math.floor((startMs - to.fromMs) / widthMs));
    const last = Math.min(to.bins - 1, Math.ceil((endMs - to.fromMs) / widthMs) - 1);
    for (let bin = first; bin <= last; bin++) {
      const binStartMs = to.fromMs + bin * widthMs;
      const weight = Math.min(endMs, binStartMs + widthMs) - Math.max(startMs, binStartMs);
      if (weight <= 0) continue;
      sums[bin] = (sums[bin] ?? 0) + value * weight;
      weights[bin] = (weights[bin] ?? 0) + weight;
    }
  }
  // A sliver of a bin is rounding, not a measurement.
  return Array.from(sums, (sum, bin) => ((weights[bin] ?? 0) > widthMs * 1e-6 ? sum / (weights[bin] ?? 1) : null));
}

/** Mean over all samples that have a value, weighted by how long each lasted; null without any. */
export function weightedMean(values: readonly (number | null)[], intervalMs: readonly number[]): number | null {
  let sum = 0;
  let weight = 0;
  for (const [row, value] of values.entries()) {
    if (value === null) continue;
    sum += value * (intervalMs[row] ?? 0);
    weight += intervalMs[row] ?? 0;
  }
  return weight > 0 ? sum / weight : null;
}

/** An area from the ground up to a stepped line, in a box `values.length` wide and `height` high; gaps stay open. */
export function stepArea(values: readonly (number | null)[], height: number): string {
  let path = '';
  let open = false;
  for (const [at, value] of values.entries()) {
    if (value === null) {
      if (open) path += `V${String(height)}z`;
      open = false;
      continue;
    }
    const y = String(Math.round(height * (1 - Math.min(1, Math.max(0, value)))));
    path += open ? `V${y}h1` : `M${String(at)} ${String(height)}V${y}h1`;
    open = true;
  }
  return open ? `${path}V${String(height)}z` : path;
}

/** A round number at or a little above: 1, 2, 2.5 or 5 times a power of ten. */
export function niceCeiling(value: number): number {
  if (!(value > 1e-9)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= value) ?? 10;
  return step * power;
}
