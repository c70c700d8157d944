export { findInterpreters, type FindOptions, type FoundInterpreters } from './interpreters/find';
export { createPythonExecutor } from './executor';
export { lockBetween } from './lock';
export type { CreatePool, ProcessGuard, PythonExecutorName, PythonExecutorOptions, PythonInterpreter } from './types';
