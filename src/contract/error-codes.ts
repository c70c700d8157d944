/** Stable codes of everything that can go wrong; a code never changes its meaning. */
export const ERROR_CODES = [
  /** The caller's input is wrong: unknown name, count out of range, malformed message. */
  'bad-input',
  'unknown-command',
  'unknown-workload',
  /** A file that was named as a module is not there, cannot be read, or is of no kind that can be run. */
  'module-not-found',
  /** A module cannot be loaded, or does not export what it must. */
  'module-broken',
  /** Nobody allowed this module to run. */
  'module-not-trusted',
  'run-active',
  'no-run',
  'report-not-found',
  'report-broken',
  'report-format',
  'not-writable',
  'disk-full',
  'port-in-use',
  /** The sender, origin, host or token is not one that may speak to the engine. */
  'forbidden',
  'worker-died',
  'worker-start-failed',
  /** Workers start, and none of them finishes a task. */
  'worker-unusable',
  'worker-limit',
  /** A worker gave times that cannot be. */
  'times-impossible',
  'task-threw',
  'task-deadline',
  'task-not-cloneable',
  'pool-closed',
  'queue-full',
  /** A run came to its limit, and no task of it was done, or fewer than it was to do. */
  'nothing-done',
  'checksum-mismatch',
  'sampler-failed',
  'not-available',
  'cancelled',
  /** What measured ended in the middle of it: killed, or with its machine. */
  'interrupted',
  'disconnected',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];
