import { nowMs } from '../../system/clock';

/** A sample of a moment is waited for this long at most; it arrives a tick or two after that moment. */
const SAMPLE_WAIT_MS = 300;

/** Waits for samples of what is now: they arrive later than the time they speak of. */
export interface SampleWait {
  /** Resolves when the time up to now has been sampled, or after a while where the sampler is not there. */
  upToNow(): Promise<void>;
  /** A sample arrived that speaks of the time up to `atMs`. */
  arrived(atMs: number): void;
}

export function createSampleWait(): SampleWait {
  let awaited: { sinceMs: number; arrived: () => void } | null = null;
  return {
    upToNow: () =>
      new Promise((resolve) => {
        const arrived = (): void => {
          clearTimeout(timer);
          awaited = null;
          resolve();
        };
        const timer = setTimeout(arrived, SAMPLE_WAIT_MS);
        awaited = { sinceMs: nowMs(), arrived };
      }),
    arrived(atMs) {
      if (awaited && atMs >= awaited.sinceMs) awaited.arrived();
    },
  };
}
