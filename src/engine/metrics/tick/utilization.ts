import { inOrder, isExecutorKey, keysOf, type ByExecutor, type Sample } from '../../../contract';
import { fit } from './attribution';
import type { SmoothedTick } from './smoothing';

/** Names of the totals of a reading that are not executors'. */
export const BUSY = 'busy';
export const IDLE = 'idle';

export type CoreUtilization = Pick<Sample, 'atMs' | 'intervalMs' | 'cores' | 'utilization' | 'byExecutor'>;

const round = (value: number): number => Math.round(value * 1e5) / 1e5;

/**
 * Utilization of each core, 0 to 1: busy / (busy + idle) over exactly the elapsed counters, so that a late tick stays
 * correct. A core none of whose counters moved is left out: nothing is known of it. `attributed` is false where the
 * system does not tell who used a core.
 */
export function coreUtilization(tick: SmoothedTick, attributed: boolean): CoreUtilization {
  const all = [...(tick.grown.get(BUSY) ?? [])].map(([core, busyMs]) => {
    return { core, busyMs, totalMs: busyMs + (tick.grown.get(IDLE)?.get(core) ?? 0) };
  });
  const known = all.filter(({ totalMs }) => totalMs > 0).sort((a, b) => a.core - b.core);
  return {
    atMs: tick.atMs,
    intervalMs: tick.intervalMs,
    cores: known.map(({ core }) => core),
    utilization: known.map(({ busyMs, totalMs }) => round(busyMs / totalMs)),
    byExecutor: attributed ? shares(tick, known) : null,
  };
}

function shares(
  tick: SmoothedTick,
  known: readonly { core: number; busyMs: number; totalMs: number }[],
): ByExecutor<number[]> {
  const used: ByExecutor<number[]> = {};
  for (const executor of inOrder([...tick.grown.keys()].filter(isExecutorKey))) {
    const placed = tick.grown.get(executor);
    if (placed !== undefined) used[executor] = known.map(({ core }) => placed.get(core) ?? 0);
  }
  const fitted = fit(
    known.map(({ busyMs }) => busyMs),
    used,
  );
  for (const executor of keysOf(fitted)) {
    const ms = fitted[executor];
    if (ms !== undefined) fitted[executor] = ms.map((value, index) => round(value / (known[index]?.totalMs ?? 1)));
  }
  return fitted;
}
