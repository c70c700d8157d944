import type { ByExecutor, ExecutorKey } from '../../../contract';

/** CPU time of one worker over one tick and where it was seen. */
export interface WorkerUse {
  executor: ExecutorKey;
  cpuMs: number;
  /** The core it had run on last at the start and at the end of the tick. */
  fromCore: number | null;
  core: number | null;
}

/** CPU time placed on cores so far: executor -> core -> ms. Only grows. */
export type Placed = Map<ExecutorKey, Map<number, number>>;

/**
 * Adds one tick: a worker's time goes to the core it stayed on; one that moved had, for all that is known, half its
 * time on each. Answers new totals.
 */
export function place(placed: Placed, uses: readonly WorkerUse[], cores: readonly number[]): Placed {
  const next: Placed = new Map();
  for (const executor of new Set([...placed.keys(), ...uses.map((use) => use.executor)])) {
    const before = placed.get(executor);
    next.set(executor, new Map(cores.map((core) => [core, before?.get(core) ?? 0])));
  }
  const add = (executor: ExecutorKey, core: number, ms: number): void => {
    const totals = next.get(executor);
    const total = totals?.get(core);
    if (totals !== undefined && total !== undefined) totals.set(core, total + ms);
  };
  for (const { executor, cpuMs, fromCore, core } of uses) {
    const to = core ?? fromCore;
    if (to === null || cpuMs <= 0) continue;
    add(executor, fromCore ?? to, cpuMs / 2);
    add(executor, to, cpuMs / 2);
  }
  return next;
}

/**
 * Fits what workers used to what the cores did: no core is given more than it was busy. What does not fit on a core
 * (a worker that moved about within the tick) goes to the cores whose busy time is not explained yet, in proportion
 * to that; what fits nowhere (clocks of unlike grain) is dropped. All in ms over one tick, arrays in order of cores.
 */
export function fit(busyMs: readonly number[], used: ByExecutor<readonly number[]>): ByExecutor<number[]> {
  const names = Object.keys(used) as ExecutorKey[];
  const at = (executor: ExecutorKey, core: number): number => used[executor]?.[core] ?? 0;
  const wanted = busyMs.map((_, core) => names.reduce((sum, name) => sum + at(name, core), 0));
  const kept = busyMs.map((busy, core) => Math.min(1, busy / Math.max(wanted[core] ?? 0, Number.MIN_VALUE)));
  const room = busyMs.map((busy, core) => Math.max(0, busy - (wanted[core] ?? 0)));
  const totalRoom = room.reduce((sum, ms) => sum + ms, 0);
  const homeless = names.map((name) =>
    busyMs.reduce((sum, _, core) => sum + at(name, core) * (1 - (kept[core] ?? 0)), 0),
  );
  const totalHomeless = homeless.reduce((sum, ms) => sum + ms, 0);
  const squeeze = totalHomeless > totalRoom ? totalRoom / totalHomeless : 1;
  const result: ByExecutor<number[]> = {};
  names.forEach((name, index) => {
    const share = totalRoom > 0 ? ((homeless[index] ?? 0) * squeeze) / totalRoom : 0;
    result[name] = busyMs.map((_, core) => at(name, core) * (kept[core] ?? 0) + (room[core] ?? 0) * share);
  });
  return result;
}
