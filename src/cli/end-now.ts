import { EXIT } from './command';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Ends this process at once, whatever it is doing: `process.exit` would wait for a thread that the system holds, such
 * as one that opens a pipe nobody reads. Dying of SIGINT is exit code 130 to a shell. Workers end with this process.
 */
export function endNow(): void {
  if (process.platform === 'win32') process.exit(EXIT.interrupted);
  dieOf('SIGINT');
}

/**
 * Ends this process by SIGHUP where that was what ended it and it had a terminal, which has gone then: as it exits, Node
 * gives a terminal its settings back, and aborts with a core dump where that fails.
 */
export function endOnHangUp(signal: NodeJS.Signals | null): void {
  const terminals = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  if (signal === 'SIGHUP' && terminals && process.platform !== 'win32') dieOf(signal);
}

function dieOf(fatal: NodeJS.Signals): void {
  for (const signal of SIGNALS) process.removeAllListeners(signal);
  process.kill(process.pid, fatal);
}
