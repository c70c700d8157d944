import { EXECUTORS } from '../../../src/contract';
import type { Surface, SurfaceSize } from '../../../src/renderer/src/charts/surface';
import type { Theme } from '../../../src/renderer/src/theme/theme';

/** One call of a painter, with the style it was made in. */
export interface Drawn {
  method: string;
  args: unknown[];
  fillStyle: string;
  alpha: number;
}

const FAKE_THEME: Theme = {
  bg: 'bg',
  panel: 'panel',
  raised: 'raised',
  well: 'well',
  line: 'line',
  edge: 'edge',
  ink: 'ink',
  dim: 'dim',
  faint: 'faint',
  bad: 'bad',
  plain: 'plain',
  other: 'other',
  'other-edge': 'other-edge',
  fill: 0.26,
  mark: 0.42,
  sans: 'sans',
  mono: 'mono',
  remPx: 13,
  executors: Object.fromEntries(EXECUTORS.map((name) => [name, name])) as Theme['executors'],
};

/** A surface that records what is drawn instead of drawing it. */
export function recordingSurface(size: SurfaceSize): {
  surface: Surface;
  drawn: Drawn[];
  rects(fillStyle: string): number[][];
} {
  const drawn: Drawn[] = [];
  const state: Record<string, unknown> = { fillStyle: '', globalAlpha: 1, canvas: {} };
  const context = new Proxy(state, {
    get(target, name: string) {
      if (name in target) return target[name];
      return (...args: unknown[]) => {
        drawn.push({
          method: name,
          args,
          fillStyle: String(target['fillStyle']),
          alpha: Number(target['globalAlpha']),
        });
      };
    },
  }) as unknown as CanvasRenderingContext2D;
  return {
    surface: { context, size, theme: FAKE_THEME, hatch: (name, colour) => `${name} ${colour}` },
    drawn,
    rects: (fillStyle) =>
      drawn
        .filter((one) => one.method === 'fillRect' && one.fillStyle === fillStyle)
        .map((one) => one.args as number[]),
  };
}
