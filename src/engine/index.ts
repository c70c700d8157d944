// One of the engine's two doors, for hosts that run and measure. Reports alone are behind the other, reports/.
export type { ModuleHost } from './custom/host';
export type { Engine, EngineOptions } from './engine-options';
export { builtEntries } from './entries';
export { inProcessClient } from './in-process-client';
export type { OpenOptions } from './assemble';
export { createNodePools } from './node-pools';
export { openEngine } from './open';
export { makeOwnedFolder } from './system/owned-folder';
export { closedFolder, safePath } from './system/private-place';
export { checkWorkload } from './workload/check';
export { workloads } from './workload/registry';
