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

const HISTORY_MS = 60_000;
const WANTED_ASPECT = 2.6;
/** What an unused place costs, against how far a cell is from the wanted shape. */
const UNUSED_COST = 5;

function columnsFor(cores: number, size: SurfaceSize): number {
  let best = 1;
  let bestCost = Number.POSITIVE_INFINITY;
  for (let columns = 1; columns <= cores; columns++) {
    const rows = Math.ceil(cores / columns);
    const aspect = size.width / columns / (size.height / rows);
    const unused = (columns * rows - cores) / cores;
    const cost = Math.abs(Math.log(aspect / WANTED_ASPECT)) + unused * UNUSED_COST;
    if (cost < bestCost) [best, bestCost] = [columns, cost];
  }
  return best;
}

/** Shares the surface among the cores; `leastStepMs` is the shortest time worth a column. */
export function layoutCores(
  cores: number,
  size: SurfaceSize,
  options: { remPx: number; leastStepMs: number },
): CoresLayout {
  const columns = columnsFor(Math.max(1, cores), size);
  const rows = Math.ceil(Math.max(1, cores) / columns);
  const gapX = Math.round((size.width / columns > 120 * size.ratio ? 10 : 6) * size.ratio);
  const gapY = Math.round((size.height / rows > 44 * size.ratio ? 8 : 5) * size.ratio);
  const roomX = Math.floor((size.width - gapX * (columns - 1)) / columns);
  const cellHeight = Math.max(2, Math.floor((size.height - gapY * (rows - 1)) / rows));
  const rem = options.remPx * size.ratio;
  const fontPx =
    cellHeight > rem * 1.5 && roomX > rem * 3.6 ? Math.min(rem * 0.82, Math.max(rem * 0.66, cellHeight * 0.3)) : 0;
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
