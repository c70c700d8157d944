import type { Cause, Paint } from './paint';

/** A part of a bar, 0 to 1 of its length. */
export interface Part {
  cause: Cause;
  share: number;
}

const EIGHTHS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const IDLE = '·';
const WAITING = '░';

/** A block as high as a share of 1. */
export function block(share: number): string {
  return EIGHTHS[Math.min(7, Math.max(0, Math.floor(share * 8)))] ?? EIGHTHS[0];
}

/** A bar whose parts each begin with the letter of their cause: `T█████P███·····`; what waits for a core follows as `░`. */
export function bar(parts: readonly Part[], width: number, paint: Paint, waiting = 0): string {
  let at = 0;
  let sum = 0;
  const until = (share: number): number => {
    sum += share;
    const cells = Math.min(width, Math.round(sum * width)) - at;
    at += Math.max(0, cells);
    return Math.max(0, cells);
  };
  const filled = parts.map(({ cause, share }) => {
    const cells = until(share);
    return cells === 0 ? '' : `${paint.mark(cause)}${paint.of(cause, '█'.repeat(cells - 1))}`;
  });
  const queued = WAITING.repeat(until(waiting));
  return `${filled.join('')}${queued}${paint.quiet(IDLE.repeat(width - at))}`;
}
