import { findWorkload } from './registry';
import type { TaskContext, TaskInput } from './workload';

/**
 * What worker threads and forked processes call for each task: does the work and answers its checksum. Throws
 * `unknown-workload`; sizes were checked before the task was sent.
 */
export function run(argument: TaskInput, context: TaskContext): number | Promise<number> {
  return findWorkload(argument.workload).run(argument, context);
}
