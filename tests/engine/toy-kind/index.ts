import { z } from 'zod';
import { number, type ExperimentProgress, type ReportBase } from '../../../src/contract';
import type { Experiment, ExperimentKit } from '../../../src/engine/kinds/kind';
import { createObserverMeter } from '../../../src/engine/kinds/shared/observer';
import { reportHead } from '../../../src/engine/kinds/shared/report-head';
import { progressOf, startStopwatch } from '../../../src/engine/kinds/shared/stopwatch';
import { impossibleIn } from '../../../src/engine/report/possible';
import { count } from '../../../src/contract/schemas/parts';
import { reportBase } from '../../../src/contract/schemas/report-base';
import { machineRows } from '../../../src/engine/report/words';

// A kind that throws a die, as its author would write it: all of it is in this folder.

const settings = z.strictObject({ kind: z.literal('toy'), throws: count });

export interface ToyReport extends ReportBase {
  kind: 'toy';
  settings: { throws: number };
  eyes: number[];
}

interface ToyState extends ExperimentProgress {
  kind: 'toy';
  settings: { throws: number };
}

/** Throws a die as often as it is told to. */
async function plan({ throws }: z.infer<typeof settings>, kit: ExperimentKit): Promise<Experiment> {
  const id = kit.reportId('toy');
  const stopwatch = startStopwatch();
  const eyes: number[] = [];
  let ended = false;
  const finding = (): string =>
    `${number(eyes.length)} throws, ${number(eyes.reduce((sum, one) => sum + one, 0))} eyes.`;
  const state = (): ToyState => ({
    kind: 'toy',
    id,
    settings: { throws },
    startedAt: stopwatch.startedAt,
    elapsedMs: stopwatch.elapsedMs(),
    step: ended ? 'Ended' : 'Throwing',
    progress: progressOf(ended, stopwatch.elapsedMs(), null),
    remainingMs: ended ? 0 : null,
    finding: finding(),
    outcome: ended ? 'completed' : null,
    failure: null,
    reportId: ended ? id : null,
  });
  const report = async (): Promise<ToyReport> => {
    // Once its state was answered.
    await Promise.resolve();
    for (let thrown = 0; thrown < throws; thrown++) eyes.push((thrown % 6) + 1);
    kit.announce(state() as never);
    stopwatch.stop();
    ended = true;
    const observer = createObserverMeter().report(stopwatch.elapsedMs(), null);
    const head = reportHead({ ...kit, id, outcome: 'completed', failure: null, observer, stopwatch, warnings: [] });
    return { ...head, finding: finding(), kind: 'toy', settings: { throws }, eyes };
  };
  return { id, state: state as never, stop: () => {}, ended: report() as never };
}

/** What its line in the list names. */
export const toy = {
  name: 'toy',
  settings,
  plan,
  reads: {
    schema: z.strictObject({
      ...reportBase,
      kind: z.literal('toy'),
      settings: z.strictObject({ throws: count }),
      eyes: z.array(count),
    }),
    subject: () => ({ name: 'toy', title: 'A die' }),
    view: (report: ToyReport) => ({
      who: 'nobody',
      keys: [{ label: 'Throws', value: number(report.eyes.length), note: 'of one die' }],
      main: [
        { title: 'Throws', head: ['Throw', 'eyes'], rows: report.eyes.map((one, at) => [String(at), String(one)]) },
      ],
      setup: [{ title: 'Machine', head: ['', ''], rows: machineRows(report.machine) }],
      lists: [],
    }),
    pictures: () => [],
    finest: ({ eyes }: ToyReport) => [['throw', 'eyes'], ...eyes.map((one, at) => [at, one])],
    summed: ({ eyes }: ToyReport) => [['throws'], [eyes.length]],
    summary: (report: ToyReport) => `${report.finding}\n`,
    line: () => ({ workers: {}, throughputPerSecond: null }),
    impossible: (report: ToyReport) => impossibleIn(report as never),
  },
  figures: ({ eyes }: ToyReport) => [{ of: 'die', name: 'Throws', unit: 'times', better: null, value: eyes.length }],
  workers: () => 'nobody',
};
