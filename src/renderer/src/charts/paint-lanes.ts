import { executorOf, type ExecutorKey } from '../../../contract';
import { workerLabel } from '../theme/executors';
import type { Lane } from './block-store';
import { laneCoverage } from './lane-coverage';
import type { LanesLayout } from './lanes-layout';
import type { Surface } from './surface';

/** One worker to be drawn. */
export interface LaneRow {
  executor: ExecutorKey;
  worker: number;
  lane: Lane | undefined;
  /** Since when it has been seen, and until when; before and after there is nothing, not even waiting. */
  sinceMs: number;
  untilMs: number;
  runningSinceMs: number | null;
  /** Share of its time that the worker waited for an interpreter's lock, null where not known; not there where nobody can wait. */
  lockShareAt?: (atMs: number) => number | null;
}

/** `T3`: the third thread started in the run; numbers are not given again. */
export function laneLabel(row: LaneRow): string {
  return workerLabel(row.executor, row.worker);
}

/** Letters of the longest label. */
export function longestLabel(rows: readonly LaneRow[]): number {
  return rows.reduce((most, row) => Math.max(most, laneLabel(row).length), 0);
}

/** What the surface shows: its rows, how far they are scrolled down, and the time at its right end. */
export interface LanesView {
  rows: readonly LaneRow[];
  scrollTop: number;
  endMs: number;
}

const WAITING_ALPHA = 0.16;
const LEVELS = 12;
/** Dark in both themes: pale already means waiting for work. */
const LOCK_SHADE = '#0d1116';
const LOCKED_ALPHA = 0.58;
/** Where it is not known how long a worker waited, all of its bar is half as dark. */
const UNKNOWN_ALPHA = 0.29;
/** Shares of waiting are told for seconds: this many pixels share one. */
const LOCK_STEP_PX = 8;

interface VisibleRow {
  row: LaneRow;
  y: number;
  labelled: boolean;
}

/** The first row of an executor has a label, and of the others as many as there is room for before the next one's first. */
export function hasLabel(rows: readonly Pick<LaneRow, 'executor'>[], at: number, every: number): boolean {
  const executor = rows[at]?.executor;
  const place = at - rows.findIndex((row) => row.executor === executor);
  return place === 0 || (place % every === 0 && (rows[at + every - 1]?.executor ?? executor) === executor);
}

function visible(surface: Surface, layout: LanesLayout, view: LanesView): VisibleRow[] {
  const first = Math.max(0, Math.floor(view.scrollTop / layout.rowHeight));
  const last = Math.ceil((view.scrollTop + surface.size.height) / layout.rowHeight);
  return view.rows.slice(first, last).map((row, index) => ({
    row,
    y: (first + index) * layout.rowHeight - Math.round(view.scrollTop),
    labelled: hasLabel(view.rows, first + index, layout.labelEvery),
  }));
}

/** Where a worker has a task but waits for the lock, the lower part of its bar is darker: as much of it as of the time. */
function paintLock(
  surface: Surface,
  layout: LanesLayout,
  part: {
    y: number;
    pixels: number;
    left: number;
    fromMs: number;
    shade: Float32Array;
    lockShareAt: (atMs: number) => number | null;
  },
): void {
  const { context } = surface;
  context.fillStyle = LOCK_SHADE;
  for (let start = 0; start < part.pixels;) {
    const stepEnd = start + LOCK_STEP_PX - ((part.left + start) % LOCK_STEP_PX);
    const working = (part.shade[start] ?? 0) > 0;
    let end = start + 1;
    while (end < Math.min(stepEnd, part.pixels) && (part.shade[end] ?? 0) > 0 === working) end++;
    const share = working ? part.lockShareAt(part.fromMs + start / layout.pxPerMs) : 0;
    const height = Math.round(layout.barHeight * (share ?? 1));
    context.globalAlpha = share === null ? UNKNOWN_ALPHA : LOCKED_ALPHA;
    if (height > 0) context.fillRect(part.left + start, part.y + layout.barHeight - height, end - start, height);
    start = end;
  }
  context.globalAlpha = 1;
}

/** Paints the last `pixels` of one row's time axis. */
function paintRow(
  surface: Surface,
  layout: LanesLayout,
  part: { row: LaneRow; y: number; endMs: number; pixels: number },
): void {
  const { context, theme } = surface;
  const { row, y, pixels } = part;
  const fromMs = part.endMs - pixels / layout.pxPerMs;
  const left = layout.left + layout.width - pixels;
  const colour = theme.executors[executorOf(row.executor)];

  const alive = Math.max(0, Math.round((row.sinceMs - fromMs) * layout.pxPerMs));
  const gone = Math.min(pixels, Math.round((row.untilMs - fromMs) * layout.pxPerMs));
  if (gone > alive) {
    context.fillStyle = colour;
    context.globalAlpha = WAITING_ALPHA;
    context.fillRect(left + alive, y, gone - alive, layout.barHeight);
  }
  const { shade, failed } = laneCoverage(row.lane, row.runningSinceMs, { fromMs, pixels, pxPerMs: layout.pxPerMs });
  const level = (pixel: number): number => Math.round((shade[pixel] ?? 0) * LEVELS);
  for (let start = 0; start < pixels;) {
    const strength = level(start);
    const bad = failed[start] === 1;
    let end = start + 1;
    while (end < pixels && level(end) === strength && (failed[end] === 1) === bad) end++;
    if (strength > 0) {
      context.fillStyle = bad ? theme.bad : colour;
      context.globalAlpha = bad ? 1 : strength / LEVELS;
      context.fillRect(left + start, y, end - start, layout.barHeight);
    }
    start = end;
  }
  context.globalAlpha = 1;
  if (row.lockShareAt) paintLock(surface, layout, { ...part, left, fromMs, shade, lockShareAt: row.lockShareAt });
}

/** Paints the right-most `pixels` of the time axis of every visible row. */
function paintStrip(surface: Surface, layout: LanesLayout, view: LanesView, pixels: number): void {
  const { context, size, theme } = surface;
  context.fillStyle = theme.panel;
  context.fillRect(layout.left + layout.width - pixels, 0, pixels, size.height);
  for (const { row, y } of visible(surface, layout, view))
    paintRow(surface, layout, { row, y, endMs: view.endMs, pixels });
}

/** Paints labels and the whole window. */
export function paintLanes(surface: Surface, layout: LanesLayout, view: LanesView): void {
  const { context, size, theme } = surface;
  context.fillStyle = theme.panel;
  context.fillRect(0, 0, size.width, size.height);
  context.font = `${layout.fontPx}px ${theme.mono}`;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillStyle = theme.dim;
  for (const { row, y, labelled } of visible(surface, layout, view)) {
    if (!labelled) continue;
    context.fillText(
      laneLabel(row),
      layout.left - layout.fontPx * 0.7,
      Math.max(layout.fontPx * 0.55, y + layout.barHeight / 2),
    );
  }
  context.textBaseline = 'alphabetic';
  paintStrip(surface, layout, view, layout.width);
}

/** Moves the window to the left by whole pixels and paints only its right end, at least `pixels` of it. */
export function scrollLanes(
  surface: Surface,
  layout: LanesLayout,
  view: LanesView,
  move: { shift: number; pixels: number },
): void {
  const { context, size } = surface;
  const kept = layout.width - move.shift;
  if (kept <= 0 || move.pixels >= layout.width) {
    paintStrip(surface, layout, view, layout.width);
    return;
  }
  if (move.shift > 0) {
    context.drawImage(
      context.canvas,
      layout.left + move.shift,
      0,
      kept,
      size.height,
      layout.left,
      0,
      kept,
      size.height,
    );
  }
  paintStrip(surface, layout, view, Math.max(move.shift, move.pixels));
}
