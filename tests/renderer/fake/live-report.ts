import type { LiveReport, LiveState } from '../../../src/contract';
import { makeReport } from '../../fixtures/report';

/** The report of a run that the fake engine played: its counts and latencies, the rest drawn. */
export function liveReport(id: string, run: LiveState, cores: number): LiveReport {
  const drawn = makeReport(
    {},
    { cores, workers: run.settings.workers, elapsedMs: 2000, taskMs: run.settings.taskMs ?? 40 },
  );
  const stretch = run.elapsedMs / drawn.elapsedMs;
  const scaled = (ms: number | null): number | null => (ms === null ? null : ms * stretch);
  const executors = drawn.executors.flatMap((one) => {
    const played = run.executors.find(({ executor }) => executor === one.executor);
    if (!played) return [];
    const { counts, running, startUpMs, handOverUs, lock } = played;
    return [
      {
        ...one,
        counts,
        running,
        startUpMs,
        handOverUs,
        cpuMs: scaled(one.cpuMs),
        runQueueMs: scaled(one.runQueueMs),
        throughputPerSecond: (counts.done / run.elapsedMs) * 1e3,
        ...(lock === undefined ? {} : { lock }),
      },
    ];
  });
  return {
    ...drawn,
    id,
    executors,
    settings: run.settings,
    elapsedMs: run.elapsedMs,
    outcome: run.outcome ?? 'completed',
    totals: {
      ...drawn.totals,
      counts: run.counts,
      running: run.running,
      throughputPerSecond: (run.counts.done / run.elapsedMs) * 1e3,
    },
  };
}
