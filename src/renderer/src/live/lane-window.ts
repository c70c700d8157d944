import { computed, ref, type ComputedRef, type Ref } from 'vue';

/** The part of the kept history that the rows of the workers show. */
export interface LaneWindow {
  windowMs: Ref<number>;
  /** The time at the right end while the picture stands still; null while it follows. */
  pinnedMs: Ref<number | null>;
  pinned: ComputedRef<boolean>;
  /** The time at the right end, ms on the engine's clock; null before there is one. */
  endMs(): number | null;
  /** Shows `factor` times as much time; what is at a share of the width (0 left, 1 right) stays there. */
  zoom(factor: number, at?: number): void;
  /** Moves to later times, or earlier ones where negative. What reaches now follows again. */
  pan(byMs: number): void;
  /** Keeps what is shown while the run goes on. */
  pin(): void;
  follow(): void;
  /** To the oldest that is kept. */
  toOldest(): void;
}

/** Blocks are about 4 ms long at least: less shows nothing more. */
const SHORTEST_MS = 50;
const LONGEST_MS = 60_000;

/** Follows now until it is moved or pinned. `liveMs` is where it follows to, `oldestMs` the beginning of what is kept. */
export function useLaneWindow(
  { liveMs, oldestMs }: { liveMs: () => number | null; oldestMs: () => number | null },
  firstMs: number,
): LaneWindow {
  const windowMs = ref(firstMs);
  const pinnedMs = ref<number | null>(null);
  const endMs = (): number | null => pinnedMs.value ?? liveMs();

  function moveTo(toMs: number): void {
    const live = liveMs();
    if (live === null) return;
    const least = Math.min(live, (oldestMs() ?? live) + windowMs.value);
    pinnedMs.value = toMs >= live ? null : Math.max(least, toMs);
  }
  return {
    windowMs,
    pinnedMs,
    pinned: computed(() => pinnedMs.value !== null),
    endMs,
    zoom(factor, at = 1) {
      const end = endMs();
      const before = windowMs.value;
      windowMs.value = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, before * factor));
      // While it follows, its end stays now.
      if (end !== null && pinnedMs.value !== null) moveTo(end + (1 - at) * (windowMs.value - before));
    },
    pan(byMs) {
      const end = endMs();
      if (end !== null) moveTo(end + byMs);
    },
    pin: () => void (pinnedMs.value = endMs()),
    follow: () => void (pinnedMs.value = null),
    toOldest() {
      moveTo(-Infinity);
    },
  };
}

/** What a key asks of the window; false for a key that asks nothing. Arrows move by a tenth of what is shown. */
export function keyInWindow(window: LaneWindow, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const acts: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => {
      window.pan(-window.windowMs.value / 10);
    },
    ArrowRight: () => {
      window.pan(window.windowMs.value / 10);
    },
    '+': () => {
      window.zoom(0.7);
    },
    '=': () => {
      window.zoom(0.7);
    },
    '-': () => {
      window.zoom(1 / 0.7);
    },
    Home: window.toOldest,
    End: window.follow,
    p: () => {
      if (window.pinned.value) window.follow();
      else window.pin();
    },
  };
  const act = acts[event.key];
  act?.();
  return act !== undefined;
}
