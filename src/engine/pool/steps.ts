import { round } from '../intrinsics';

/** Nanoseconds in a millisecond. */
const NS = 1e6;

/**
 * Stamps as the first, in ms, and the steps from each to the next, in whole ns: as text a fraction of as many times
 * since the machine was started.
 */
export function toSteps(stamps: readonly number[]): number[] {
  const steps: number[] = [];
  let last = stamps[0] ?? 0;
  for (let at = 0; at < stamps.length; at += 1) {
    const stamp = stamps[at] as number;
    steps[at] = at === 0 ? stamp : round((stamp - last) * NS);
    last = stamp;
  }
  return steps;
}

/** The stamps, ms, that were made steps. */
export function fromSteps(steps: readonly number[]): number[] {
  const [first = 0] = steps;
  let sinceNs = 0;
  return steps.map((step, at) => {
    if (at > 0) sinceNs += step;
    return first + sinceNs / NS;
  });
}
