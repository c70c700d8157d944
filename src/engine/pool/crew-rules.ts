import { nowMs } from '../clock';
import type { WorkerExit } from '../worker';
import type { Slot } from './slot';

/** A worker that has lived this long with nothing to do was of use. */
const USEFUL_LIFE_MS = 1000;

/** Whether a worker was alive for long and had nothing to do in the end. */
export function wasIdle<A, R>({ ready, readyMs, load, condemned }: Slot<A, R>): boolean {
  return ready && load === 0 && condemned === null && nowMs() - readyMs > USEFUL_LIFE_MS;
}

/** Whether a worker's end counts against the module of the tasks: nobody wanted it, and it is not the end of one beside it. */
export function isFruitless<A, R>({ condemned, stopped }: Slot<A, R>, { collateral }: WorkerExit): boolean {
  if (condemned !== null) return true;
  return !stopped && (collateral === undefined || collateral === 'kill');
}

/** The `count` workers that are missed least: starting ones, then idle ones, then the newest. */
export function surplus<A, R>(slots: Slot<A, R>[], count: number): Slot<A, R>[] {
  if (count <= 0) return [];
  const rank = (slot: Slot<A, R>): number => (slot.ready ? Math.min(slot.load, 1) + 1 : 0);
  return slots.toSorted((a, b) => rank(a) - rank(b) || b.number - a.number).slice(0, count);
}
