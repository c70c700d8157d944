import type { ExecutorName } from './executor';
import type { WorkloadKind, WorkloadSize } from './workload';

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
  /** Who can run a file with this ending. */
  executors: ExecutorName[];
}

/** How files come to be offered by a host. */
export interface ModuleOffer {
  /** `dialog`: the host asks for a file; `list`: `modules` are all there are; `none`: this host runs no files. */
  by: 'dialog' | 'list' | 'none';
  modules: { path: string; fileName: string }[];
}
