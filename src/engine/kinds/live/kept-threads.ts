import {
  keptCount,
  MODULE_WORKLOAD,
  number,
  plural,
  type ExecutorReport,
  type ResolvedSettings,
} from '../../../contract';
import { HEAVY_BYTES, type Workload } from '../../workload/workload';

/**
 * What threads of a run may wait for: the same workload once more. Null where they must end with their run: the user's own
 * code, workloads that make something for each run (their workers keep what they found of it), tasks that hold much memory.
 */
export function keptFor(workload: Workload, { size }: Pick<ResolvedSettings, 'size'>): string | null {
  const { info, prepare, heldBytes } = workload;
  const leaves = info.name === MODULE_WORKLOAD || prepare !== undefined || (heldBytes?.(size) ?? 0) > HEAVY_BYTES;
  return leaves ? null : info.name;
}

/** What is not measured, and what is not as of a fresh start, where threads were kept from the run before. */
export function keptWarnings(executors: readonly Pick<ExecutorReport, 'workers'>[]): string[] {
  return executors.flatMap(({ workers }) => {
    const kept = keptCount(workers);
    if (kept === 0) return [];
    const [were, their] = kept === 1 ? ['was', 'its'] : ['were', 'their'];
    return [
      `${number(kept)} of ${plural(workers.length, 'thread')} ${were} kept from the run before: ${their} code was already compiled, and no start-up of ${kept === 1 ? 'it' : 'them'} and no memory of any thread was measured.`,
    ];
  });
}
