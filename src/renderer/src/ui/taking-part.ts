import {
  executorFacts,
  EXECUTORS,
  executorsIn,
  type ByExecutor,
  type ExecutorName,
  type RunState,
} from '../../../contract';

/** The executors that workers are asked for, or that worked in the run; those of Node where there are none. */
export function takingPart(run: RunState | null, desired: ByExecutor<number>): ExecutorName[] {
  const worked = (name: ExecutorName): boolean =>
    run?.executors.some(
      (one) => one.executor === name && (one.live > 0 || one.desired > 0 || one.counts.done + one.counts.failed > 0),
    ) ?? false;
  const taking = EXECUTORS.filter((name) => (desired[name] ?? 0) > 0 || worked(name));
  return taking.length > 0 ? taking : executorsIn('node').filter((name) => !executorFacts(name).single);
}
