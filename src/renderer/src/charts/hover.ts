import { onBeforeUnmount, onMounted, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { ExecutorKey } from '../../../contract';
import type { Surface } from './surface';

/** What stands beneath the pointer, in words and figures. */
export interface Readout {
  title: string;
  rows: { executor: ExecutorKey | 'other' | null; name: string; value: string }[];
  /** Where the value is on the time axis, in device px, if that is not where the pointer is. */
  markX?: number;
}

/** A readout and where it belongs, in CSS px of the canvas. */
export interface PlacedReadout extends Readout {
  x: number;
  y: number;
  /** Size of the canvas: the readout turns to the side where there is room. */
  width: number;
  height: number;
  lineX: number | null;
}

export interface HoverOptions {
  surface: { current(): Surface | null };
  /** The readout at a place in device px; null where there is nothing to tell. */
  read(at: { x: number; y: number }, surface: Surface): Readout | null;
}

/** Follows the pointer over a canvas. `refresh` is for pictures that change beneath a pointer at rest. */
export function useHover(
  canvas: Ref<HTMLCanvasElement | null>,
  options: HoverOptions,
): {
  readout: ShallowRef<PlacedReadout | null>;
  refresh(): void;
  /** Reads at a place in device px as if the pointer were there, for the keyboard; null ends that. */
  point(at: { x: number; y: number } | null): void;
} {
  const readout = shallowRef<PlacedReadout | null>(null);
  let pointer: { x: number; y: number } | null = null;

  function refresh(): void {
    const on = options.surface.current();
    if (!on || !pointer) {
      readout.value = null;
      return;
    }
    const { ratio, width, height } = on.size;
    const found = options.read({ x: pointer.x * ratio, y: pointer.y * ratio }, on);
    const lineX = found?.markX === undefined ? null : found.markX / ratio;
    readout.value = found && { ...found, ...pointer, width: width / ratio, height: height / ratio, lineX };
  }
  function move(event: PointerEvent): void {
    const box = canvas.value?.getBoundingClientRect();
    if (!box || event.pointerType === 'touch') return;
    pointer = { x: event.clientX - box.left, y: event.clientY - box.top };
    refresh();
  }
  function leave(): void {
    pointer = null;
    readout.value = null;
  }
  function point(at: { x: number; y: number } | null): void {
    const ratio = options.surface.current()?.size.ratio ?? 1;
    pointer = at && { x: at.x / ratio, y: at.y / ratio };
    refresh();
  }

  onMounted(() => {
    canvas.value?.addEventListener('pointermove', move);
    canvas.value?.addEventListener('pointerleave', leave);
  });
  onBeforeUnmount(() => {
    canvas.value?.removeEventListener('pointermove', move);
    canvas.value?.removeEventListener('pointerleave', leave);
  });
  return { readout, refresh, point };
}
