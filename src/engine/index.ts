export { nowMs } from './system/clock';
export type { ModuleHost } from './custom/host';
export { type Engine, type EngineOptions } from './engine';
export { builtEntries } from './entries';
export { inProcessClient } from './in-process-client';
export { createNodePools, openEngine, type OpenOptions } from './open';
export { closedFolder, safePath } from './system/private-place';
export { contentOf } from './reports/any-kind';
export { writeFileAtomic, writePrivateFile } from './store/write-file';
