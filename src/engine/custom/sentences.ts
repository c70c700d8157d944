import type { CoreloomError, ErrorInfo, ExecutorName } from '../../contract';

/** What is said of a module's tasks where their workers cannot say it themselves. */
export interface Sentences {
  neverReturned(deadlineMs: number): ErrorInfo;
  died(error: ErrorInfo, how: { name: ExecutorName; outOfMemory: boolean }): ErrorInfo;
  notReady(name: ExecutorName, limitMs: number): CoreloomError;
  notStarted(error: unknown): CoreloomError;
}

/** A time limit, as part of a sentence. */
export const limitText = (ms: number): string => (ms < 1000 ? `${String(ms)} ms` : `${String(ms / 1000)} s`);

/** What a worker said about its module, of all that is said where workers cannot be started; null where it said nothing. */
export function saidByWorker(message: string): string | null {
  const [, said] = /cannot be used: \w+: (.*?)\)?\.*$/s.exec(message) ?? [];
  return said === undefined ? null : `${said.replace(/\.$/, '')}.`;
}
