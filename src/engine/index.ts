// One of the engine's two doors, for hosts that run and measure. Reports alone are behind the other, reports/.
export type { ModuleHost } from './custom/host';
export { type Engine, type EngineOptions } from './engine';
export { builtEntries } from './entries';
export { inProcessClient } from './in-process-client';
export { createNodePools, openEngine, type OpenOptions } from './open';
export { makeOwnedFolder } from './system/owned-folder';
export { closedFolder, safePath } from './system/private-place';
export { checkWorkload } from './workload/check';
export { workloads } from './workload/registry';
