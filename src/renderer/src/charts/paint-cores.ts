import { executorOf, percent } from '../../../contract';
import type { Theme } from '../theme/theme';
import type { CoreSlice } from './core-history';
import type { DrawnCores } from './core-source';
import { cellAt, type CoresLayout } from './cores-layout';
import type { Surface } from './surface';

/** Number of the newest column whose time is over: columns are counted on the engine's clock from its origin. */
export function newestStep(layout: Pick<CoresLayout, 'stepMs'>, newestMs: number): number {
  return Math.floor(newestMs / layout.stepMs) - 1;
}

/** One cause in the stack of a column: a fill with a line at its top. */
interface Band {
  fill: string;
  alpha: number;
  edge: string;
  edgePx: number;
  share: (core: number) => number;
}

/** What one column is stacked of, from the base line up: pale fills of the executors with edges in full colour, then everything else. */
function bandsOf(slice: CoreSlice, theme: Theme): Band[] {
  const total = (core: number): number => slice.total[core] ?? 0;
  if (!slice.attributed)
    return [{ fill: theme.plain, alpha: theme.fill, edge: theme.plain, edgePx: 1.5, share: total }];
  const caused = (core: number): number => slice.causes.reduce((sum, cause) => sum + (cause.share[core] ?? 0), 0);
  return [
    ...slice.causes.map((cause) => {
      const colour = theme.executors[executorOf(cause.executor)];
      const share = (core: number): number => cause.share[core] ?? 0;
      return { fill: colour, alpha: theme.fill, edge: colour, edgePx: 1.5, share };
    }),
    {
      fill: theme.other,
      alpha: 1,
      edge: theme['other-edge'],
      edgePx: 1,
      share: (core) => Math.max(0, total(core) - caused(core)),
    },
  ];
}

/** Where each band of a column ends: heights above the base line in device px, by band and core. */
type Levels = Float64Array[];

function levelsOf(bands: readonly Band[], cores: number, plot: number): Levels {
  let below = new Float64Array(cores);
  return bands.map(({ share }) => {
    const above = below.map((height, core) => Math.min(plot, height + share(core) * plot));
    below = above;
    return above;
  });
}

/** One column of all cells, and what the column before it was, to which its edges are joined. */
interface Column {
  slice: CoreSlice;
  /** 0 is the oldest. */
  place: number;
  before: Levels | null;
  dots: Float64Array | null;
}

/** A dim base line where the history has not begun. */
function paintBase(surface: Surface, layout: CoresLayout, { slice, place }: Column): void {
  const thickness = Math.max(1, Math.round(surface.size.ratio));
  surface.context.fillStyle = surface.theme.line;
  for (let core = 0; core < slice.total.length; core++) {
    const { x, y } = cellAt(layout, core);
    const left = x + place * layout.stepPx;
    surface.context.fillRect(left, y + layout.cellHeight - thickness, layout.stepPx, thickness);
  }
}

/** A dot of systeminformation in the middle of the second that it speaks of. */
function paintDots(surface: Surface, layout: CoresLayout, column: { dots: Float64Array; place: number }): void {
  const { context, size, theme } = surface;
  const thick = Math.max(1, 1.2 * size.ratio);
  const plot = layout.cellHeight - layout.labelHeight;
  context.fillStyle = theme.ink;
  column.dots.forEach((share, core) => {
    if (Number.isNaN(share)) return;
    const { x, y } = cellAt(layout, core);
    const top = Math.round((1 - Math.min(1, share)) * (plot - thick));
    context.fillRect(x + column.place * layout.stepPx, y + layout.labelHeight + top, thick, thick);
  });
}

/** The line at the top of a band, level over the column, and up or down from where it was. */
function paintEdge(
  surface: Surface,
  layout: CoresLayout,
  {
    band,
    place,
    now,
    under,
    before,
  }: { band: Band; place: number; now: Float64Array; under: Float64Array | null; before: Float64Array | null },
): void {
  const { context, size } = surface;
  const thick = band.edgePx * size.ratio;
  context.fillStyle = band.edge;
  for (let core = 0; core < now.length; core++) {
    const height = now[core] ?? 0;
    // What is thinner than its own line is not there.
    if (height - (under?.[core] ?? 0) < 0.5) continue;
    const { x, y } = cellAt(layout, core);
    const left = x + place * layout.stepPx;
    const base = y + layout.cellHeight;
    const top = Math.max(y + layout.labelHeight, base - Math.round(height));
    context.fillRect(left, top, layout.stepPx, Math.min(thick, base - top));
    const was = before?.[core];
    const apart = was === undefined ? 0 : Math.round(was) - Math.round(height);
    if (place > 0 && Math.abs(apart) > thick)
      context.fillRect(left, apart > 0 ? top - apart : top, size.ratio, Math.abs(apart));
  }
}

/** Paints one column of every cell; answers where its bands end, null where nothing was measured. */
function paintStep(surface: Surface, layout: CoresLayout, column: Column): Levels | null {
  const { context, theme } = surface;
  const { slice, place, before } = column;
  const plot = layout.cellHeight - layout.labelHeight;
  const cores = slice.total.length;
  for (let core = 0; core < cores; core++) {
    const { x, y } = cellAt(layout, core);
    // Where nothing was measured there is no well: an empty one would say 0 %.
    context.fillStyle = slice.known && !Number.isNaN(slice.total[core]) ? theme.well : theme.panel;
    context.fillRect(x + place * layout.stepPx, y + layout.labelHeight, layout.stepPx, plot);
  }
  if (!slice.known) {
    paintBase(surface, layout, column);
    return null;
  }
  const bands = bandsOf(slice, theme);
  const levels = levelsOf(bands, cores, plot);
  bands.forEach((band, at) => {
    paintFill(surface, layout, { band, place, now: levels[at], under: levels[at - 1] ?? null });
  });
  bands.forEach((band, at) => {
    const now = levels[at];
    // Another executor may have come in between: then there is nothing to join.
    const joined = before?.length === levels.length ? (before[at] ?? null) : null;
    if (now) paintEdge(surface, layout, { band, place, now, under: levels[at - 1] ?? null, before: joined });
  });
  if (column.dots) paintDots(surface, layout, { dots: column.dots, place });
  return levels;
}

function paintFill(
  { context }: Surface,
  layout: CoresLayout,
  part: { band: Band; place: number; now: Float64Array | undefined; under: Float64Array | null },
): void {
  context.fillStyle = part.band.fill;
  context.globalAlpha = part.band.alpha;
  part.now?.forEach((height, core) => {
    const [bottom, top] = [Math.round(part.under?.[core] ?? 0), Math.round(height)];
    if (!(top > bottom)) return;
    const { x, y } = cellAt(layout, core);
    context.fillRect(x + part.place * layout.stepPx, y + layout.cellHeight - top, layout.stepPx, top - bottom);
  });
  context.globalAlpha = 1;
}

/** Where the bands of a column end without painting it: what the next one is joined to. */
function levelsBefore(surface: Surface, layout: CoresLayout, slice: CoreSlice): Levels | null {
  if (!slice.known) return null;
  const plot = layout.cellHeight - layout.labelHeight;
  return levelsOf(bandsOf(slice, surface.theme), slice.total.length, plot);
}

/** Paints columns `first` to `newest` at the right end of the cells. */
function paintSteps(
  surface: Surface,
  layout: CoresLayout,
  range: { history: DrawnCores; first: number; newest: number },
): void {
  const { history, newest } = range;
  const first = Math.max(range.first, newest - layout.steps + 1);
  const sliceAt = (step: number): CoreSlice => history.slice(step * layout.stepMs, (step + 1) * layout.stepMs);
  let before = levelsBefore(surface, layout, sliceAt(first - 1));
  for (let step = first; step <= newest; step++) {
    const dots = history.dots(step * layout.stepMs, (step + 1) * layout.stepMs);
    const place = layout.steps - 1 - (newest - step);
    before = paintStep(surface, layout, { slice: sliceAt(step), place, before, dots });
  }
}

/** Paints everything: wells and a minute of history. */
export function paintCores(
  surface: Surface,
  layout: CoresLayout,
  range: { history: DrawnCores; newest: number },
): void {
  const { context, size, theme } = surface;
  context.fillStyle = theme.panel;
  context.fillRect(0, 0, size.width, size.height);
  paintSteps(surface, layout, { ...range, first: 0 });
}

/** Moves what is there to the left and paints only the columns since `from`, and again those since `stale`. */
export function scrollCores(
  surface: Surface,
  layout: CoresLayout,
  range: { history: DrawnCores; from: number; newest: number; stale?: number },
): void {
  const shift = (range.newest - range.from) * layout.stepPx;
  if (shift >= layout.cellWidth) {
    paintCores(surface, layout, range);
    return;
  }
  if (shift > 0) moveLeft(surface, layout, shift);
  paintSteps(surface, layout, {
    history: range.history,
    first: Math.min(range.from + 1, range.stale ?? Infinity),
    newest: range.newest,
  });
}

function moveLeft({ context, size, theme }: Surface, layout: CoresLayout, shift: number): void {
  context.drawImage(context.canvas, shift, 0, size.width - shift, size.height, 0, 0, size.width - shift, size.height);
  context.fillStyle = theme.panel;
  for (let column = 0; column < layout.columns; column++) {
    const right = cellAt(layout, column).x + layout.cellWidth;
    context.fillRect(right, 0, layout.gapX, size.height);
  }
}

/** What stands above the history of each core: in the order of `cores`. */
export interface CoreLabels {
  cores: readonly number[];
  /** Utilization over the last second (100 % is that one core), where it is known. */
  shares: readonly (number | null)[];
  /** Clock rate and temperature in words, where they are known. */
  clocks?: readonly string[];
}

/** Writes each core's number, its clock where there is room, and its utilization. */
export function paintCoreLabels(surface: Surface, layout: CoresLayout, labels: CoreLabels): void {
  const { context, theme } = surface;
  if (layout.fontPx === 0) return;
  const base = Math.round(layout.labelHeight * 0.74);
  labels.cores.forEach((core, index) => {
    const { x, y } = cellAt(layout, index);
    const write = (text: string, colour: string, at: { x: number; align: CanvasTextAlign; weight: number }): void => {
      context.font = `${at.weight} ${layout.fontPx}px ${theme.sans}`;
      context.textAlign = at.align;
      context.fillStyle = colour;
      context.fillText(text, at.x, y + base);
    };
    context.fillStyle = theme.panel;
    context.fillRect(x, y, layout.cellWidth, layout.labelHeight);
    write(String(core), theme.dim, { x, align: 'left', weight: 500 });
    const clock = labels.clocks?.[index] ?? '';
    // The number takes up to two letters more, the percentage six.
    if (clock !== '' && layout.cellWidth > layout.fontPx * (0.56 * clock.length + 7))
      write(clock, theme.faint, { x: x + layout.fontPx * 1.8, align: 'left', weight: 400 });
    const share = labels.shares[index] ?? null;
    if (share !== null) write(percent(share), theme.ink, { x: x + layout.cellWidth, align: 'right', weight: 500 });
  });
}
