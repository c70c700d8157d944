import { cpus } from 'node:os';
import { currentLoad } from 'systeminformation/lib/cpu.js';
import { nowMs } from '../../system/clock';
import type { LoadReading } from '../messages';
import { parseProcStat } from '../tick/cpu-times';
import { within } from '../within';
import { readText } from './files';

export interface CrossCheckOptions {
  /** systeminformation's `currentLoad`; replaced in tests, as are the others. */
  load?: () => Promise<{ cpus: { load: number; rawLoad: number; rawLoadIdle: number }[] }>;
  /** Numbers of the cores that are online, ascending: systeminformation has no numbers, only that order. */
  online?: () => number[];
  /** The wall clock, by which systeminformation tells whether its last values are old enough. */
  wallMs?: () => number;
  monotonicMs?: () => number;
  /** How long an answer is waited for, ms. */
  patienceMs?: number;
}

/** systeminformation answers its last values again within 200 ms, by its own stamp of them. */
const LEAST_MS = 300;
const PATIENCE_MS = 3_000;

/** Numbers of the cores that are online now, ascending. */
export function onlineCores(): number[] {
  const text = process.platform === 'linux' ? readText('/proc/stat') : null;
  return text === null ? cpus().map((_, core) => core) : parseProcStat(text).map(({ core }) => core);
}

/** 0 to 1; null where not a millisecond was counted, or counters that fell make a value that cannot be. */
function share({ load, rawLoad, rawLoadIdle }: { load: number; rawLoad: number; rawLoadIdle: number }): number | null {
  const value = Math.round(load * 1e3) / 1e5;
  return rawLoad + rawLoadIdle > 0 && value >= 0 && value <= 1 ? value : null;
}

/**
 * Polls systeminformation's utilization of each core over the time since the last call. Its baseline is global to the
 * module, so there must be exactly one of these. Null where there is nothing to compare with (the first call, other cores
 * than before), where the wall clock was set back (it would answer old values), and where it fails or does not answer.
 */
export function createCrossCheck(options: CrossCheckOptions = {}): () => Promise<LoadReading | null> {
  const {
    load = currentLoad,
    online = onlineCores,
    wallMs = Date.now,
    monotonicMs = nowMs,
    patienceMs = PATIENCE_MS,
  } = options;
  let last: { wallMs: number; atMs: number; cores: number[] } | null = null;
  let asked = false;

  async function ask(): Promise<(number | null)[] | null> {
    asked = true;
    const answer = (async () => (await load()).cpus.map(share))().finally(() => (asked = false));
    return within(answer, patienceMs);
  }

  return async () => {
    const before = last;
    // One that hangs is not asked again before it has answered; one that would answer old values is left alone.
    if (asked || (before !== null && wallMs() - before.wallMs < LEAST_MS)) return null;
    const [calledWallMs, cores] = [wallMs(), online()];
    const utilization = await ask();
    // It reads just before it answers, also at its first call, which takes half a second.
    const atMs = monotonicMs();
    last = utilization === null ? null : { wallMs: calledWallMs, atMs, cores };
    if (
      utilization === null ||
      before === null ||
      before.cores.join() !== cores.join() ||
      utilization.length !== cores.length
    )
      return null;
    return utilization.some((value) => value !== null) ? { fromMs: before.atMs, toMs: atMs, cores, utilization } : null;
  };
}
