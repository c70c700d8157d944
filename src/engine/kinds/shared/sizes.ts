import { CoreloomError } from '../../../contract';
import { calibrate } from '../../workload/calibrate';
import { taskInput, type InputSettings } from '../../workload/inputs';
import type { Workload } from '../../workload/workload';
import type { NodeExecutor } from './staffing';

export interface ChooseSizeOptions {
  workload: Workload;
  taskMs: number;
  settings: InputSettings;
  /** Gets a worker if it has none. */
  executor: NodeExecutor;
  /** Resolves when the run is asked to end. */
  aborted: Promise<void>;
}

/** A size, and the length that was measured for it. */
export interface ChosenSize {
  size: number;
  calibratedMs: number;
}

/** Finds the size whose task takes `taskMs` on one worker of this machine; null where the run was ended meanwhile. */
export async function chooseSize(options: ChooseSizeOptions): Promise<ChosenSize | null> {
  const { workload, taskMs, settings, executor } = options;
  let ended = false;
  let measured = 0;
  const abort = options.aborted.then(() => {
    ended = true;
    return null;
  });
  if (executor.status().desired === 0) executor.resize(1);
  const measure = async (size: number): Promise<number> => {
    if (ended) throw new CoreloomError('cancelled', 'The run was stopped while its task size was calibrated.');
    const outcome = await executor.submit(taskInput({ ...settings, size }, measured++));
    if (outcome.state === 'done') return outcome.finishedMs - (outcome.startedMs ?? outcome.queuedMs);
    throw outcome.state === 'failed'
      ? new CoreloomError(outcome.error.code, outcome.error.message)
      : new CoreloomError('cancelled', 'The task was cancelled.');
  };
  const chosen = calibrate({ workload, taskMs, measure }).then(({ size, measuredMs }) => ({
    size,
    calibratedMs: measuredMs,
  }));
  // Once the run has ended, nobody waits for the calibration's error.
  chosen.catch(() => {});
  return Promise.race([chosen, abort]);
}
