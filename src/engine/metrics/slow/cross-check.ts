import { currentLoad } from 'systeminformation';

/**
 * Polls systeminformation's utilization of each core (0 to 1), over the time since the last call. Its baseline is
 * global to the module, so there must be exactly one of these. Null at the first call (there is nothing to compare
 * with), where the wall clock was set back (it would answer old values), and where it does not know.
 */
export function createCrossCheck(nowMs: () => number = Date.now): () => Promise<number[] | null> {
  let lastMs: number | null = null;
  return async () => {
    const beforeMs = lastMs;
    lastMs = nowMs();
    const load = await currentLoad().catch(() => null);
    if (beforeMs === null || lastMs - beforeMs < 200 || load === null) return null;
    // A core without a single counted millisecond is one that it knows nothing of.
    const known = load.cpus.length > 0 && load.cpus.every((cpu) => cpu.rawLoad + cpu.rawLoadIdle > 0);
    return known ? load.cpus.map((cpu) => Math.round(cpu.load * 1e3) / 1e5) : null;
  };
}
