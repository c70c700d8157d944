import type { CrossCheck, ErrorInfo, MachineInfo, Sample } from '../../contract';
import type { WatchedWorker } from './types';

/** What the sampler's process finds out about the machine; the parent adds the comparison of clocks. */
export type MachineFacts = Omit<MachineInfo, 'versions' | 'clock'>;

export type ToSampler =
  /** Begins to tick, or goes on at another rate; `tick` is the number of the first one, so that numbers go on after a restart. */
  | { type: 'start'; hz: number; tick: number }
  | { type: 'watch'; workers: readonly WatchedWorker[] }
  /** Ends the tick that is on now, ahead of its time. */
  | { type: 'read' }
  | { type: 'machine' }
  | { type: 'clock' };

export type FromSampler =
  | { type: 'sample'; sample: Sample }
  /** What was asked for with `read` was read. */
  | { type: 'read' }
  | { type: 'machine'; facts: MachineFacts }
  | { type: 'clock'; stampMs: number }
  | { type: 'warning'; warning: ErrorInfo };

/** What systeminformation says, before samples are put beside it. */
export type LoadReading = Omit<CrossCheck, 'kernel'>;

/** What the slow thread of the sampler's process reads about once a second; null means "not available here". */
export interface SlowReading {
  load: LoadReading | null;
  /** By core number. */
  frequencyMhz: (number | null)[] | null;
  temperatureC: number | null;
  /** By core number. */
  coreTemperatureC: (number | null)[] | null;
}

export type ToSlow = { type: 'poll' } | { type: 'machine' };
export type FromSlow = { type: 'reading'; reading: SlowReading } | { type: 'machine'; facts: MachineFacts };
