import type { CoreSource } from '../../../contract';
import type { CoreHistory, CoreSlice } from './core-history';
import type { CheckHistory } from './check-history';
import { clockOf, type ClockHistory, type CoreClock } from './clock-history';

export const CORE_SOURCES: readonly { value: CoreSource; title: string }[] = [
  { value: 'both', title: 'both' },
  { value: 'kernel', title: 'kernel 10 Hz' },
  { value: 'systeminformation', title: 'systeminformation 1 Hz' },
];

/** Which of them there are now. */
export interface SourcesThere {
  kernel: boolean;
  systeminformation: boolean;
}

/** What the picture is made of. */
export interface CoreDrawing {
  /** The history. */
  bars: 'kernel' | 'systeminformation';
  /** Whether systeminformation lies over it. */
  line: boolean;
  /** The percentage of each core. */
  printed: 'kernel' | 'systeminformation';
}

/** What is drawn for a choice: where a source is not there, the other one. */
export function drawingOf(source: CoreSource, there: SourcesThere): CoreDrawing {
  const only = there.kernel === there.systeminformation ? null : there.kernel ? 'kernel' : 'systeminformation';
  const bars = only ?? (source === 'systeminformation' ? 'systeminformation' : 'kernel');
  return {
    bars,
    line: source === 'both' && bars === 'kernel',
    printed: only ?? (source === 'kernel' ? 'kernel' : 'systeminformation'),
  };
}

/** The history that is drawn. */
export interface DrawnCores {
  readonly cores: readonly number[];
  readonly newestMs: number | null;
  slice(fromMs: number, toMs: number): CoreSlice;
  /** By systeminformation at a time, NaN for a core that is not known; null where none is drawn. */
  line(ms: number): Float64Array | null;
  /** The same as a dot for each reading: in the column that has the middle of its second. */
  dots(fromMs: number, toMs: number): Float64Array | null;
  /** Clock and temperature of a core, by its number, at a time. */
  clock(ms: number, core: number): CoreClock;
}

/** Utilization as systeminformation has it: without the cause, each reading as long as it was. */
function readings(checks: CheckHistory, cores: readonly number[]): DrawnCores['slice'] {
  return (fromMs, toMs) => {
    const total = checks.at((fromMs + toMs) / 2, cores);
    return { known: total !== null, attributed: false, total: total ?? new Float64Array(cores.length), causes: [] };
  };
}

/** Puts together what a drawing asks for. */
export function drawnCores(
  { bars, line }: CoreDrawing,
  { history, checks, clocks }: { history: CoreHistory; checks: CheckHistory; clocks: ClockHistory },
): DrawnCores {
  const cores = history.cores.length > 0 ? history.cores : (checks.newest?.cores ?? []);
  return {
    cores,
    newestMs: history.newestMs,
    slice: bars === 'kernel' ? history.slice : readings(checks, cores),
    line: line ? (ms) => checks.at(ms, cores) : () => null,
    clock: (ms, core) => clockOf(clocks.at(ms), core),
    dots: line ? (fromMs, toMs) => checks.centredIn(fromMs, toMs, cores) : () => null,
  };
}
