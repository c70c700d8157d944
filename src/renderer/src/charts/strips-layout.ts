import type { SurfaceSize } from './surface';

/** The rows of one executor, squeezed; in device px. */
export interface Strip<Group> {
  group: Group;
  /** Its rows: the first one's place in the list, and how many. */
  first: number;
  count: number;
  headY: number;
  y: number;
  height: number;
}

const HEAD_REM = 1.45;
const GAP_REM = 0.4;

/** Strips beneath one another, each as high as the others: a row of few is a stripe, of many a share of a pixel. */
export function layoutStrips<Group>(
  groups: readonly { group: Group; count: number }[],
  size: SurfaceSize,
  remPx: number,
): Strip<Group>[] {
  const rem = remPx * size.ratio;
  const head = Math.round(HEAD_REM * rem);
  const gap = Math.round(GAP_REM * rem);
  const height = Math.max(
    2,
    Math.floor(
      (size.height - head * groups.length - gap * Math.max(0, groups.length - 1)) / Math.max(1, groups.length),
    ),
  );
  let first = 0;
  return groups.map(({ group, count }, index) => {
    const headY = index * (head + height + gap);
    const strip = { group, first, count, headY, y: headY + head, height };
    first += count;
    return strip;
  });
}

/** Where a row begins (or the last one ends) on the strips, device px. */
export function stripY<Group>(strips: readonly Strip<Group>[], row: number): number {
  const strip = strips.findLast(({ first }) => first <= row) ?? strips[0];
  if (!strip) return 0;
  return strip.y + Math.min(1, (row - strip.first) / Math.max(1, strip.count)) * strip.height;
}

/** The row at a place on the strips. */
export function stripRow<Group>(strips: readonly Strip<Group>[], y: number): number {
  const strip = strips.findLast((one) => one.headY <= y) ?? strips[0];
  if (!strip) return 0;
  const share = Math.min(1, Math.max(0, (y - strip.y) / strip.height));
  return strip.first + share * strip.count;
}
