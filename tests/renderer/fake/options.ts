import type { ByExecutor, ExperimentKind, Report, SettingsOf } from '../../../src/contract';
import type { FakeModules } from './modules';

/** The machine and the run that the fake engine plays. Its data is drawn, never measured: it does not ship. */
export interface FakeOptions {
  seed: number;
  cores: number;
  /** How the cores are spread: packages, NUMA nodes in each, and efficiency cores at the end, without siblings. Null: not told. */
  topology: { packages: number; nodes: number; efficiency?: number } | null;
  /** Whether it can tell who used which core. */
  attribution: boolean;
  /** Which sources of utilization there are. */
  sources: 'both' | 'kernel' | 'systeminformation' | 'systeminformation-stopped';
  /** Whether there are sensors: the clock falls by a third after 40 s of a run where `throttled`. */
  clock: 'none' | 'steady' | 'throttled';
  /** How far systeminformation is from the kernel, 0 to 1. */
  apart: number;
  quotaCpus: number | null;
  /** Bytes that a cgroup grants. */
  memoryLimit: number | null;
  /** Simulated before the page asks, in ms. */
  historyMs: number;
  /** Starts a run at once with these workers. */
  run: { workload: string; workers: ByExecutor<number>; taskMs: number; module?: string } | null;
  /** Share of the tasks that fail. */
  failing: number;
  /** Ends the run before the page asks. */
  end: 'completed' | 'failed' | null;
  electron: boolean;
  /** What Python there is to run on. */
  python: '3.13' | '3.14' | 'none' | 'looking';
  modules: FakeModules;
  /** Saved reports that are there from the beginning. */
  saved: Report[];
  /** Starts an experiment at once; it, and any after it, goes on until it is stopped. */
  experiment: SettingsOf<Exclude<ExperimentKind, 'live'>> | null;
}

export const FAKE_DEFAULTS: FakeOptions = {
  seed: 7,
  cores: 16,
  topology: { packages: 1, nodes: 1 },
  attribution: true,
  sources: 'both',
  clock: 'steady',
  apart: 0.012,
  quotaCpus: null,
  memoryLimit: null,
  historyMs: 62_000,
  run: null,
  failing: 0,
  end: null,
  electron: true,
  python: 'none',
  modules: { by: 'dialog', files: {}, chosen: null },
  saved: [],
  experiment: null,
};
