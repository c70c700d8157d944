import {
  apartOf,
  apartWords,
  farApart,
  WHY_APART,
  type LiveReport,
  type ResolvedSettings,
  type LiveState,
} from '../../../contract';
import { reportHead } from '../shared/report-head';
import { coresBusy } from '../shared/coverage';
import { keptWarnings } from './kept-threads';
import type { LiveRunOptions } from './options';
import type { RunRecord } from './record';

export interface ReportParts {
  options: LiveRunOptions;
  /** With the worker counts at the start. */
  settings: ResolvedSettings;
  record: RunRecord;
  /** With the outcome. */
  state: LiveState;
  resizes: LiveReport['resizes'];
  warnings: string[];
  droppedEvents: number;
  /** Tasks that were handed out and have not come back, where that is how the report ends. */
  underWay?: number | undefined;
}

function totals({ record, state, droppedEvents, underWay }: ReportParts): LiveReport['totals'] {
  const { cpuMs, offThreadCpuMs } = record.cpu();
  const { elapsedMs, counts } = state;
  return {
    counts,
    ...(underWay === undefined ? {} : { underWay }),
    droppedEvents,
    throughputPerSecond: elapsedMs > 0 ? (counts.done / elapsedMs) * 1e3 : 0,
    cpuMs,
    offThreadCpuMs,
    coresBusy: coresBusy({ cpuMs, offThreadCpuMs }, record.coverage.ms(elapsedMs)),
    running: record.running.summary(),
    failedRunning: record.failedRunning.summary(),
  };
}

/** What is to be said where the kernel's counters and systeminformation do not tell the same. */
function sourcesApart({ samples }: RunRecord): string[] {
  const apart = apartOf(samples.compared());
  return apart !== null && farApart(apart)
    ? [`Utilization by the kernel and by systeminformation was ${apartWords(apart)}: ${WHY_APART}.`]
    : [];
}

/** Makes the report of a run, as far as it has come. */
export function buildReport(parts: ReportParts): LiveReport {
  const { options, settings, record, state } = parts;
  const { startedMs, elapsedMs } = state;
  const sampledMs = record.coverage.ms(elapsedMs);
  const incomplete = record.coverage.warning(elapsedMs);
  const executors = [...record.meters.values()]
    .map((meter) => meter.report({ startedMs, elapsedMs, sampledMs }))
    .filter((executor) => executor.workers.length > 0 || (settings.workers[executor.executor] ?? 0) > 0);
  const inEngine = executors.some((executor) => executor.threadHost === 'engine');
  return {
    ...reportHead({
      ...options,
      outcome: state.outcome ?? 'failed',
      failure: state.failure,
      stopwatch: { startedAt: state.startedAt, elapsedMs: () => elapsedMs },
      warnings: [
        ...(incomplete === null ? [] : [incomplete]),
        ...keptWarnings(executors),
        ...parts.warnings,
        ...record.disturbances(),
        ...sourcesApart(record),
      ],
      observer: record.observer.report(sampledMs, { alone: !inEngine }),
    }),
    kind: 'live',
    finding: state.finding,
    workload: options.workload.info,
    settings,
    totals: totals(parts),
    executors,
    resizes: parts.resizes,
    ...record.ledger.proof(),
    clock: record.clock.report(startedMs),
    samples: record.samples.table(startedMs),
    tasks: record.tasks.table(startedMs),
    lines: record.lines.kept().map((line) => ({ ...line, atMs: line.atMs - startedMs })),
    thinned: { tasks: record.tasks.thinned(), samples: record.samples.thinned(), lines: record.lines.thinned() },
  };
}
