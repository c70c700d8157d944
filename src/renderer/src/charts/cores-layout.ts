import type { SurfaceSize } from './surface';

/** Where the cells of the small multiples are, in device px. */
export interface CoresLayout {
  columns: number;
  rows: number;
  cellWidth: number;
  cellHeight: number;
  gapX: number;
  gapY: number;
  /** Room above the plot of a cell for the core's number and figure. */
  labelHeight: number;
  /** Text size of the labels; 0 where there is no room for any. */
  fontPx: number;
  /** Width of one column of history, and how many there are. */
  stepPx: number;
  steps: number;
  /** Time that one column stands for. */
  stepMs: number;
}

export const HISTORY_MS = 60_000;
/** More cores than this are drawn as a heat map. */
export const MOST_HISTORIES = 32;
/** Cells narrower than this many rem are not worth a history; lower ones than this have no room for their label. */
const LEAST_WIDTH_REM = 5;
const LEAST_HEIGHT_REM = 2.4;

/** Four columns up to 16 cores and eight above, or near that where the last row is full then; more where the surface is low. */
function columnsFor(cores: number, size: SurfaceSize, rem: number): number {
  const usual = cores <= 16 ? 4 : 8;
  const most = Math.max(1, Math.min(cores, Math.floor(size.width / (LEAST_WIDTH_REM * rem))));
  if (cores <= usual) return most;
  const full = [usual, usual + 1, usual - 1, ...(usual > 4 ? [usual + 2, usual - 2] : [])].find(
    (columns) => cores % columns === 0,
  );
  let columns = Math.min(most, full ?? usual);
  while (columns < most && size.height / Math.ceil(cores / columns) < LEAST_HEIGHT_REM * rem) columns++;
  return columns;
}

/** Shares the surface among the cores; `leastStepMs` is the shortest time worth a column. */
export function layoutCores(
  cores: number,
  size: SurfaceSize,
  options: { remPx: number; leastStepMs: number },
): CoresLayout {
  const rem = options.remPx * size.ratio;
  const columns = columnsFor(Math.max(1, cores), size, rem);
  const rows = Math.ceil(Math.max(1, cores) / columns);
  const gapX = Math.round((size.width / columns > 120 * size.ratio ? 16 : 8) * size.ratio);
  const gapY = Math.round((size.height / rows > 44 * size.ratio ? 8 : 5) * size.ratio);
  const roomX = Math.floor((size.width - gapX * (columns - 1)) / columns);
  const cellHeight = Math.max(2, Math.floor((size.height - gapY * (rows - 1)) / rows));
  const fontPx =
    cellHeight > rem * 1.5 && roomX > rem * 3.6 ? Math.min(rem * 0.857, Math.max(rem * 0.7, cellHeight * 0.3)) : 0;
  const labelHeight = fontPx === 0 ? 0 : Math.round(fontPx * 1.3);
  const mostSteps = Math.floor(HISTORY_MS / options.leastStepMs);
  const stepPx = Math.max(1, Math.ceil(roomX / mostSteps));
  const steps = Math.max(1, Math.floor(roomX / stepPx));
  return {
    columns,
    rows,
    cellWidth: steps * stepPx,
    cellHeight,
    gapX: columns === 1 ? 0 : Math.floor((size.width - steps * stepPx * columns) / (columns - 1)),
    gapY: rows === 1 ? 0 : Math.floor((size.height - cellHeight * rows) / (rows - 1)),
    labelHeight,
    fontPx,
    stepPx,
    steps,
    stepMs: HISTORY_MS / steps,
  };
}

/** Left and top of a core's cell. */
export function cellAt(layout: CoresLayout, index: number): { x: number; y: number } {
  const column = index % layout.columns;
  const row = Math.floor(index / layout.columns);
  return { x: column * (layout.cellWidth + layout.gapX), y: row * (layout.cellHeight + layout.gapY) };
}
