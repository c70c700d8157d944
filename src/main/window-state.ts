import type { Rectangle } from 'electron';

/** Where the window was: its bounds while not maximised, in device-independent pixels. */
export interface WindowState {
  bounds: Rectangle;
  maximised: boolean;
}

/** The smallest window in which the Live view can be read. */
export const MIN_SIZE = { width: 900, height: 600 } as const;
const DEFAULT_SIZE = { width: 1440, height: 900 } as const;

/** What must be visible of a window for a person to take hold of it. */
const GRIP = { width: 120, height: 40 } as const;

const KEYS = ['x', 'y', 'width', 'height'] as const;

/** Reads a saved state; null where the text is not one (a broken file must not keep the window from opening). */
export function parseWindowState(text: string): WindowState | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const { bounds, maximised } = (value ?? {}) as Partial<Record<keyof WindowState, unknown>>;
  if (typeof bounds !== 'object' || bounds === null || typeof maximised !== 'boolean') return null;
  const [x, y, width, height] = KEYS.map((key) => (bounds as Record<string, unknown>)[key]);
  if (!isWhole(x) || !isWhole(y) || !isWhole(width) || !isWhole(height) || width <= 0 || height <= 0) return null;
  return { bounds: { x, y, width, height }, maximised };
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && Math.abs(value as number) < 1e6;

function overlap(a: Rectangle, b: Rectangle): { width: number; height: number } {
  return {
    width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
  };
}

const area = (size: { width: number; height: number }): number => Math.max(0, size.width) * Math.max(0, size.height);

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(value, high));

/** Moves and shrinks bounds so that they lie within a work area. */
function within(bounds: Rectangle, workArea: Rectangle): Rectangle {
  const width = Math.min(bounds.width, workArea.width);
  const height = Math.min(bounds.height, workArea.height);
  return {
    width,
    height,
    x: clamp(bounds.x, workArea.x, workArea.x + workArea.width - width),
    y: clamp(bounds.y, workArea.y, workArea.y + workArea.height - height),
  };
}

function centred(workArea: Rectangle): Rectangle {
  const size = {
    width: Math.min(DEFAULT_SIZE.width, workArea.width),
    height: Math.min(DEFAULT_SIZE.height, workArea.height),
  };
  return {
    ...size,
    x: workArea.x + Math.round((workArea.width - size.width) / 2),
    y: workArea.y + Math.round((workArea.height - size.height) / 2),
  };
}

/**
 * Where the window opens: where it was, moved onto the display it shows most of; in the middle of the first (primary)
 * display where there is no saved state, or where its display is gone.
 */
export function placeWindow(saved: WindowState | null, workAreas: readonly Rectangle[]): WindowState {
  const [primary] = workAreas;
  if (primary === undefined)
    return { bounds: saved?.bounds ?? { x: 0, y: 0, ...DEFAULT_SIZE }, maximised: saved?.maximised ?? false };
  if (saved === null) return { bounds: centred(primary), maximised: false };
  const [best = primary] = [...workAreas].sort(
    (a, b) => area(overlap(saved.bounds, b)) - area(overlap(saved.bounds, a)),
  );
  const seen = overlap(saved.bounds, best);
  const reachable = seen.width >= GRIP.width && seen.height >= GRIP.height;
  return { bounds: reachable ? within(saved.bounds, best) : centred(primary), maximised: saved.maximised };
}
