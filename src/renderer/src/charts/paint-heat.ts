import { executorOf, percent } from '../../../contract';
import type { Theme } from '../theme/theme';
import type { CoreSlice } from './core-history';
import type { DrawnCores } from './core-source';
import type { HeatCell, HeatLayout } from './heat-layout';
import type { Surface } from './surface';

/** Shares are told apart in this many steps. */
const LEVELS = 48;
/** Corners of cells, CSS px. */
const CORNER = 2;

/** Colour and strength of each core, for one stretch of time. */
interface Heat {
  colours: string[];
  /** 0 to LEVELS; -1 where it is not known. */
  levels: Int8Array;
}

/** The opacity of a share: an idle core can still be seen, and halves can be told apart. */
const alphaOf = (level: number): number => 0.14 + 0.8 * (level / LEVELS) ** 1.4;

/** The colour of a core is that of who used most of it. */
function heatOf(slice: CoreSlice, theme: Theme): Heat {
  const levels = new Int8Array(slice.total.length);
  const colours = Array.from(slice.total, (total, core) => {
    levels[core] = slice.known && !Number.isNaN(total) ? Math.round(Math.min(1, total) * LEVELS) : -1;
    if (!slice.attributed) return theme.plain;
    let [most, colour, caused] = [0, theme['other-edge'], 0];
    for (const { executor, share } of slice.causes) {
      const used = share[core] ?? 0;
      caused += used;
      if (used > most) [most, colour] = [used, theme.executors[executorOf(executor)]];
    }
    return total - caused > most ? theme['other-edge'] : colour;
  });
  return { colours, levels };
}

/** Paints one rectangle of each of some cores; cores alike are painted together, as a style costs more than a rectangle. */
function paintRects(
  { context, theme }: Surface,
  heat: Heat,
  {
    cores,
    rectOf,
    round = 0,
  }: { cores: readonly number[]; rectOf: (core: number) => HeatCell | undefined; round?: number },
): void {
  const alike = new Map<string, number[]>();
  for (const core of cores) {
    const key = `${heat.levels[core]} ${heat.colours[core]}`;
    const list = alike.get(key);
    if (list) list.push(core);
    else alike.set(key, [core]);
  }
  const fill = (list: readonly number[]): void => {
    if (round > 0) context.beginPath();
    for (const core of list) {
      const rect = rectOf(core);
      if (!rect) continue;
      if (round > 0) context.roundRect(rect.x, rect.y, rect.width, rect.height, round);
      else context.fillRect(rect.x, rect.y, rect.width, rect.height);
    }
    if (round > 0) context.fill();
  };
  context.fillStyle = theme.well;
  fill(cores);
  for (const list of alike.values()) {
    const first = list[0] ?? 0;
    const level = heat.levels[first] ?? -1;
    if (level < 0) continue;
    context.fillStyle = heat.colours[first] ?? theme.plain;
    context.globalAlpha = alphaOf(level);
    fill(list);
  }
  context.globalAlpha = 1;
}

/** What was painted of a map of now: only cells that changed are painted again. */
export type PaintedHeat = Map<number, string>;

/** Paints the cells whose colour or strength is no longer what it was. */
export function paintHeatNow(surface: Surface, layout: HeatLayout, slice: CoreSlice, painted: PaintedHeat): void {
  const heat = heatOf(slice, surface.theme);
  const changed = layout.cells.flatMap((_, core) => {
    const key = `${heat.levels[core]} ${heat.colours[core]}`;
    if (painted.get(core) === key) return [];
    painted.set(core, key);
    return [core];
  });
  if (changed.length > 0)
    paintRects(surface, heat, {
      cores: changed,
      rectOf: (core) => layout.cells[core],
      round: CORNER * surface.size.ratio,
    });
}

/** Paints the columns of a minute from `first` to `newest` at the right end of the rows. */
export function paintHeatSteps(
  surface: Surface,
  layout: HeatLayout,
  range: { history: DrawnCores; first: number; newest: number },
): void {
  const { history, newest } = range;
  const { steps, stepPx, stepMs, cells } = layout;
  const cores = cells.map((_, core) => core);
  for (let step = Math.max(range.first, newest - steps + 1); step <= newest; step++) {
    const heat = heatOf(history.slice(step * stepMs, (step + 1) * stepMs), surface.theme);
    const place = steps - 1 - (newest - step);
    const rectOf = (core: number): HeatCell | undefined => {
      const cell = cells[core];
      return cell && { x: cell.x + place * stepPx, y: cell.y, width: stepPx, height: cell.height };
    };
    paintRects(surface, heat, { cores, rectOf });
  }
}

/** Moves each block's rows to the left and paints the columns since `from`. */
export function scrollHeat(
  surface: Surface,
  layout: HeatLayout,
  range: { history: DrawnCores; from: number; newest: number },
): void {
  const { context } = surface;
  const shift = (range.newest - range.from) * layout.stepPx;
  const width = layout.steps * layout.stepPx;
  if (shift > 0 && shift < width) {
    const kept = width - shift;
    for (const { left, y, height } of layout.blocks)
      context.drawImage(
        context.canvas,
        left + shift,
        y + layout.headPx,
        kept,
        height - layout.headPx,
        left,
        y + layout.headPx,
        kept,
        height - layout.headPx,
      );
  }
  paintHeatSteps(surface, layout, { ...range, first: range.from + 1 });
}

/** Clears the surface and writes what stays: numbers, heads of parts and lines between packages. */
export function paintHeatFrame(surface: Surface, layout: HeatLayout): void {
  const { context, size, theme } = surface;
  context.fillStyle = theme.panel;
  context.fillRect(0, 0, size.width, size.height);
  context.fillStyle = theme.edge;
  for (const { x, y, height } of layout.dividers) context.fillRect(x, y, Math.max(1, Math.round(size.ratio)), height);
  context.font = `400 ${layout.fontPx}px ${theme.sans}`;
  context.fillStyle = theme.faint;
  for (const { text, x, y, align } of layout.labels) {
    context.textAlign = align;
    context.fillText(text, x, y);
  }
}

/** Writes above each block where it is and how much of it is used, from the utilization of each core. */
export function paintHeatHeads(surface: Surface, layout: HeatLayout, shares: readonly (number | null)[]): void {
  const { context, theme } = surface;
  if (layout.headPx === 0) return;
  context.font = `500 ${layout.fontPx}px ${theme.sans}`;
  for (const block of layout.blocks) {
    const known = block.cores.flatMap((core) => shares[core] ?? []);
    const right = block.left + block.width;
    context.fillStyle = theme.panel;
    context.fillRect(block.left, block.y, block.width, layout.headPx - 1);
    context.textAlign = 'left';
    context.fillStyle = theme.dim;
    // Beside the percentage; where that leaves too little it is narrower.
    context.fillText(block.title, block.left, block.y + layout.fontPx * 0.95, block.width - layout.fontPx * 3.2);
    if (known.length === 0) continue;
    context.textAlign = 'right';
    context.fillStyle = theme.ink;
    const mean = known.reduce((sum, share) => sum + share, 0) / known.length;
    context.fillText(percent(mean), right, block.y + layout.fontPx * 0.95);
  }
}
