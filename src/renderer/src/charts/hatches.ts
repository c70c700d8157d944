/** What a hatch means: waiting for work, waiting for the interpreter lock, or that the wait for the lock is not known. */
export type HatchName = 'work' | 'lock' | 'unknown';

/** Lines of a hatch: distance along the time axis in CSS px, and whether they cross. */
export const HATCHES: Record<HatchName, { stepPx: number; crossed: boolean }> = {
  work: { stepPx: 6, crossed: false },
  lock: { stepPx: 4, crossed: true },
  unknown: { stepPx: 4, crossed: true },
};

/** Rows lower than this, in CSS px, have a line in place of a hatch, whose strokes would be mistaken for tasks. */
export const HATCHED_FROM_PX = 8;

/** Gives the fill of a hatch in a colour, moved by device px to the right; a theme's colours are few, so all are kept. */
export type Hatching = (name: HatchName, colour: string, moved: number) => CanvasPattern | string;

function tileOf(stepPx: number, strokes: { colour: string; crossed: boolean; ratio: number }): OffscreenCanvas {
  const tile = new OffscreenCanvas(stepPx, stepPx);
  const context = tile.getContext('2d');
  if (!context) return tile;
  context.strokeStyle = strokes.colour;
  context.lineWidth = strokes.ratio;
  // Lines of the neighbouring tiles too: their width reaches over the corners.
  for (let shift = -stepPx; shift <= stepPx; shift += stepPx) {
    context.moveTo(shift - 1, stepPx + 1);
    context.lineTo(shift + stepPx + 1, -1);
    if (!strokes.crossed) continue;
    context.moveTo(shift - 1, -1);
    context.lineTo(shift + stepPx + 1, stepPx + 1);
  }
  context.stroke();
  return tile;
}

/** The fills of one canvas at one pixel ratio. */
export function createHatching(context: CanvasRenderingContext2D, ratio: number): Hatching {
  const patterns = new Map<string, CanvasPattern | null>();
  return (name, colour, moved) => {
    const key = `${name} ${colour}`;
    const { stepPx, crossed } = HATCHES[name];
    const step = Math.max(2, Math.round(stepPx * ratio));
    const pattern = patterns.get(key) ?? context.createPattern(tileOf(step, { colour, crossed, ratio }), 'repeat');
    patterns.set(key, pattern);
    // A picture that is moved by whole pixels keeps its strokes where they were.
    pattern?.setTransform({ e: moved % step });
    return pattern ?? colour;
  };
}
