import { executorOf, type ExecutorKey } from '../../../contract';
import { workerLabel } from '../theme/executors';
import type { Lane } from './block-store';
import { HATCHED_FROM_PX, type HatchName } from './hatches';
import { laneCoverage, type Coverage } from './lane-coverage';
import type { LanesLayout } from './lanes-layout';
import type { Move } from './moves';
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
  /** What sliders did: dashed lines. */
  moves?: readonly Move[];
  /** Takes every state that is painted, for a legend that lists only those. */
  painted?: Set<LaneState>;
}

/** What a row shows besides tasks that were done, in the order of a legend. */
export const LANE_STATES = ['work', 'lock', 'unknown', 'failed'] as const satisfies readonly (HatchName | 'failed')[];
export type LaneState = (typeof LANE_STATES)[number];

const LEVELS = 12;
/** The line in full colour at the top of a block. */
const EDGE_PX = 1.5;
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

/** The part of a row that is painted: the last `pixels` of its time axis. */
interface RowPart {
  row: LaneRow;
  y: number;
  pixels: number;
  left: number;
  fromMs: number;
  endMs: number;
  painted: Set<LaneState> | undefined;
}

/** A stretch of a row, from its `top` down to the end of its bar. */
interface Span {
  from: number;
  to: number;
  top: number;
}

/** Hatches a span, or draws a line through it where rows are too low for a hatch. */
function paintHatch(surface: Surface, layout: LanesLayout, part: RowPart, span: Span & { hatch: HatchName }): void {
  const { context, theme, size } = surface;
  const height = layout.barHeight - span.top;
  const line = Math.max(1, Math.round(size.ratio));
  const low = layout.barHeight < HATCHED_FROM_PX * size.ratio;
  const colour = span.hatch === 'unknown' ? theme.faint : theme.executors[executorOf(part.row.executor)];
  context.fillStyle = low
    ? theme.edge
    : surface.hatch(span.hatch, colour, layout.left + layout.width - Math.round(part.endMs * layout.pxPerMs));
  const y = part.y + span.top + (low ? Math.floor((height - line) / 2) : 0);
  context.fillRect(part.left + span.from, y, span.to - span.from, low ? line : height);
  part.painted?.add(span.hatch);
}

/** Where a worker has a task but waits for the lock, the lower part of its bar is crossed: as much of it as of the time. */
function paintLock(
  surface: Surface,
  layout: LanesLayout,
  part: RowPart & { shade: Float32Array; lockShareAt: (atMs: number) => number | null },
): void {
  const { context, theme } = surface;
  for (let start = 0; start < part.pixels;) {
    const stepEnd = start + LOCK_STEP_PX - ((part.left + start) % LOCK_STEP_PX);
    const working = (part.shade[start] ?? 0) > 0;
    let end = start + 1;
    while (end < Math.min(stepEnd, part.pixels) && (part.shade[end] ?? 0) > 0 === working) end++;
    const share = working ? part.lockShareAt(part.fromMs + start / layout.pxPerMs) : 0;
    const top = layout.barHeight - Math.round(layout.barHeight * (share ?? 1));
    if (share !== null && top < layout.barHeight) {
      // What waits is no work: nothing of the task shows through.
      context.fillStyle = theme.panel;
      context.fillRect(part.left + start, part.y + top, end - start, layout.barHeight - top);
    }
    if (top < layout.barHeight)
      paintHatch(surface, layout, part, { hatch: share === null ? 'unknown' : 'lock', from: start, to: end, top });
    start = end;
  }
}

/** Hatches where a worker lives and has no task; the seams between tasks are no waiting. */
function paintWaiting(surface: Surface, layout: LanesLayout, part: RowPart & { shade: Float32Array }): void {
  const first = Math.max(0, Math.round((part.row.sinceMs - part.fromMs) * layout.pxPerMs));
  const last = Math.min(part.pixels, Math.round((part.row.untilMs - part.fromMs) * layout.pxPerMs));
  for (let start = first; start < last;) {
    const idle = (part.shade[start] ?? 0) === 0;
    let end = start + 1;
    while (end < last && ((part.shade[end] ?? 0) === 0) === idle) end++;
    const seam = end - start === 1 && start > 0 && end < part.pixels;
    if (idle && !seam) paintHatch(surface, layout, part, { hatch: 'work', from: start, to: end, top: 0 });
    start = end;
  }
}

/** Paints the tasks of a row, pale with an edge: as strong as they cover each pixel, failed ones in the colour of alarm. */
function paintTasks(surface: Surface, layout: LanesLayout, part: RowPart & Coverage): void {
  const { context, theme } = surface;
  const { shade, failed, pixels } = part;
  const colour = theme.executors[executorOf(part.row.executor)];
  const edge = Math.min(EDGE_PX * surface.size.ratio, layout.barHeight / 2);
  const level = (pixel: number): number => Math.round((shade[pixel] ?? 0) * LEVELS);
  for (let start = 0; start < pixels;) {
    const strength = level(start);
    const bad = failed[start] === 1;
    let end = start + 1;
    while (end < pixels && level(end) === strength && (failed[end] === 1) === bad) end++;
    if (strength > 0) {
      if (bad) part.painted?.add('failed');
      context.fillStyle = bad ? theme.bad : colour;
      context.globalAlpha = bad ? 1 : (strength / LEVELS) * theme.mark;
      context.fillRect(part.left + start, part.y, end - start, layout.barHeight);
      context.globalAlpha = bad ? 1 : strength / LEVELS;
      context.fillRect(part.left + start, part.y, end - start, edge);
    }
    start = end;
  }
  context.globalAlpha = 1;
}

/** Paints the right-most `pixels` of the time axis of every visible row. */
function paintStrip(surface: Surface, layout: LanesLayout, view: LanesView, pixels: number): void {
  const { context, size, theme } = surface;
  context.fillStyle = theme.panel;
  context.fillRect(layout.left + layout.width - pixels, 0, pixels, size.height);
  const { endMs, painted } = view;
  const fromMs = endMs - pixels / layout.pxPerMs;
  const left = layout.left + layout.width - pixels;
  for (const { row, y } of visible(surface, layout, view)) {
    const covered = laneCoverage(row.lane, row.runningSinceMs, { fromMs, pixels, pxPerMs: layout.pxPerMs });
    const part = { row, y, pixels, left, fromMs, endMs, painted, ...covered };
    paintWaiting(surface, layout, part);
    paintTasks(surface, layout, part);
    if (row.lockShareAt) paintLock(surface, layout, { ...part, lockShareAt: row.lockShareAt });
  }
  paintMoves(surface, layout, view, pixels);
}

/** A dashed line through all rows where a slider was moved, in its executor's colour. */
function paintMoves(surface: Surface, layout: LanesLayout, view: LanesView, pixels: number): void {
  const { context, size, theme } = surface;
  const right = layout.left + layout.width;
  const dash = 2 * size.ratio;
  for (const { atMs, executor } of view.moves ?? []) {
    const x = right - Math.round((view.endMs - atMs) * layout.pxPerMs);
    if (x < right - pixels || x >= right) continue;
    context.fillStyle = theme.executors[executorOf(executor)];
    for (let y = 0; y < size.height; y += 2 * dash) context.fillRect(x, y, Math.max(1, size.ratio), dash);
  }
}

/** Paints labels and the whole window. */
export function paintLanes(surface: Surface, layout: LanesLayout, view: LanesView): void {
  const { context, size, theme } = surface;
  context.fillStyle = theme.panel;
  context.fillRect(0, 0, size.width, size.height);
  context.font = `${layout.fontPx}px ${theme.sans}`;
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
