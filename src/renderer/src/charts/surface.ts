import { onBeforeUnmount, onMounted, watch, type Ref } from 'vue';
import { useTheme, type Theme } from '../theme/theme';
import { createHatching, type Hatching } from './hatches';

/** In device px, so that painters can keep to whole pixels. */
export interface SurfaceSize {
  width: number;
  height: number;
  /** Device px to one CSS px. */
  ratio: number;
}

/** What a painter draws on. */
export interface Surface {
  context: CanvasRenderingContext2D;
  size: SurfaceSize;
  theme: Theme;
  hatch: Hatching;
}

/**
 * Keeps a canvas as large as its box in device px. `fresh` is called whenever everything has to be drawn again: at
 * first, and when size, pixel ratio or theme change.
 */
export function useSurface(canvas: Ref<HTMLCanvasElement | null>, fresh: () => void): { current(): Surface | null } {
  const theme = useTheme();
  let size: SurfaceSize = { width: 0, height: 0, ratio: 1 };
  let hatch: Hatching | null = null;

  const fit = (): void => {
    const element = canvas.value;
    if (!element) return;
    const ratio = window.devicePixelRatio;
    const width = Math.round(element.clientWidth * ratio);
    const height = Math.round(element.clientHeight * ratio);
    if (width === size.width && height === size.height && ratio === size.ratio) return;
    if (ratio !== size.ratio) hatch = null;
    size = { width, height, ratio };
    element.width = width;
    element.height = height;
    fresh();
  };
  const observer = new ResizeObserver(fit);
  onMounted(() => {
    if (canvas.value) observer.observe(canvas.value);
    addEventListener('resize', fit);
    fit();
  });
  onBeforeUnmount(() => {
    observer.disconnect();
    removeEventListener('resize', fit);
  });
  watch(theme, fresh, { flush: 'post' });

  return {
    current() {
      const context = canvas.value?.getContext('2d', { alpha: false });
      if (!context || size.width < 2 || size.height < 2) return null;
      hatch ??= createHatching(context, size.ratio);
      return { context, size, theme: theme.value, hatch };
    },
  };
}
