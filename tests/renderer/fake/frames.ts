import type { Frames } from '../../../src/renderer/src/client/frames';

/** Frames that come when a test says so, on a clock that it sets. */
export interface FakeFrames extends Frames {
  /** Moves the clock and runs what was asked for. */
  next(ms?: number): void;
  readonly waiting: number;
}

export function createFakeFrames(): FakeFrames {
  let nowMs = 1000;
  let callbacks: (() => void)[] = [];
  return {
    now: () => nowMs,
    request: (callback) => void callbacks.push(callback),
    next(ms = 16) {
      nowMs += ms;
      const due = callbacks;
      callbacks = [];
      for (const callback of due) callback();
    },
    get waiting() {
      return callbacks.length;
    },
  };
}
