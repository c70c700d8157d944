import { entriesOf, executorFacts, type ResolvedSettings } from '../../../contract';
import { HEAVY_BYTES } from '../../workload/workload';
import type { ExperimentKit, Planner } from '../kind';
import type { NodeExecutor } from '../shared/staffing';
import type { Subject } from '../shared/subject';
import { printAfterRun } from './lines';
import { startLiveRun } from './live-run';
import { resolveLiveSettings } from './settings';

/** Starts a live run. Errors: `bad-input`, `unknown-workload`, `not-available`, and those of a module. */
export const planLive: Planner<'live'> = async (settings, kit) => {
  const taking = entriesOf(settings.workers).flatMap(([name, count]) => (count > 0 ? [name] : []));
  const subject = await kit.subject({ ...settings, executors: taking, spare: true });
  try {
    const { workload, chosen, python, inputs } = subject;
    const offered = subject.executors.filter(({ name }) => !executorFacts(name).single);
    const resolved = resolveLiveSettings(
      { ...settings, ...chosen },
      workload,
      offered.map(({ name }) => name),
    );
    const { executors, own, close } = crewOf({ ...subject, executors: offered }, resolved, kit.hostThreads);
    const silence = kit.forward(own);
    const run = startLiveRun({
      ...kit,
      id: kit.reportId(workload.info.name),
      workload,
      settings: { ...resolved, ...(python === undefined ? {} : { python }) },
      executors,
      inputs,
      async close() {
        const endLines = printAfterRun(own, kit.emit);
        await close?.();
        endLines();
        silence();
      },
    });
    kit.follow(() => run.soFar());
    return run;
  } catch (error) {
    await subject.close?.();
    throw error;
  }
};

interface Crew {
  executors: readonly NodeExecutor[];
  /** Those of them that were made for this run alone; `close` ends them. */
  own: readonly NodeExecutor[];
  close?: (() => Promise<void>) | undefined;
}

/** Who runs it: for tasks that hold much memory, threads of this run alone in a process of their own. */
export function crewOf(
  { workload, executors, close }: Pick<Subject, 'workload' | 'executors' | 'close'>,
  { taskMs, size }: Pick<ResolvedSettings, 'taskMs' | 'size'>,
  hostThreads: ExperimentKit['hostThreads'],
): Crew {
  // A size that is yet to be calibrated to a length is not known, and seldom so large.
  const heavy = taskMs === null && (workload.heldBytes?.(size) ?? 0) > HEAVY_BYTES;
  const here = executors.some(({ threadHost }) => threadHost === 'engine');
  const threads = heavy && here ? hostThreads?.() : undefined;
  if (threads === undefined) return { executors, own: close === undefined ? [] : executors, close };
  threads.expect?.(workload.info.name);
  return {
    executors: executors.map((executor) => (executor.name === threads.name ? threads : executor)),
    own: [threads],
    close: () => threads.close(),
  };
}
