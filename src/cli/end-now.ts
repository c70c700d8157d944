import { EXIT } from './command';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Ends this process at once, whatever it is doing: `process.exit` would wait for a thread that the system holds, such
 * as one that opens a pipe nobody reads. Dying of SIGINT is exit code 130 to a shell. Workers end with this process.
 */
export function endNow(): void {
  if (process.platform === 'win32') process.exit(EXIT.interrupted);
  for (const signal of SIGNALS) process.removeAllListeners(signal);
  process.kill(process.pid, 'SIGINT');
}
