import { onBeforeUnmount, onMounted, type Ref } from 'vue';
import type { LaneWindow } from './lane-window';

/** A pointer that moved less has not dragged, CSS px. */
const DRAG_FROM_PX = 4;
/** What one notch of a wheel zooms by. */
const NOTCH_PX = 100;
const NOTCH_ZOOM = 1.25;

/**
 * Dragging moves in time; so does a wheel that turns sideways or with Shift, and with Ctrl it zooms at the pointer. What
 * scrolls the rows is left to the browser.
 */
export function useLanePointer(canvas: Ref<HTMLElement | null>, shown: LaneWindow, plotLeft: Ref<number>): void {
  let from: { x: number; moved: boolean } | null = null;
  const widthOf = (element: HTMLElement): number => Math.max(1, element.clientWidth - plotLeft.value);
  const msPerPx = (element: HTMLElement): number => shown.windowMs.value / widthOf(element);

  function down(event: PointerEvent): void {
    if (event.button === 0) from = { x: event.clientX, moved: false };
  }
  function move(event: PointerEvent): void {
    const element = canvas.value;
    if (!from || !element) return;
    const by = from.x - event.clientX;
    if (!from.moved && Math.abs(by) < DRAG_FROM_PX) return;
    if (!from.moved) element.setPointerCapture(event.pointerId);
    from = { x: event.clientX, moved: true };
    shown.pan(by * msPerPx(element));
  }
  function up(): void {
    from = null;
  }
  function wheel(event: WheelEvent): void {
    const element = canvas.value;
    if (!element) return;
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    if (event.ctrlKey || event.metaKey) {
      const at = (event.clientX - element.getBoundingClientRect().left - plotLeft.value) / widthOf(element);
      shown.zoom(NOTCH_ZOOM ** (event.deltaY / NOTCH_PX), Math.min(1, Math.max(0, at)));
    } else if (sideways !== 0) shown.pan(sideways * msPerPx(element));
    else return;
    event.preventDefault();
  }
  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up } as const;
  onMounted(() => {
    for (const [type, listener] of Object.entries(listeners))
      canvas.value?.addEventListener(type, listener as EventListener);
    canvas.value?.addEventListener('wheel', wheel, { passive: false });
  });
  onBeforeUnmount(() => {
    for (const [type, listener] of Object.entries(listeners))
      canvas.value?.removeEventListener(type, listener as EventListener);
    canvas.value?.removeEventListener('wheel', wheel);
  });
}
