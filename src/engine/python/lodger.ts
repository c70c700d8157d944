import type { WorkerExit } from '../worker';
import type { Connection } from './connection';
import type { Runner } from './lock-turns';

/** A worker as its host sees it. */
export interface Lodger {
  readonly number: number;
  /** Python's own number of its thread, as a crash names it. */
  readonly ident: number | null;
  /** Whether it has started a task that it has not answered. */
  readonly running: boolean;
  /** That task, where it has one. */
  runner(): Runner | null;
  connected(connection: Connection): void;
  /** Whether it was told to end. */
  readonly stopping: boolean;
  /** It neither ends nor can be spoken with, and is to be ended; the reason is what to say of it. */
  lost(reason: string): void;
  /** The worker has ended; `final` where it did with its host, and nothing more can come from it. */
  gone(exit: WorkerExit, final?: boolean): void;
}
