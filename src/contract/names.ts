// Names that schemas, types and screens are made of.

/** Version of the report's schema: goes up when a reader of the old one would be misled. Earlier ones are read all the same. */
export const REPORT_SCHEMA_VERSION = 3;

export const REPORT_SORTS = ['started', 'title', 'kind', 'outcome', 'elapsed', 'throughput'] as const;
export type ReportSort = (typeof REPORT_SORTS)[number];
export const SORT_ORDERS = ['ascending', 'descending'] as const;
export type SortOrder = (typeof SORT_ORDERS)[number];

/**
 * How an experiment ended. `tasks-failed`: it came to its end, and tasks of it failed; `cancelled`: somebody ended it
 * early; `interrupted`: the process that measured ended before the report did; `failed`: what was measured says nothing.
 */
export const RUN_OUTCOMES = ['completed', 'tasks-failed', 'cancelled', 'interrupted', 'failed'] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

/** Each looks at one mechanism alone. */
export const LABS = ['ipc', 'race', 'memory', 'startup'] as const;
export type LabName = (typeof LABS)[number];

/** Ways for bytes to reach another worker. */
export const IPC_WAYS = [
  'clone',
  'transfer',
  'shared',
  'fork-json',
  'fork-advanced',
  'python-thread-queue',
  'python-queue',
  'python-pipe',
  'python-shared',
] as const;
export type IpcWay = (typeof IPC_WAYS)[number];

/** What is said of threads and processes, in the order of the card. */
export const CLAIMS = [
  'execution',
  'memory',
  'memory-cost',
  'io-bound',
  'cpu-bound',
  'lock',
  'races',
  'ipc-needed',
  'hand-over',
  'start-up',
  'gain',
] as const;
export type ClaimName = (typeof CLAIMS)[number];

/** The workload's name where a module is run. */
export const MODULE_WORKLOAD = 'custom';

/** What the window's colours follow. */
export const THEMES = ['system', 'light', 'dark'] as const;

/** Whose utilization the cores are drawn from: the kernel's history with systeminformation over it, or one of them alone. */
export const CORE_SOURCE_NAMES = ['both', 'kernel', 'systeminformation'] as const;
export type CoreSource = (typeof CORE_SOURCE_NAMES)[number];

/** Samples a second while something is measured, most first: the kernel's counters step by 10 ms, so more would say less. */
export const SAMPLE_RATES = [10, 5, 2] as const;
