export type { Engine, EngineOptions } from './engine';
export type { Executor, ExecutorEvent, ExecutorStatus, SubmitOptions, TaskOutcome, TaskSource } from './executor';
export { builtEntries, type Entries } from './entries';
export { nowMs } from './clock';
