/** The size of a drawing, in its own units. */
interface Size {
  width: number;
  height: number;
}

/** Of the width that a bar has, the share that it fills. */
const FILLED = 0.86;

const round = (value: number): string => String(Math.round(value * 100) / 100);

/**
 * An SVG path of bars side by side, shares of the height, each from what lies beneath it up to its value; no bar where there is
 * nothing between.
 */
export function barPath(values: readonly number[], { width, height }: Size, beneath: readonly number[] = []): string {
  const step = width / Math.max(1, values.length);
  const y = (share: number): string => round(height * (1 - Math.min(1, share)));
  return values
    .map((value, at) => {
      const from = beneath[at] ?? 0;
      return value <= from ? '' : `M${round(at * step)} ${y(from)}V${y(value)}h${round(step * FILLED)}V${y(from)}z`;
    })
    .join('');
}
