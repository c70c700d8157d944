import { executorOf, percent } from '../../../contract';
import type { Theme } from '../theme/theme';
import type { CoreSlice } from './core-history';
import type { DrawnCores } from './core-source';
import { cellAt, type CoresLayout } from './cores-layout';
import type { Surface } from './surface';

/** Number of the newest column whose time is over: columns are counted on the engine's clock from its origin. */
export function newestStep(layout: CoresLayout, newestMs: number): number {
  return Math.floor(newestMs / layout.stepMs) - 1;
}

interface Bar {
  colour: string;
  share: (core: number) => number;
}

/** What one column is stacked of, from the base line up; the colour of the executors, then everything else. */
function bars(slice: CoreSlice, theme: Theme): Bar[] {
  const total = (core: number): number => slice.total[core] ?? 0;
  if (!slice.attributed) return [{ colour: theme.plain, share: total }];
  const caused = (core: number): number => slice.causes.reduce((sum, cause) => sum + (cause.share[core] ?? 0), 0);
  return [
    ...slice.causes.map((cause) => ({
      colour: theme.executors[executorOf(cause.executor)],
      share: (core: number) => cause.share[core] ?? 0,
    })),
    { colour: theme.other, share: (core) => Math.max(0, total(core) - caused(core)) },
  ];
}

/** A dim base line where the history has not begun. */
function paintBase(surface: Surface, layout: CoresLayout, column: { cores: number; place: number }): void {
  const thickness = Math.max(1, Math.round(surface.size.ratio));
  surface.context.fillStyle = surface.theme.line;
  for (let core = 0; core < column.cores; core++) {
    const { x, y } = cellAt(layout, core);
    surface.context.fillRect(
      x + column.place * layout.stepPx,
      y + layout.cellHeight - thickness,
      layout.stepPx,
      thickness,
    );
  }
}

/** The values of a line at one column and the one before. */
interface LineStep {
  now: Float64Array;
  before: Float64Array | null;
}

/** One column of a line: level over the column, and up or down from where it was. */
function paintLine(surface: Surface, layout: CoresLayout, column: { line: LineStep; place: number }): void {
  const { context, size, theme } = surface;
  const thick = Math.max(1, Math.round(1.2 * size.ratio));
  const plot = layout.cellHeight - layout.labelHeight - thick;
  const yOf = (share: number): number => Math.round((1 - Math.min(1, share)) * plot);
  context.fillStyle = theme.ink;
  column.line.now.forEach((share, core) => {
    if (Number.isNaN(share)) return;
    const { x, y } = cellAt(layout, core);
    const [left, top] = [x + column.place * layout.stepPx, y + layout.labelHeight];
    context.fillRect(left, top + yOf(share), layout.stepPx, thick);
    const before = column.line.before?.[core] ?? NaN;
    if (column.place === 0 || Number.isNaN(before) || yOf(before) === yOf(share)) return;
    const upper = Math.min(yOf(before), yOf(share));
    context.fillRect(left, top + upper, thick, Math.abs(yOf(before) - yOf(share)) + thick);
  });
}

/** Paints column `place` (0 is the oldest) of every cell. */
function paintStep(
  surface: Surface,
  layout: CoresLayout,
  column: { slice: CoreSlice; place: number; line: LineStep | null },
): void {
  const { context, theme } = surface;
  const { slice, place } = column;
  const plot = layout.cellHeight - layout.labelHeight;
  const cores = slice.total.length;
  const used = new Float64Array(cores);
  for (let core = 0; core < cores; core++) {
    const { x, y } = cellAt(layout, core);
    // Where nothing was measured there is no well: an empty one would say 0 %.
    context.fillStyle = slice.known && !Number.isNaN(slice.total[core]) ? theme.well : theme.panel;
    context.fillRect(x + place * layout.stepPx, y + layout.labelHeight, layout.stepPx, plot);
  }
  if (!slice.known) {
    paintBase(surface, layout, { cores, place });
    return;
  }
  for (const bar of bars(slice, theme)) {
    context.fillStyle = bar.colour;
    for (let core = 0; core < cores; core++) {
      const from = used[core] ?? 0;
      const to = Math.min(1, from + bar.share(core));
      used[core] = to;
      const top = Math.round(to * plot);
      const height = top - Math.round(from * plot);
      if (!(height > 0)) continue;
      const { x, y } = cellAt(layout, core);
      context.fillRect(x + place * layout.stepPx, y + layout.cellHeight - top, layout.stepPx, height);
    }
  }
  if (column.line) paintLine(surface, layout, { line: column.line, place });
}

/** Paints columns `first` to `newest` at the right end of the cells. */
function paintSteps(
  surface: Surface,
  layout: CoresLayout,
  range: { history: DrawnCores; first: number; newest: number },
): void {
  const { history, newest } = range;
  const first = Math.max(range.first, newest - layout.steps + 1);
  const lineAt = (step: number): Float64Array | null => history.line((step + 0.5) * layout.stepMs);
  let before = lineAt(first - 1);
  for (let step = first; step <= newest; step++) {
    const slice = history.slice(step * layout.stepMs, (step + 1) * layout.stepMs);
    const now = lineAt(step);
    paintStep(surface, layout, { slice, place: layout.steps - 1 - (newest - step), line: now && { now, before } });
    before = now;
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

/** Writes each core's number and its utilization over the last second (100 % is that one core), where it is known. */
export function paintCoreLabels(
  surface: Surface,
  layout: CoresLayout,
  labels: { cores: readonly number[]; shares: readonly (number | null)[] },
): void {
  const { context, theme } = surface;
  if (layout.fontPx === 0) return;
  const base = Math.round(layout.labelHeight * 0.74);
  labels.cores.forEach((core, index) => {
    const { x, y } = cellAt(layout, index);
    context.fillStyle = theme.panel;
    context.fillRect(x, y, layout.cellWidth, layout.labelHeight);
    context.font = `${layout.fontPx}px ${theme.mono}`;
    context.fillStyle = theme.faint;
    context.textAlign = 'left';
    context.fillText(String(core), x, y + base);
    const share = labels.shares[index] ?? null;
    if (share === null) return;
    context.font = `600 ${layout.fontPx}px ${theme.mono}`;
    context.fillStyle = theme.ink;
    context.textAlign = 'right';
    context.fillText(percent(share), x + layout.cellWidth, y + base);
  });
}
