import type { ExperimentState, Report } from '../../../src/contract';
import type { Experiment } from '../../../src/engine/kinds/kind';

/** An experiment that is a part of another: it ends with its report when it is let, or cancelled when it is stopped. */
export function partExperiment<R extends Report>(report: R, ended: Promise<void>): Experiment & { stopped: boolean } {
  let stop = (): void => {};
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  const experiment = {
    id: report.id,
    stopped: false,
    state: () => ({ remainingMs: 500 }) as ExperimentState,
    stop() {
      experiment.stopped = true;
      stop();
    },
    ended: Promise.race([ended.then(() => report), stopped.then((): R => ({ ...report, outcome: 'cancelled' }))]),
  };
  return experiment;
}
