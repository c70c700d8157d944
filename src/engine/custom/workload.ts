import { CoreloomError, MODULE_WORKLOAD, type WorkloadSize } from '../../contract';
import type { Workload } from '../workload/workload';
import type { Inspection } from './types';
import { fileText } from './place';

/** Sizes of a module that does not say what they mean. */
const ANY_SIZE: WorkloadSize = { meaning: 'handed to the task as input.size', min: 1, max: 1_000_000_000, default: 1 };

/** A module as the workload of a run; its tasks are run by workers that have loaded it, never here. */
export function moduleWorkload(path: string, inspection: Inspection): Workload {
  const { title, summary, exercises, kind, deterministic } = inspection;
  return {
    info: {
      name: MODULE_WORKLOAD,
      title,
      kind,
      tag: 'your module',
      summary,
      exercises,
      size: inspection.size ?? ANY_SIZE,
      settings: [],
      releasesLock: null,
      prints: true,
    },
    varies: deterministic ? 'told' : 'expected',
    run: () => {
      throw new CoreloomError('internal', `${fileText(path)} was to be run outside of its workers.`);
    },
  };
}
