import { busyClock, type Sample } from '../../../contract';

/** Clock and temperature of one core, MHz and °C; null for what is not known. */
export interface CoreClock {
  mhz: number | null;
  celsius: number | null;
}

/** One reading of clock and temperatures. */
export interface ClockReading {
  atMs: number;
  /** In the order of `cores`; empty where clocks are not available here. */
  cores: readonly number[];
  mhz: readonly (number | null)[];
  celsius: readonly (number | null)[];
  /** Of the whole processor. */
  processorC: number | null;
  /** Mean of the cores that were busy; null where none was, or their clock is not known. */
  busyMhz: number | null;
}

/** Clock and temperature of the last minute, a reading a second. */
export interface ClockHistory {
  readonly newest: ClockReading | null;
  push(sample: Sample): void;
  clear(): void;
  /** The first reading that was taken at or after a time; null where none was within two seconds. */
  at(ms: number): ClockReading | null;
  /** The newest reading of each core by its number. */
  ofCores(): ReadonlyMap<number, CoreClock>;
}

const KEPT_MS = 60_000;
const NEAR_MS = 2_000;

/** An empty history. */
export function createClockHistory(): ClockHistory {
  let kept: ClockReading[] = [];
  const busy = busyClock();
  return {
    get newest() {
      return kept.at(-1) ?? null;
    },
    push(sample) {
      const mean = busy(sample);
      const { atMs, cores, frequencyMhz, coreTemperatureC, temperatureC } = sample;
      if (frequencyMhz === null && coreTemperatureC === null && temperatureC === null) return;
      kept.push({
        atMs,
        cores,
        mhz: frequencyMhz ?? [],
        celsius: coreTemperatureC ?? [],
        processorC: temperatureC,
        busyMhz: mean?.mhz ?? null,
      });
      while (kept[0] && kept[0].atMs <= atMs - KEPT_MS) kept.shift();
    },
    clear() {
      kept = [];
    },
    ofCores() {
      const newest = kept.at(-1) ?? null;
      return new Map(newest?.cores.map((core) => [core, clockOf(newest, core)]));
    },
    at(ms) {
      const found = kept.find(({ atMs }) => atMs >= ms) ?? kept.at(-1);
      return found && Math.abs(found.atMs - ms) <= NEAR_MS ? found : null;
    },
  };
}

/** What a reading says of one core. */
export function clockOf(reading: ClockReading | null, core: number): CoreClock {
  const at = reading?.cores.indexOf(core) ?? -1;
  return { mhz: reading?.mhz[at] ?? null, celsius: reading?.celsius[at] ?? null };
}
