import { executorOf } from '../../../contract';
import { laneCoverage } from './lane-coverage';
import type { LaneRow } from './paint-lanes';
import type { Strip } from './strips-layout';
import type { Surface } from './surface';

type Rgb = readonly [number, number, number];

/** The red, green and blue of a resolved colour. */
function rgbOf(colour: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}

/** An idle worker can be seen, and one that always works is not a slab. */
const LEAST = 0.06;
const MOST = 0.62;

/** What a stretch of the strips shows: its rows, and the time at its right end. */
export interface StripsView<Group> {
  rows: readonly LaneRow[];
  strips: readonly Strip<Group>[];
  endMs: number;
  pxPerMs: number;
}

/** The worked share and the colour of each pixel of a strip's height, row by row of a stretch of columns. */
function densities(
  surface: Surface,
  rows: readonly LaneRow[],
  stretch: { fromMs: number; pixels: number; pxPerMs: number; height: number },
): { share: Float32Array; colours: (Rgb | null)[] } {
  const { pixels, height } = stretch;
  const sum = new Float32Array(height * pixels);
  const weight = new Float32Array(height);
  const colours: (Rgb | null)[] = Array.from({ length: height }, () => null);
  const known = new Map<string, Rgb>();
  rows.forEach((row, index) => {
    const { shade } = laneCoverage(row.lane, row.runningSinceMs, stretch);
    const colour = surface.theme.executors[executorOf(row.executor)];
    const rgb = known.get(colour) ?? rgbOf(colour);
    known.set(colour, rgb);
    const from = Math.floor((index * height) / rows.length);
    const to = Math.max(from + 1, Math.floor(((index + 1) * height) / rows.length));
    for (let y = from; y < Math.min(height, to); y++) {
      weight[y] = (weight[y] ?? 0) + 1;
      colours[y] ??= rgb;
      for (let x = 0; x < pixels; x++) sum[y * pixels + x] = (sum[y * pixels + x] ?? 0) + (shade[x] ?? 0);
    }
  });
  return { share: sum.map((value, at) => value / Math.max(1, weight[Math.floor(at / pixels)] ?? 1)), colours };
}

/** Paints the right-most `pixels` of every strip; answers how much of their time the workers of each had a task, 0 to 1. */
export function paintStrips<Group>(surface: Surface, view: StripsView<Group>, pixels: number): number[] {
  const { context, size, theme } = surface;
  const well = rgbOf(theme.well);
  const fromMs = view.endMs - pixels / view.pxPerMs;
  return view.strips.map((strip) => {
    const rows = view.rows.slice(strip.first, strip.first + strip.count);
    const { share, colours } = densities(surface, rows, {
      fromMs,
      pixels,
      pxPerMs: view.pxPerMs,
      height: strip.height,
    });
    const image = context.createImageData(pixels, strip.height);
    let total = 0;
    share.forEach((value, at) => {
      total += value;
      const colour = colours[Math.floor(at / pixels)] ?? well;
      const alpha = LEAST + (MOST - LEAST) * Math.min(1, value);
      for (let part = 0; part < 3; part++)
        image.data[at * 4 + part] = (well[part] ?? 0) * (1 - alpha) + (colour[part] ?? 0) * alpha;
      image.data[at * 4 + 3] = 255;
    });
    context.putImageData(image, size.width - pixels, strip.y);
    return total / Math.max(1, share.length);
  });
}

/** Moves the strips to the left by whole pixels and paints their right end. */
export function scrollStrips<Group>(surface: Surface, view: StripsView<Group>, shift: number): number[] {
  const { context, size } = surface;
  if (shift >= size.width) return paintStrips(surface, view, size.width);
  const kept = size.width - shift;
  for (const { y, height } of view.strips)
    context.drawImage(context.canvas, shift, y, kept, height, 0, y, kept, height);
  return paintStrips(surface, view, shift);
}

/** Clears the surface and writes above each strip whose it is. */
export function paintStripHeads<Group>(
  surface: Surface,
  strips: readonly Strip<Group>[],
  words: (strip: Strip<Group>, index: number) => { name: string; value: string },
): void {
  const { context, size, theme } = surface;
  const font = theme.remPx * size.ratio * 0.857;
  strips.forEach((strip, index) => {
    const { name, value } = words(strip, index);
    context.fillStyle = theme.panel;
    context.fillRect(0, strip.headY, size.width, strip.y - strip.headY);
    context.font = `400 ${font}px ${theme.sans}`;
    context.textAlign = 'left';
    context.fillStyle = theme.dim;
    context.fillText(name, 0, strip.headY + font);
    context.font = `500 ${font}px ${theme.sans}`;
    context.textAlign = 'right';
    context.fillStyle = theme.ink;
    context.fillText(value, size.width, strip.headY + font);
  });
}
