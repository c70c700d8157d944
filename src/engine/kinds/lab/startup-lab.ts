import {
  duration,
  executorTitle,
  isPython,
  withInterval,
  type Estimate,
  type StartupReport,
  type StartupRow,
} from '../../../contract';
import type { StartStamps } from './asks';
import { measured, type LabCase } from './case';
import type { LabBody, MakeLab } from './lab';
import { LAB_EXECUTORS, type LabExecutor } from './programs';

const ROUNDS = { quick: 8, whole: 20 };

interface StartCase extends LabCase {
  executor: LabExecutor;
  cold: StartStamps[];
  warm: StartStamps[];
}

/** From asking for a worker to its first result. */
export const startupLab: MakeLab = ({ settings, sides, lackOf }) => {
  const cases = LAB_EXECUTORS.map((executor): StartCase => {
    const python = isPython(executor);
    const own: StartCase = {
      title: executorTitle(executor),
      executor,
      rounds: ROUNDS[settings.quick ? 'quick' : 'whole'],
      limitMs: settings.quick ? 4_000 : 30_000,
      expectedMs: 220,
      unavailable: lackOf(executor),
      cold: [],
      warm: [],
      async measure() {
        const { answer, startedMs } = await sides.askFresh<'startup'>({ type: 'startup', executor });
        // Node is there; a Python has to be started before its first worker can be.
        own.cold.push(python ? { ...answer.cold, askedMs: startedMs } : answer.cold);
        own.warm.push(answer.warm);
      },
    };
    return own;
  });

  const row = (one: StartCase, start: StartupRow['start'], reason: string | null): StartupRow => {
    const stamps = one[start];
    return {
      executor: one.executor,
      start,
      readyMs: measured(
        stamps.map(({ askedMs, readyMs }) => readyMs - askedMs),
        settings.seed,
      ),
      firstResultMs: measured(
        stamps.map(({ readyMs, resultMs }) => resultMs - readyMs),
        settings.seed,
      ),
      totalMs: measured(
        stamps.map(({ askedMs, resultMs }) => resultMs - askedMs),
        settings.seed,
      ),
      reason,
    };
  };

  return {
    cases,
    body: (reasonOf): LabBody => ({
      lab: 'startup',
      rows: cases.flatMap((one) => [row(one, 'cold', reasonOf(one)), row(one, 'warm', reasonOf(one))]),
    }),
    finding: (report) => (report.lab === 'startup' ? finding(report) : ''),
  };
};

function finding({ rows }: StartupReport): string {
  const said = (start: StartupRow['start']): string =>
    rows
      .flatMap(({ executor, start: own, totalMs }) =>
        own === start && totalMs ? [`${executorTitle(executor)} ${length(totalMs)}`] : [],
      )
      .join(', ');
  const [warm, cold] = [said('warm'), said('cold')];
  if (warm === '') return 'No measurement was completed.';
  return `Time until one more worker returns its first result: ${warm}. Time for the first worker of its kind: ${cold}; for Python this includes the start of the interpreter.`;
}

const length = (estimate: Estimate): string => withInterval(estimate, duration);
