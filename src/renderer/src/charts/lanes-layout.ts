import type { SurfaceSize } from './surface';

/** Where the rows of the workers are, in device px. */
export interface LanesLayout {
  /** Left end of the time axis. */
  left: number;
  /** Whole device px, so that a scroll moves whole pixels. */
  width: number;
  rowHeight: number;
  barHeight: number;
  fontPx: number;
  /** Rows are labelled so far apart that labels do not touch: every one, every second … */
  labelEvery: number;
  windowMs: number;
  pxPerMs: number;
}

/** Height of one row in CSS px: all rows in the room, as thin as they can be told apart, or else taller ones that scroll. */
export function rowHeightCss(rows: number, room: number, remPx: number): number {
  const thinnest = Math.round(remPx * 0.2);
  const scrolled = Math.round(remPx * 0.46);
  const most = Math.round(remPx * 2.62);
  const fits = Math.min(most, Math.floor(room / Math.max(1, rows)));
  return fits >= thinnest ? fits : scrolled;
}

/** Shares the surface among label column and time axis. */
export function layoutLanes(
  size: SurfaceSize,
  options: { rowCss: number; remPx: number; windowMs: number; labelChars?: number; labelEvery?: number },
): LanesLayout {
  const rowHeight = Math.max(2, Math.round(options.rowCss * size.ratio));
  const gap = Math.max(1, Math.round(Math.min(rowHeight * 0.22, 5 * size.ratio)));
  const fontPx = Math.min(0.82, Math.max(0.68, (options.rowCss / options.remPx) * 0.8)) * options.remPx * size.ratio;
  // Monospaced letters are 0.6 of their size wide; as wide as the longest label, and never narrower than usual ones.
  const left = Math.round(
    Math.max(options.remPx * 2.6 * size.ratio, fontPx * (0.62 * (options.labelChars ?? 2) + 1.4)),
  );
  const width = Math.max(1, size.width - left);
  return {
    left,
    width,
    rowHeight,
    barHeight: rowHeight - gap,
    fontPx,
    // The label of a thin first row stands lower than its row, as it would be cut at the top.
    labelEvery: Math.max(
      options.labelEvery ?? 1,
      Math.ceil((fontPx * 1.1 + Math.max(0, (fontPx * 1.1 - rowHeight) / 2)) / rowHeight),
    ),
    windowMs: options.windowMs,
    pxPerMs: width / options.windowMs,
  };
}
