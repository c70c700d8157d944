import type { Lane } from './block-store';

/** A stretch of the time axis in pixels: pixel 0 begins at `fromMs`. */
export interface Stretch {
  fromMs: number;
  pixels: number;
  pxPerMs: number;
}

/** How much of each pixel of a lane is covered by tasks, 0 to 1, shaded so that neighbours can be told apart. */
export interface Coverage {
  shade: Float32Array;
  failed: Uint8Array;
}

const PLAIN = 0.88;
const EVEN = 0.96;
const ODD = 0.74;
/** Blocks as wide as this get a tone of their own, and wider ones a seam. */
const TONED_PX = 3;
const SEAM_PX = 6;

function cover(into: Coverage, from: number, to: number, paint: { tone: number; failed: boolean }): void {
  const first = Math.max(0, Math.floor(from));
  const last = Math.min(into.shade.length, Math.ceil(to));
  for (let pixel = first; pixel < last; pixel++) {
    const overlap = Math.min(to, pixel + 1) - Math.max(from, pixel);
    into.shade[pixel] = Math.min(1, (into.shade[pixel] ?? 0) + overlap * paint.tone);
    if (paint.failed) into.failed[pixel] = 1;
  }
}

/**
 * Coverage of a lane by its blocks and by the task that runs now. Shares are summed exactly: what is half waiting is
 * half as strong, whatever the number of blocks in a pixel.
 */
export function laneCoverage(lane: Lane | undefined, runningSinceMs: number | null, stretch: Stretch): Coverage {
  const into: Coverage = { shade: new Float32Array(stretch.pixels), failed: new Uint8Array(stretch.pixels) };
  const at = (ms: number): number => (ms - stretch.fromMs) * stretch.pxPerMs;
  const endMs = stretch.fromMs + stretch.pixels / stretch.pxPerMs;
  const one = (block: number, startMs: number, stopMs: number, failed: boolean): void => {
    const from = at(startMs);
    const to = at(stopMs);
    const wide = to - from;
    const tone = wide < TONED_PX ? PLAIN : block % 2 === 0 ? EVEN : ODD;
    cover(into, wide >= SEAM_PX ? from + 1 : from, to, { tone, failed });
  };
  const written = lane?.written ?? 0;
  if (lane) {
    for (let block = written - 1; block >= written - lane.kept; block--) {
      if (lane.endMs(block) <= stretch.fromMs) break;
      if (lane.startMs(block) < endMs) one(block, lane.startMs(block), lane.endMs(block), lane.failed(block));
    }
  }
  const known = lane && written > 0 ? lane.endMs(written - 1) : Number.NEGATIVE_INFINITY;
  // Until its block comes, a running task is drawn to the end of the stretch.
  if (runningSinceMs !== null && runningSinceMs < endMs) one(written, Math.max(runningSinceMs, known), endMs, false);
  return into;
}
