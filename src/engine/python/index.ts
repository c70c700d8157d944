export { choiceIn, TYPED } from './interpreters/candidates';
export { findInterpreters, type FoundInterpreters } from './interpreters/find';
export { createPythonExecutor } from './executor';
export { lockBetween } from './lock';
export { lookAtModule } from './look-at-module';
export type {
  ProcessGuard,
  PythonExecutor,
  PythonExecutorName,
  PythonExecutorOptions,
  PythonInterpreter,
} from './types';
