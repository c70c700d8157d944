import { keptCount, type ExecutorKey, type LiveReport, type StartUps } from '../../../../contract';
import { median } from '../../../statistics/summary';
import type { Figure } from '../../shared/figure';
import { WAITED, waitedOfExecutor, type Waited } from '../../shared/load';

/** The figures of a live run. */
export function liveFigures(report: LiveReport): Figure[] {
  return report.executors.flatMap((one): Figure[] => {
    const waited =
      report.resizes.length > 0
        ? null
        : waitedOfExecutor(one, report.settings.workers[one.executor] ?? 0, report.elapsedMs);
    const figure = (name: string, rest: Pick<Figure, 'unit' | 'better' | 'value' | 'raw'>): Figure => ({
      of: one.executor,
      name,
      ...rest,
    });
    return [
      figure('Throughput over the run', { unit: 'perSecond', better: 'higher', value: one.throughputPerSecond }),
      ...secondBySecond(report, one.executor, waited),
      figure(WAITED, { unit: 'share', better: 'lower', value: waited }),
      figure('Cores busy', { unit: 'cores', better: null, value: one.coresBusy }),
      figure('Latency p50', { unit: 'ms', better: 'lower', value: one.running?.p50Ms ?? null }),
      figure('Latency p95', { unit: 'ms', better: 'lower', value: one.running?.p95Ms ?? null }),
      figure('Start-up of a worker', { unit: 'ms', better: 'lower', value: startUpOfAll(one) }),
      figure('Hand-over, round trip', { unit: 'us', better: 'lower', value: one.handOverUs }),
      figure('Memory of each worker, resident', {
        unit: 'bytes',
        better: 'lower',
        value: one.memory?.residentBytesPerWorker ?? null,
      }),
    ];
  });
}

/** Null where threads were kept: those that started beside them had a process already, as first ones have not. */
function startUpOfAll({ startUpMs, workers }: StartUps): number | null {
  return keptCount(workers) > 0 ? null : startUpMs;
}

/** Fewer whole seconds say nothing of how a rate varies. */
const FEWEST_SECONDS = 8;

/** What it was in each whole second, where that is known, the workers stayed the same and the run was long enough. */
function secondBySecond(report: LiveReport, executor: ExecutorKey, waited: Waited): Figure[] {
  const raw = report.resizes.length > 0 ? [] : wholeSeconds(report, executor);
  return raw.length < FEWEST_SECONDS
    ? []
    : [
        {
          of: executor,
          name: 'Throughput of a second, median',
          unit: 'perSecond',
          better: 'higher',
          value: median(raw),
          raw,
          load: { waited },
        },
      ];
}

/**
 * Samples hold the rate over the second before each: those a second apart do not overlap. The first second is that of
 * the first tasks, and is left out.
 */
function wholeSeconds({ samples }: LiveReport, executor: ExecutorKey): number[] {
  const rates = samples.throughput[executor] ?? [];
  const seconds: number[] = [];
  let nextMs = 2_000;
  for (const [at, atMs] of samples.atMs.entries()) {
    const rate = rates[at];
    if (atMs < nextMs || rate === undefined) continue;
    seconds.push(rate);
    // Neighbours that were merged to bound the report reach further back.
    nextMs = atMs + Math.max(1_000, 2 * (samples.intervalMs[at] ?? 0));
  }
  return seconds;
}
