import {
  isPython,
  type ByExecutor,
  type CoreloomError,
  type ExecutorKey,
  type ExecutorProgress,
  type LatencySummary,
  type LockProgress,
  type Sample,
  type TaskCounts,
} from '../../../contract';
import type { ExecutorEvent, TaskOutcome } from '../../executor';
import { createHistogram, type Histogram } from '../../statistics/histogram';
import { createRollingHistogram } from '../../statistics/rolling-histogram';
import { sumKnown } from '../../statistics/summary';
import type { TaskInput } from '../../workload/workload';
import { memoryWarning, watchMemoryKills } from '../../system/memory-kills';
import { watchStandstill, type Standstill } from '../shared/standstill';
import { createClockRecord, type ClockRecord } from './clock';
import { createBlockBuilder, type BlockBuilder } from './blocks';
import { createChecksumLedger, type ChecksumLedger } from '../shared/checksums';
import { createCoverage, type Coverage } from '../shared/coverage';
import type { Seen } from './picture';
import { createLineKeeper, type LineKeeper } from './lines';
import { createMeter, LATENCY_WINDOW, type CpuSums, type Meter } from './meter';
import { addCounts } from '../shared/counts';
import type { NodeExecutor } from '../shared/staffing';
import { createObserverMeter, type ObserverMeter } from '../shared/observer';
import { createRateWindow, type RateWindow } from './rate-window';
import { createSampleRecorder, type SampleRecorder } from './sample-table';
import { createSpan, type SpanSums } from './span';
import { createTaskRecorder, type TaskRecorder } from './task-table';

/** Everything that is measured while a run is on, in bounded memory. */
export interface RunRecord {
  readonly blocks: BlockBuilder;
  readonly lines: LineKeeper;
  readonly ledger: ChecksumLedger;
  readonly tasks: TaskRecorder;
  readonly samples: SampleRecorder;
  readonly rates: RateWindow;
  readonly observer: ObserverMeter;
  /** The clock of busy cores. */
  readonly clock: ClockRecord;
  readonly coverage: Coverage;
  /** What is to be said where this process stood still while the run was on, or the system had no memory left. */
  disturbances(): string[];
  /** Running times of all executors' tasks over the whole run: of those that were done, and of those that failed. */
  readonly running: Histogram;
  readonly failedRunning: Histogram;
  readonly meters: ReadonlyMap<ExecutorKey, Meter>;
  /** When the last task was done, failed or cut off while it ran, on the monotonic clock; null before the first. */
  readonly lastSettledMs: number | null;
  /** Books one outcome; answers the error that fails the run where executors disagree. */
  settled(executor: NodeExecutor, outcome: TaskOutcome<TaskInput, number>, input: number): CoreloomError | null;
  /** The run takes its first task; it ends, and who comes now is not part of it. */
  begin(): void;
  end(): void;
  event(executor: NodeExecutor, event: ExecutorEvent): void;
  /** Books a sample; one that is only partly `inside` the run counts for CPU times with that part. */
  sampled(sample: Sample, where: { inside: boolean; startedMs: number; endedMs: number }): void;
  /** Worker counts changed: what the finding says of the last seconds starts over. */
  resized(): void;
  progress(atMs: number): { executors: ExecutorProgress[]; running: LatencySummary | null; counts: TaskCounts };
  counts(): TaskCounts;
  cpu(): CpuSums;
  /** What a finding is made from beside the workload and its limits: sums over the last seconds, or over the whole run, of which `sampledMs` were sampled. */
  recent(atMs: number): Measured;
  whole(run: { elapsedMs: number; sampledMs: number }): Measured;
  /** Workers that could take tasks, averaged over the samples; those of now where there was none. */
  meanWorkers(): number;
}

/** What a record knows of what a finding is made from. */
type Measured = Omit<Seen, 'workload' | 'limits' | 'cores' | 'workers' | 'tasks' | 'failed' | 'incomplete'>;

const takesPart = ({ executor, desired, workers, startUpMs }: ExecutorProgress): boolean =>
  !isPython(executor) || desired > 0 || workers.length > 0 || startUpMs !== null;

export function createRunRecord(
  executors: readonly NodeExecutor[],
  { allowedCores = null }: { allowedCores?: readonly number[] | null } = {},
): RunRecord {
  const meters = new Map<ExecutorKey, Meter>(executors.map((executor) => [executor.name, createMeter(executor)]));
  const all = [...meters.values()];
  const blocks = createBlockBuilder();
  const lines = createLineKeeper();
  const ledger = createChecksumLedger();
  const tasks = createTaskRecorder(executors.map((executor) => executor.name));
  const samples = createSampleRecorder();
  const rates = createRateWindow(executors.map((executor) => executor.name));
  const observer = createObserverMeter();
  const clock = createClockRecord();
  let runStartedMs = 0;
  const memoryKills = watchMemoryKills();
  let stood: Standstill | null = null;
  const coverage = createCoverage({ within: (fromMs, toMs) => stood?.within(fromMs, toMs) ?? 0 });
  const span = createSpan({ meters: all, allowedCores });
  const running = createHistogram();
  const failedRunning = createHistogram();
  const recentRunning = createRollingHistogram(LATENCY_WINDOW);
  let lastSettledMs: number | null = null;
  let workerTicks = 0;
  let ticks = 0;

  return {
    blocks,
    lines,
    ledger,
    tasks,
    samples,
    rates,
    observer,
    clock,
    coverage,
    disturbances: () =>
      [
        stood?.warning() ?? null,
        memoryWarning(memoryKills(), { oursKilled: all.reduce((sum, meter) => sum + meter.killed(), 0) }),
        samples.changedCores(),
        lines.warning(),
      ].filter((said) => said !== null),
    running,
    failedRunning,
    meters,
    get lastSettledMs() {
      return lastSettledMs;
    },
    settled(executor, outcome, input) {
      meters.get(executor.name)?.settled(outcome);
      tasks.add(executor.name, outcome, input);
      const { startedMs: startMs, finishedMs: endMs, worker, attempts } = outcome;
      if (attempts === 0) return null;
      // Also of a task that was cut off: its worker used a core until then.
      lastSettledMs = Math.max(lastSettledMs ?? endMs, endMs);
      if (outcome.state === 'cancelled') return null;
      if (startMs !== null) {
        if (outcome.state === 'failed') failedRunning.record(endMs - startMs);
        else {
          running.record(endMs - startMs);
          clock.task(endMs - startMs);
          recentRunning.record(endMs - startMs, endMs);
        }
        blocks.add({ executor: executor.name, worker, startMs, endMs, failed: outcome.state === 'failed' });
      }
      if (outcome.state === 'failed') return null;
      return ledger.check({ executor: executor.name, worker, input, checksum: outcome.value });
    },
    begin() {
      stood = watchStandstill();
      span.begin();
      observer.begin();
      for (const meter of all) meter.begin();
    },
    end() {
      stood?.stop();
      span.end();
      observer.end();
      for (const meter of all) meter.end();
    },
    event(executor, event) {
      meters.get(executor.name)?.event(event);
      if (event.type === 'line')
        lines.add({ executor: executor.name, worker: event.worker, atMs: event.atMs, text: event.text }, event.lost);
    },
    sampled(sample, { inside, startedMs, endedMs }) {
      const part = coverage.sampled(sample, { fromMs: startedMs, toMs: endedMs });
      const throughput: ByExecutor<number> = {};
      const live: ByExecutor<number> = {};
      const locks: ByExecutor<LockProgress | null> = {};
      for (const meter of all) {
        meter.sampled(part);
        throughput[meter.executor.name] = meter.tick();
        live[meter.executor.name] = meter.executor.status().live;
        locks[meter.executor.name] = meter.lock('recent');
        workerTicks += live[meter.executor.name] ?? 0;
      }
      ticks++;
      runStartedMs = startedMs;
      if (inside) {
        clock.sampled(sample);
        // What began before the run is not of the run alone.
        const early = sample.crossCheck !== null && sample.crossCheck.fromMs < startedMs;
        samples.add(early ? { ...sample, crossCheck: null } : sample, throughput);
        rates.add(sample.atMs, { perSecond: throughput, live, locks });
      }
      observer.sampled(part);
      span.sampled(part);
    },
    resized: span.reset,
    progress(atMs) {
      // A Python that no run has asked for is not part of it.
      const progress = all.map((meter) => meter.progress(atMs)).filter(takesPart);
      return {
        executors: progress,
        running: recentRunning.summary(atMs),
        counts: addCounts(progress.map((one) => one.counts)),
      };
    },
    counts: () => addCounts(all.map((meter) => meter.counts())),
    cpu() {
      const sums = all.map((meter) => meter.cpu());
      return {
        cpuMs: sumKnown(sums.map((one) => one.cpuMs)),
        offThreadCpuMs: sumKnown(sums.map((one) => one.offThreadCpuMs)),
        runQueueMs: sumKnown(sums.map((one) => one.runQueueMs)),
      };
    },
    recent(atMs) {
      const sums = span.recent();
      return measured(sums, all, {
        meanTaskMs: recentRunning.summary(atMs)?.meanMs ?? null,
        lock: (meter) => meter.lock('recent'),
        clockFell: clock.report(runStartedMs)?.fell ?? null,
      });
    },
    whole(run) {
      const sums = span.whole();
      const times = all.map((meter) => meter.time(run));
      const known = {
        ...sums,
        elapsedMs: run.sampledMs,
        workersMs: times.reduce((sum, { workersMs }) => sum + workersMs, 0),
        tasksMs: times.reduce((sum, { tasksMs }) => sum + (tasksMs ?? 0), 0),
      };
      return {
        ...measured(known, all, {
          meanTaskMs: running.summary()?.meanMs ?? null,
          lock: (meter) => meter.lock('whole'),
          clockFell: clock.report(runStartedMs)?.fell ?? null,
        }),
        ...this.cpu(),
      };
    },
    meanWorkers: () =>
      ticks === 0 ? all.reduce((sum, meter) => sum + meter.executor.status().live, 0) : Math.round(workerTicks / ticks),
  };
}

function measured(
  sums: SpanSums,
  meters: readonly Meter[],
  {
    meanTaskMs,
    lock: lockOf,
    clockFell,
  }: Pick<Seen, 'meanTaskMs' | 'clockFell'> & { lock(meter: Meter): LockProgress | null },
): Measured {
  const { lockWorkersMs, ...others } = sums;
  const handOvers = meters.flatMap((meter) => meter.startUp().handOverUs ?? []);
  const lock = meters.map(lockOf).find((one) => one?.lock === 'shared') ?? null;
  return {
    ...others,
    meanTaskMs,
    clockFell,
    // The shortest, so that no task is called short that is not so beside each of them.
    handOverUs: handOvers.length === 0 ? null : Math.min(...handOvers),
    lock: lock === null ? null : { ...lock, workers: lock.workers.length, workersMs: lockWorkersMs },
  };
}
