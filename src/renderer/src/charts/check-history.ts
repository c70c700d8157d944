import { apartOf, createCrossCheckSums, type Apart, type CrossCheck } from '../../../contract';

/** The readings of systeminformation over the last minute. */
export interface CheckHistory {
  readonly newest: CrossCheck | null;
  push(check: CrossCheck): void;
  clear(): void;
  /** Utilization at a time, in the order of `cores`, NaN for a core that is not known; null where no reading speaks of it. */
  at(ms: number, cores: readonly number[]): Float64Array | null;
  /** The same of the reading whose middle lies in (fromMs, toMs]. */
  centredIn(fromMs: number, toMs: number, cores: readonly number[]): Float64Array | null;
  /** How far the readings were from the samples; null where nothing could be compared. */
  apart(): Apart | null;
}

const KEPT_MS = 60_000;

interface Kept {
  check: CrossCheck;
  /** In the order in which the cores were last asked for. */
  order: string;
  values: Float64Array;
}

/** An empty history. */
export function createCheckHistory(): CheckHistory {
  let kept: Kept[] = [];

  /** Cores seldom change: what was put in their order stays so. */
  function ordered(one: Kept, cores: readonly number[]): Float64Array {
    const order = cores.join();
    if (one.order === order) return one.values;
    const { check } = one;
    one.order = order;
    one.values = Float64Array.from(cores, (core) => check.utilization[check.cores.indexOf(core)] ?? NaN);
    return one.values;
  }

  return {
    get newest() {
      return kept.at(-1)?.check ?? null;
    },
    push(check) {
      kept.push({ check, order: '-', values: new Float64Array(0) });
      kept = kept.filter((one) => one.check.toMs > check.toMs - KEPT_MS);
    },
    clear() {
      kept = [];
    },
    at(ms, cores) {
      const found = kept.findLast(({ check }) => check.fromMs < ms && ms <= check.toMs);
      return found ? ordered(found, cores) : null;
    },
    centredIn(fromMs, toMs, cores) {
      const found = kept.findLast(({ check }) => {
        const middle = (check.fromMs + check.toMs) / 2;
        return fromMs < middle && middle <= toMs;
      });
      return found ? ordered(found, cores) : null;
    },
    apart() {
      const sums = createCrossCheckSums();
      for (const { check } of kept) sums.add(check);
      return apartOf(sums.cores());
    },
  };
}
