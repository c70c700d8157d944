import { entriesOf, type Sample, type Throttled } from '../../../contract';
import { sumKnown } from '../../statistics/summary';
import { throttledBetween, throttlingReader, type Throttling } from '../../system/throttling';
import type { Meter } from './meter';

/** A live finding speaks of the last seconds, so that it follows the sliders. */
const WINDOW_MS = 3_000;

/** What was seen of all workers and of the machine over some time, ms; null: not known. */
export interface SpanSums {
  elapsedMs: number;
  workersMs: number;
  lockWorkersMs: number;
  tasksMs: number;
  cpuMs: number | null;
  offThreadCpuMs: number | null;
  runQueueMs: number | null;
  engineCpuMs: number | null;
  machineCpuMs: number | null;
  starting: number;
  /** Fewest and most workers that could take tasks. */
  range: { least: number; most: number };
  throttled: Throttled | null;
}

interface Tick extends Omit<SpanSums, 'throttled'> {
  startingMs: number;
  before: Throttling;
  after: Throttling;
}

/** Keeps what findings are made from: of the last seconds, and of the whole run. */
export interface Span {
  /** The run takes its first task. */
  begin(): void;
  /** It hands out no more: workers that start from now on replace those that are ended. */
  end(): void;
  /** Books the part of a sample that lies within the run. */
  sampled(part: Sample): void;
  recent(): SpanSums;
  whole(): SpanSums;
  /** Forgets the last seconds: worker counts changed. */
  reset(): void;
}

export interface SpanOptions {
  meters: readonly Meter[];
  /** Cores that may be used; null where not known. */
  allowedCores: readonly number[] | null;
  throttling?: () => Throttling;
}

const plus = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : one + other;

export function createSpan({ meters, allowedCores, throttling = throttlingReader() }: SpanOptions): Span {
  let ticks: Tick[] = [];
  let whole: Tick | null = null;
  let over = false;
  let last = { tasksMs: 0, throttling: throttling() };
  const allowed = allowedCores === null ? null : new Set(allowedCores);

  const machineCpuMs = ({ cores, utilization, intervalMs }: Sample): number | null =>
    utilization.length === 0
      ? null
      : utilization.reduce(
          (sum, busy, at) => sum + (allowed?.has(cores[at] ?? -1) === false ? 0 : busy * intervalMs),
          0,
        );

  const tick = (sample: Sample): Tick => {
    const { intervalMs } = sample;
    const statuses = meters.map(({ executor }) => executor.status());
    const locked = new Set(
      meters.filter((_, at) => statuses[at]?.lock?.lock === 'shared').map(({ executor }) => executor.name),
    );
    const starting = over
      ? 0
      : statuses.reduce(
          (sum, { workers }) => sum + workers.filter(({ state }) => state.state === 'starting').length,
          0,
        );
    const known = sample.workers.filter(({ cpuMs }) => cpuMs !== null);
    const now = {
      tasksMs: meters.reduce(
        (sum, meter, at) => sum + meter.tasksMs(statuses[at] ?? meter.executor.status(), sample.atMs),
        0,
      ),
      throttling: throttling(),
    };
    const made: Tick = {
      elapsedMs: intervalMs,
      workersMs: intervalMs * known.length,
      lockWorkersMs: intervalMs * known.filter(({ executor }) => locked.has(executor)).length,
      // A task that began before it was told of is counted once that is.
      tasksMs: Math.max(0, now.tasksMs - last.tasksMs),
      cpuMs: sumKnown(sample.workers.map((worker) => worker.cpuMs)),
      offThreadCpuMs: sumKnown(entriesOf(sample.offThreadCpuMs).map(([, ms]) => ms)),
      runQueueMs: sumKnown(sample.workers.map((worker) => worker.runQueueMs)),
      engineCpuMs: plus(sample.observer.cpuMs, sample.observer.engineCpuMs),
      machineCpuMs: machineCpuMs(sample),
      starting,
      startingMs: starting > 0 ? intervalMs : 0,
      range: { least: known.length, most: known.length },
      before: last.throttling,
      after: now.throttling,
    };
    last = now;
    return made;
  };

  return {
    begin() {
      last = { tasksMs: 0, throttling: throttling() };
    },
    end() {
      over = true;
    },
    sampled(part) {
      const made = tick(part);
      whole = whole === null ? made : joined([whole, made]);
      ticks.push(made);
      let spanMs = ticks.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0);
      while (spanMs > WINDOW_MS && ticks.length > 1) spanMs -= ticks.shift()?.elapsedMs ?? 0;
    },
    recent: () => sums(joined(ticks)),
    whole: () => sums(whole ?? joined([])),
    reset: () => void (ticks = []),
  };
}

const NONE: Throttling = new Map();

function joined(ticks: readonly Tick[]): Tick {
  const sum = (pick: (tick: Tick) => number): number => ticks.reduce((total, one) => total + pick(one), 0);
  const all = (pick: (tick: Tick) => number | null): number | null =>
    ticks.length === 0 ? null : ticks.reduce<number | null>((total, one) => plus(total, pick(one)), 0);
  return {
    elapsedMs: sum(({ elapsedMs }) => elapsedMs),
    workersMs: sum(({ workersMs }) => workersMs),
    lockWorkersMs: sum(({ lockWorkersMs }) => lockWorkersMs),
    tasksMs: sum(({ tasksMs }) => tasksMs),
    cpuMs: sumKnown(ticks.map(({ cpuMs }) => cpuMs)),
    offThreadCpuMs: sumKnown(ticks.map(({ offThreadCpuMs }) => offThreadCpuMs)),
    runQueueMs: sumKnown(ticks.map(({ runQueueMs }) => runQueueMs)),
    engineCpuMs: all(({ engineCpuMs }) => engineCpuMs),
    machineCpuMs: all(({ machineCpuMs }) => machineCpuMs),
    starting: Math.max(0, ...ticks.map(({ starting }) => starting)),
    startingMs: sum(({ startingMs }) => startingMs),
    range: ticks
      .map(({ range }) => range)
      .reduce(
        (one, other) => ({ least: Math.min(one.least, other.least), most: Math.max(one.most, other.most) }),
        ticks[0]?.range ?? { least: 0, most: 0 },
      ),
    before: ticks[0]?.before ?? NONE,
    after: ticks.at(-1)?.after ?? NONE,
  };
}

/** Workers that started for less of the time than this are no cause of anything in all of it. */
const NOTABLE_START = 0.2;

function sums({ before, after, starting, startingMs, ...others }: Tick): SpanSums {
  return {
    ...others,
    starting: startingMs >= NOTABLE_START * others.elapsedMs ? starting : 0,
    throttled: throttledBetween(before, after),
  };
}
