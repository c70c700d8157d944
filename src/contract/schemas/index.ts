// By value for the engine alone: zod stays out of what the page and the preload script load. Their types are the contract's.
export * from './answer';
export * from './app-settings';
export * from './commands';
export * from './compare';
export * from './lab';
export * from './live';
export * from './lock';
export * from './machine';
export * from './measures';
export * from './python';
export * from './report-base';
export * from './samples';
export * from './scale';
export * from './scorecard';
export * from './summary';
export * from './tasks';
export * from './workload';
