/** What a setting may be, both ends included. */
export interface Bounds {
  min: number;
  max: number;
}

const WEEK_MS = 7 * 24 * 3_600_000;

/** Bounds of all settings: the screen, the command line, the engine and reports take them from here alone. */
export const LIMITS = {
  /** Workers of one executor, whatever the machine. */
  workers: { min: 0, max: 1024 },
  /** Workers of each executor of a comparison. */
  compareWorkers: { min: 1, max: 1024 },
  /** The largest worker count of a scaling experiment. */
  scaleWorkers: { min: 2, max: 1024 },
  /** A week: longer runs are surely a slip, and timers end at 24 days. */
  durationMs: { min: 1, max: WEEK_MS },
  /** How long one task of a module may run. */
  deadlineMs: { min: 1, max: WEEK_MS },
  /** Tasks of a live run, which are counted and not kept. */
  tasks: { min: 1, max: 1e12 },
  /** Tasks of a round of a comparison: its list is kept in memory with its stamps. */
  roundTasks: { min: 1, max: 1_000_000 },
  compareRounds: { min: 1, max: 10_000 },
  scaleRounds: { min: 1, max: 1000 },
  /** The wanted length of one task, which can be calibrated. */
  taskMs: { min: 0.05, max: 10_000 },
  /** Seeds have 32 bits. */
  seed: { min: 0, max: 0xffff_ffff },
} as const satisfies Record<string, Bounds>;

/** How long one task of a module may run where nobody said, ms. */
export const MODULE_DEADLINE_MS = 30_000;

/** The longest a report's title and note can be, in characters. */
export const MAX_TITLE = 120;
export const MAX_NOTE = 4000;

/** The largest report that is imported, in bytes. */
export const MAX_IMPORT_BYTES = 32 * 1024 * 1024;

/** How many reports one answer lists at most, and where nobody says. */
export const MAX_LISTED = 1000;
export const LISTED = 100;

/** How many reports can be set side by side. */
export const SIDE_BY_SIDE = { min: 2, max: 4 } as const;
