import type { ExecutorKey } from './executors';
import type { WorkloadKind, WorkloadSize } from './schemas';

/** Of files that can be modules: JavaScript, TypeScript, Python. */
export const MODULE_ENDINGS = ['.mjs', '.js', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx', '.py'] as const;

/** What a module may export; all but `task` may be missing. */
export const MODULE_EXPORTS = ['task', 'setup', 'teardown', 'inputs', 'meta'] as const;
export type ModuleExport = (typeof MODULE_EXPORTS)[number];

/** A module of the user that can be run, as it was found to be. */
export interface ModuleInfo {
  /** Absolute, links resolved: what a run is asked for with. */
  path: string;
  /** `task.mjs` */
  fileName: string;
  title: string;
  summary: string;
  kind: WorkloadKind;
  size: WorkloadSize;
  /** Whether the module says its sizes: only then can its tasks be given a length. */
  sized: boolean;
  exports: ModuleExport[];
  /** `task.mjs:12`: where the task begins. */
  taskPlace: string;
  /** How many inputs of its own it has; null where a task gets what Coreloom generates. */
  inputs: number | null;
  /** Who can run a file with this ending. */
  executors: ExecutorKey[];
}

/** How files come to be offered by a host. */
export interface ModuleOffer {
  /** `dialog`: the host asks for a file; `list`: `modules` are all there are; `none`: this host runs no files. */
  by: 'dialog' | 'list' | 'none';
  modules: { path: string; fileName: string }[];
}
