import {
  timeShares,
  type ExecutorMemory,
  type ExecutorProgress,
  type ExecutorReport,
  type LockProgress,
  type Sample,
  type TaskCounts,
  type WorkerReport,
  type WorkerSample,
  type WorkerTime,
} from '../../../contract';
import { nowMs } from '../../system/clock';
import type { ExecutorEvent, ExecutorStatus, TaskOutcome } from '../../executor';
import { createHistogram } from '../../statistics/histogram';
import { createRollingHistogram } from '../../statistics/rolling-histogram';
import { KILLED } from '../../system/memory-kills';
import { median } from '../../statistics/summary';
import type { TaskInput } from '../../workload/workload';
import { SHORTEST_LOOK_MS } from '../shared/thresholds';
import { coresBusy, type Used } from '../shared/coverage';
import { count, noCounts } from '../shared/counts';
import type { NodeExecutor } from '../shared/staffing';
import { createLockWindow } from './lock-window';
import { createRate } from './rate';
import { createWorkerTime } from './worker-time';

/** How far back the latency on screen looks, in ms. */
export const LATENCY_WINDOW = { windowMs: 10_000, slices: 10 };

/** Sums of what the sampler saw of some workers, ms; null where the system cannot tell. */
export interface CpuSums extends Used {
  runQueueMs: number | null;
}

/** Everything that a run counts about one executor. */
export interface Meter {
  readonly executor: NodeExecutor;
  settled(outcome: TaskOutcome<TaskInput, number>): void;
  event(event: ExecutorEvent): void;
  /** Books the part of a sample that lies within the run. */
  sampled(part: Sample): void;
  /** The run takes its first task. */
  begin(): void;
  /** The run ends: what the lock does from now on is not the run's, nor are workers that replace those that are ended. */
  end(): void;
  /** Once a sample: brings the rate up to date. Of now, as the counts are: the sample itself speaks of a little before. */
  tick(): number;
  counts(): TaskCounts;
  /** The interpreter lock, where the executor has one. */
  lock(over: 'recent' | 'whole'): LockProgress | null;
  cpu(): CpuSums;
  /** Wall time of tasks until then, of those that run by its status too, ms. */
  tasksMs(status: ExecutorStatus, atMs: number): number;
  /** Where the time of its workers went over the whole run, of which `sampledMs` were sampled. */
  time(run: { elapsedMs: number; sampledMs: number }): WorkerTime;
  /** Workers that were ended by a signal that they cannot have sent by failing. */
  killed(): number;
  startUp(): { startUpMs: number | null; handOverUs: number | null };
  progress(atMs: number): ExecutorProgress;
  /** `sampledMs`: how much of `elapsedMs` CPU times are known for. */
  report(run: { startedMs: number; elapsedMs: number; sampledMs: number }): ExecutorReport;
}

const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);
const medianOf = (values: readonly (number | null)[]): number | null =>
  known(values).length > 0 ? median(known(values)) : null;
const plus = (a: number | null, b: number | null): number | null => (b === null ? a : (a ?? 0) + b);

/** `seenMs`: how long it was looked at: it cannot have used more. */
type WorkerTotals = WorkerReport & { handOverUs: number | null; seenMs: number };

export function createMeter(executor: NodeExecutor): Meter {
  const counts = noCounts();
  const rate = createRate();
  const failed = createHistogram();
  const running = { all: createHistogram(), recent: createRollingHistogram(LATENCY_WINDOW) };
  const waiting = { all: createHistogram(), recent: createRollingHistogram(LATENCY_WINDOW) };
  const workers = new Map<number, WorkerTotals>();
  const deaths: { atMs: number; worker: number; code: number | null; signal: string | null }[] = [];
  const locks = createLockWindow();
  const time = createWorkerTime();
  let hasLock = false;
  let memory: ExecutorMemory | null = null;
  let offThreadCpuMs: number | null = null;
  let over = false;

  const strange = (number: number): boolean => over && !workers.has(number);

  const worker = (number: number, pid = 0, tid: number | null = null): WorkerTotals => {
    const found = workers.get(number);
    if (found) return found;
    const made = {
      worker: number,
      pid,
      tid,
      settled: 0,
      cpuMs: null,
      runQueueMs: null,
      startUpMs: null,
      handOverUs: null,
      seenMs: 0,
    };
    workers.set(number, made);
    return made;
  };

  /** Keeps what is known of workers before they go. */
  const note = (status: ExecutorStatus): ExecutorStatus => {
    if (status.lock !== undefined) {
      hasLock = true;
      locks.note(status.lock);
    }
    for (const now of status.workers) {
      const { pid, tid, startUpMs, handOverUs, reused } = now;
      if ((startUpMs === null && reused !== true) || strange(now.worker)) continue;
      Object.assign(worker(now.worker), { pid, tid, startUpMs, handOverUs, ...(reused === true ? { reused } : {}) });
    }
    return status;
  };

  const addCpu = (seen: WorkerSample, intervalMs: number): void => {
    const totals = worker(seen.worker);
    totals.seenMs += intervalMs;
    totals.cpuMs = plus(totals.cpuMs, seen.cpuMs);
    totals.runQueueMs = plus(totals.runQueueMs, seen.runQueueMs);
  };

  /** The kernel brings the time of a running thread up to date at its ticks: read just then, it may be a tick more than fits. */
  const cpuOf = ({ cpuMs, seenMs }: WorkerTotals): number | null => (cpuMs === null ? null : Math.min(cpuMs, seenMs));
  const booked = (one: WorkerTotals): WorkerReport => {
    const { handOverUs: _, seenMs: __, ...totals } = one;
    return { ...totals, cpuMs: cpuOf(one) };
  };

  const cpu = (): CpuSums => {
    const sums: CpuSums = { offThreadCpuMs, cpuMs: null, runQueueMs: null };
    for (const one of workers.values()) {
      sums.cpuMs = plus(sums.cpuMs, cpuOf(one));
      sums.runQueueMs = plus(sums.runQueueMs, one.runQueueMs);
    }
    return sums;
  };

  const startUp = (): { startUpMs: number | null; handOverUs: number | null } => {
    const all = [...workers.values()];
    return { startUpMs: medianOf(all.map((w) => w.startUpMs)), handOverUs: medianOf(all.map((w) => w.handOverUs)) };
  };

  return {
    executor,
    counts: () => ({ ...counts }),
    lock: (over) => (over === 'recent' ? locks.recent() : locks.whole()),
    cpu,
    tasksMs: time.tasksMs,
    time: (run) => time.whole({ ...run, ...cpu(), lock: locks.whole() }),
    startUp,
    killed: () => deaths.filter(({ signal }) => signal === KILLED).length,
    settled(outcome) {
      count(counts, outcome);
      time.settled(outcome);
      if (outcome.attempts > 0 && outcome.state !== 'cancelled') worker(outcome.worker).settled++;
      if (outcome.startedMs === null || outcome.state === 'cancelled') return;
      const ranMs = outcome.finishedMs - outcome.startedMs;
      const waitedMs = outcome.startedMs - outcome.queuedMs;
      if (outcome.state === 'failed') failed.record(ranMs);
      else {
        running.all.record(ranMs);
        running.recent.record(ranMs, outcome.finishedMs);
      }
      waiting.all.record(waitedMs);
      waiting.recent.record(waitedMs, outcome.finishedMs);
    },
    event(event) {
      if (event.type === 'worker-died')
        deaths.push({ atMs: event.atMs, worker: event.worker, code: event.code, signal: event.signal });
      if (event.type === 'worker-ready' && !strange(event.worker))
        Object.assign(worker(event.worker), {
          pid: event.pid,
          tid: event.tid,
          // One that was kept is told by its status.
          ...(event.startUpMs === null ? {} : { startUpMs: event.startUpMs }),
        });
    },
    sampled(sample) {
      const own = sample.workers.filter((seen) => seen.executor === executor.name && !strange(seen.worker));
      for (const seen of own) addCpu(seen, sample.intervalMs);
      time.sampled(own, sample.intervalMs);
      offThreadCpuMs = plus(offThreadCpuMs, sample.offThreadCpuMs[executor.name] ?? null);
      const now = sample.memory?.byExecutor[executor.name];
      // What is not known of workers any more, as others wait beside them, was known before.
      if (now !== undefined && (memory === null || now.residentBytesPerWorker !== null)) memory = now;
    },
    begin() {
      note(executor.status());
      locks.begin();
      rate.tick(nowMs(), counts.done + counts.failed);
    },
    end() {
      note(executor.status());
      locks.end();
      over = true;
    },
    tick: () => rate.tick(nowMs(), counts.done + counts.failed),
    progress(atMs) {
      const status = note(executor.status());
      return {
        executor: executor.name,
        desired: status.desired,
        live: status.live,
        queued: status.queued,
        counts: { ...counts },
        throughput: rate.value(),
        running: running.recent.summary(atMs),
        waiting: waiting.recent.summary(atMs),
        deaths: deaths.length,
        ...startUp(),
        cpuMs: cpu().cpuMs,
        offThreadCpuMs,
        ...(hasLock ? { lock: locks.recent() } : {}),
        workers: status.workers,
      };
    },
    report({ startedMs, elapsedMs, sampledMs }) {
      note(executor.status());
      const sums = cpu();
      return {
        executor: executor.name,
        threadHost: executor.threadHost ?? null,
        counts: { ...counts },
        throughputPerSecond: elapsedMs > 0 ? (counts.done / elapsedMs) * 1e3 : 0,
        ...sums,
        coresBusy: coresBusy(sums, sampledMs),
        shares:
          sampledMs < SHORTEST_LOOK_MS
            ? null
            : timeShares(time.whole({ elapsedMs, sampledMs, ...sums, lock: locks.whole() })),
        running: running.all.summary(),
        failedRunning: failed.summary(),
        waiting: waiting.all.summary(),
        ...startUp(),
        memory,
        ...(hasLock ? { lock: locks.whole() } : {}),
        deaths: deaths.map((death) => ({ ...death, atMs: death.atMs - startedMs })),
        workers: [...workers.values()].map(booked).sort((a, b) => a.worker - b.worker),
      };
    },
  };
}
