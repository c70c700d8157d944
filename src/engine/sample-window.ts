import type { Sample } from '../contract';

/** How far back a client that has just come sees, in ms. */
const WINDOW_MS = 60_000;

/** The samples of the last minute. */
export interface SampleWindow {
  add(sample: Sample): void;
  all(): Sample[];
}

export function createSampleWindow(windowMs = WINDOW_MS): SampleWindow {
  let samples: Sample[] = [];
  return {
    add(sample) {
      samples.push(sample);
      const first = samples[0];
      // Cut in blocks, so that a sample costs no copy of the window.
      if (first && sample.atMs - first.atMs > 1.2 * windowMs)
        samples = samples.filter((old) => sample.atMs - old.atMs <= windowMs);
    },
    all() {
      const newest = samples.at(-1);
      return newest ? samples.filter((old) => newest.atMs - old.atMs <= windowMs) : [];
    },
  };
}
