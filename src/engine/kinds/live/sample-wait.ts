import type { Sampler } from '../../metrics/types';
import { nowMs } from '../../system/clock';

/** A reading, or the sample of a moment, is waited for this long at most; a sample arrives a tick after its moment. */
const SAMPLE_WAIT_MS = 300;

/** Waits for samples of what is now: they arrive later than the time they speak of. */
export interface SampleWait {
  /** Resolves when a tick begins, or after a while where the sampler is not there. */
  tickBegins(): Promise<void>;
  /** Resolves when the time up to now has been sampled, or after a while where the sampler is not there. */
  upToNow(): Promise<void>;
  /** A sample arrived that speaks of the time up to `atMs`. */
  arrived(atMs: number): void;
}

export function createSampleWait(sampler: Pick<Sampler, 'readNow'>): SampleWait {
  let awaited: { sinceMs: number; arrived: () => void } | null = null;
  return {
    tickBegins: () =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, SAMPLE_WAIT_MS);
        void sampler.readNow().then(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
    upToNow: () =>
      new Promise((resolve) => {
        const arrived = (): void => {
          clearTimeout(timer);
          awaited = null;
          resolve();
        };
        const timer = setTimeout(arrived, SAMPLE_WAIT_MS);
        awaited = { sinceMs: nowMs(), arrived };
        void sampler.readNow();
      }),
    arrived(atMs) {
      if (awaited && atMs >= awaited.sinceMs) awaited.arrived();
    },
  };
}
