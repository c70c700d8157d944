import {
  CoreloomError,
  errorInfo,
  type ByExecutor,
  type ErrorInfo,
  type ExperimentChange,
  type LiveReport,
  type RunOutcome,
  type RunPhase,
  type RecentWork,
  type StopCause,
  type LiveState,
  type Sample,
} from '../../../contract';
import { checkExecutors } from '../../settings';
import { nowMs } from '../../system/clock';
import type { ExecutorEvent, TaskOutcome } from '../../executor';
import type { TaskInput } from '../../workload/workload';
import { comeUp, hasWorkers, isLimit } from '../shared/staffing';
import { buildReport } from './build-report';
import { tolerated } from '../shared/checksums';
import { chooseSize } from '../shared/sizes';
import { closingLines, judge, recentFinding, wholeFinding, type End } from './ending';
import { createFeeding, type Feeding } from './feeding';
import { keptFor } from './kept-threads';
import type { NodeExecutor } from '../shared/staffing';
import type { LiveRun, LiveRunOptions } from './options';
import { startsProcesses, watched } from '../shared/watched';
import { beginPreparation, shareWith, type Preparation } from '../shared/preparation';
import { interruption } from '../shared/report-head';
import { progressOf } from '../shared/stopwatch';
import { createRunRecord } from './record';
import { createSampleWait } from './sample-wait';
import { Warnings } from '../shared/warnings';

const STEPS: Record<RunPhase, string> = {
  calibrating: 'Calibrating',
  starting: 'Starting workers',
  running: 'Running tasks',
  stopping: 'Stopping',
  ended: 'Ended',
};
const TICK_MS = 100;
/** Running tasks may finish for this long once a run is stopped; then their workers are ended. */
const STOP_GRACE_MS = 120;

/** Starts a live run: tasks are fed as fast as workers take them, and worker counts may change while it is on. */
export function startLiveRun(options: LiveRunOptions): LiveRun {
  return new Live(options);
}

class Live implements LiveRun {
  readonly id: string;
  readonly ended: Promise<LiveReport>;
  readonly #options: LiveRunOptions;
  readonly #record;
  readonly #startedAt = new Date().toISOString();
  readonly #resizes: LiveReport['resizes'] = [];
  readonly #warnings = new Warnings();
  readonly #desired: ByExecutor<number>;
  readonly #droppedBefore: number;
  readonly #endAsked: Promise<void>;
  #signalEnd: () => void = () => {};
  #settings;
  #phase: RunPhase = 'starting';
  #feeding: Feeding | null = null;
  #startedMs = nowMs();
  #ran = false;
  #endedMs: number | null = null;
  #end: End | null = null;
  #finding = 'No task has finished yet.';
  readonly #samples;
  #preparation: Preparation | null = null;

  constructor(options: LiveRunOptions) {
    this.#options = options;
    this.id = options.id;
    this.#settings = options.settings;
    this.#desired = { ...options.settings.workers };
    this.#samples = createSampleWait(options.sampler);
    this.#record = createRunRecord(options.executors, options.machine.limits);
    this.#droppedBefore = options.droppedEvents();
    this.#endAsked = new Promise((resolve) => (this.#signalEnd = resolve));
    this.ended = this.#live();
  }

  state(): LiveState {
    const { executors, running, counts } = this.#record.progress(nowMs());
    const ended = this.#phase === 'ended';
    const elapsedMs = this.#elapsedMs();
    const remainingMs = ended ? 0 : this.#remainingMs(elapsedMs);
    return {
      kind: 'live',
      id: this.id,
      phase: this.#phase,
      step: STEPS[this.#phase],
      progress: progressOf(ended, elapsedMs, remainingMs),
      settings: { ...this.#settings, workers: { ...this.#desired } },
      startedAt: this.#startedAt,
      startedMs: this.#startedMs,
      elapsedMs,
      remainingMs,
      executors,
      throughput: executors.reduce((sum, executor) => sum + executor.throughput, 0),
      running,
      counts,
      finding: this.#finding,
      outcome: ended ? (this.#end?.outcome ?? 'failed') : null,
      failure: this.#end?.failure ?? null,
      reportId: ended ? this.id : null,
    };
  }

  update({ workers }: ExperimentChange): void {
    checkExecutors(
      workers,
      this.#options.executors.map(({ name }) => name),
    );
    if (this.#end)
      throw new CoreloomError(
        'no-run',
        'The run is ending, so its worker counts cannot be changed: start another run.',
      );
    for (const executor of this.#options.executors) {
      const to = workers[executor.name];
      const from = this.#desired[executor.name] ?? 0;
      if (to === undefined || to === from) continue;
      this.#desired[executor.name] = to;
      // Before the first task there is nothing to resize yet: the start uses the newest counts.
      if (this.#phase !== 'running') continue;
      this.#resizes.push({ atMs: nowMs() - this.#startedMs, executor: executor.name, from, to });
      executor.resize(to);
      this.#record.resized();
      this.#feeding?.resized(executor);
    }
    this.#announce();
  }

  stop({ interrupted }: StopCause = { interrupted: false }): void {
    const limited = this.#settings.durationMs !== null || this.#settings.tasks !== null;
    this.#finish(interrupted || limited || !this.#ran ? 'cancelled' : 'completed');
  }

  recent(): RecentWork {
    return {
      blocks: this.#record.blocks.recent(),
      rates: this.#record.rates.table(),
      lines: this.#record.lines.kept(),
    };
  }

  soFar(): LiveReport | null {
    if (!this.#ran || this.#phase === 'ended') return null;
    const elapsedMs = this.#elapsedMs();
    return this.#built({
      ...this.state(),
      outcome: 'interrupted',
      failure: interruption(elapsedMs),
      finding: wholeFinding(this.#options, this.#record, elapsedMs),
    });
  }

  async #live(): Promise<LiveReport> {
    const { executors, sampler } = this.#options;
    const unsubscribe = [
      sampler.on((sample) => this.#sampled(sample)),
      sampler.onWarning(({ message }) => this.#warnings.add(message)),
      ...executors.map((executor) => executor.on((event) => this.#executorEvent(executor, event))),
    ];
    const ticker = setInterval(() => this.#tick(), TICK_MS);
    let timer: NodeJS.Timeout | undefined;
    try {
      await this.#prepare();
      await this.#calibrate();
      await this.#start();
      timer = this.#run();
      await this.#endAsked;
    } catch (error) {
      this.#finish('failed', errorInfo(error));
    }
    clearTimeout(timer);
    await this.#stopWorkers();
    clearInterval(ticker);
    for (const off of unsubscribe) off();
    const report = this.#close();
    await this.#options.close?.();
    return report;
  }

  /** Makes what tasks need beside their input, before any worker starts. */
  async #prepare(): Promise<void> {
    const { workload, entries } = this.#options;
    this.#preparation = beginPreparation(workload, {
      settings: this.#settings.workloadSettings,
      entries,
      warn: (message) => {
        this.#warnings.add(message);
        this.#options.emit({ type: 'warning', warning: { code: 'not-available', message } });
      },
      gone: (error) => this.#finish('failed', errorInfo(error)),
    });
    const prepared = await Promise.race([this.#preparation.values, this.#endAsked]);
    if (!prepared) return;
    this.#settings = { ...this.#settings, prepared };
    shareWith(this.#options.executors, workload, prepared);
    this.#keepThreads();
  }

  /** Threads of this run may wait for the next of its workload, and those of the last one are used again. */
  #keepThreads(): void {
    const work = keptFor(this.#options.workload, this.#settings);
    for (const executor of this.#options.executors) executor.keep?.(work);
  }

  async #calibrate(): Promise<void> {
    const { taskMs } = this.#settings;
    if (taskMs === null || this.#end) return;
    this.#enter('calibrating');
    const executor =
      this.#options.executors.find((one) => (this.#desired[one.name] ?? 0) > 0) ?? this.#options.executors[0];
    if (!executor) return;
    const chosen = await chooseSize({
      workload: this.#options.workload,
      taskMs,
      settings: this.#settings,
      executor,
      aborted: this.#endAsked,
    });
    if (!chosen) return;
    this.#settings = { ...this.#settings, ...chosen };
    this.#keepThreads();
  }

  /** Starts all workers and waits until they are ready and the sampler has a baseline of each. */
  async #start(): Promise<void> {
    if (this.#end) return;
    this.#enter('starting');
    const { executors } = this.#options;
    for (const executor of executors) executor.resize(this.#desired[executor.name] ?? 0);
    await Promise.race([comeUp(executors), this.#endAsked]);
    this.#watch();
    if (!this.#end) await this.#samples.tickBegins();
  }

  #run(): NodeJS.Timeout | undefined {
    if (this.#end) return undefined;
    const { durationMs, tasks } = this.#settings;
    this.#feeding = createFeeding({
      inputs: this.#options.inputs(this.#settings),
      limit: tasks,
      workersOf: (executor) => this.#desired[executor.name] ?? 0,
      settled: (executor, outcome, input) => this.#settled(executor, outcome, input),
      finished: () => this.#finish('completed'),
      // An executor without a single worker leaves its tasks to the others, if there are any.
      broke: (error) =>
        (isLimit(error) && this.#options.executors.some(hasWorkers)) || this.#finish('failed', errorInfo(error)),
    });
    this.#startedMs = nowMs();
    // A slider may have moved before the first task: the run starts with the newest counts, and its report says so.
    this.#settings = { ...this.#settings, workers: { ...this.#desired } };
    this.#ran = true;
    this.#record.begin();
    this.#enter('running');
    for (const executor of this.#options.executors) this.#begin(executor, this.#feeding);
    return durationMs === null ? undefined : setTimeout(() => this.#finish('completed'), durationMs);
  }

  #begin(executor: NodeExecutor, feeding: Feeding): void {
    const workers = this.#desired[executor.name] ?? 0;
    const { desired, workers: there } = executor.status();
    // Fewer than were asked for are all that the system has room for.
    if (desired === workers) this.#settings.workers[executor.name] = Math.min(workers, there.length);
    else executor.resize(workers);
    feeding.resized(executor);
  }

  #settled(executor: NodeExecutor, outcome: TaskOutcome<TaskInput, number>, input: number): void {
    const disagreement = this.#record.settled(executor, outcome, input);
    if (disagreement && !tolerated(this.#options, this.#warnings)) this.#finish('failed', errorInfo(disagreement));
  }

  #executorEvent(executor: NodeExecutor, event: ExecutorEvent): void {
    this.#record.event(executor, event);
    if (event.type === 'warning') this.#warnings.add(event.warning.message);
    if (event.type === 'worker-ready' || event.type === 'resized') this.#watch();
  }

  #watch(): void {
    this.#options.sampler.watch(watched(this.#options.executors, { starts: startsProcesses(this.#options.workload) }));
  }

  /** Samples arrive later than the time they speak of, so it is that time which counts. */
  #sampled(sample: Sample): void {
    const { atMs, intervalMs } = sample;
    const middleMs = atMs - intervalMs / 2;
    const endMs = this.#endedMs ?? Infinity;
    if (this.#ran && atMs > this.#startedMs && atMs - intervalMs < endMs) {
      this.#record.sampled(sample, {
        inside: middleMs >= this.#startedMs && middleMs <= endMs,
        startedMs: this.#startedMs,
        endedMs: endMs,
      });
    }
    this.#samples.arrived(atMs);
  }

  async #stopWorkers(): Promise<void> {
    this.#enter('stopping');
    this.#record.end();
    const { executors } = this.#options;
    await Promise.all(executors.map((executor) => executor.cancelAll({ graceMs: STOP_GRACE_MS })));
    this.#endedMs = this.#record.lastSettledMs ?? nowMs();
    // The workers stay until the last of their CPU time is counted.
    if (this.#ran) await Promise.all([this.#samples.upToNow(), this.#record.lines.quiet()]);
    await this.#preparation?.stop().catch((error: unknown) => this.#warnings.add(errorInfo(error).message));
  }

  #close(): LiveReport {
    this.#end = judge(this.#end, this.#record, this.#settings);
    if (this.#end.outcome === 'completed') {
      for (const line of closingLines(this.#options.workload, this.#record, this.#desired))
        this.#record.lines.add(line);
    }
    this.#record.lines.end();
    this.#flush();
    this.#finding = this.#end.failure?.message ?? wholeFinding(this.#options, this.#record, this.#elapsedMs());
    this.#phase = 'ended';
    const report = this.#built(this.state());
    for (const executor of this.#options.executors) executor.resize(0);
    this.#options.sampler.watch([]);
    return report;
  }

  #built(state: LiveState): LiveReport {
    const [options, settings, record, resizes] = [this.#options, this.#settings, this.#record, this.#resizes];
    const warnings = this.#warnings.all();
    const droppedEvents = options.droppedEvents() - this.#droppedBefore;
    const underWay = state.outcome === 'interrupted' ? (this.#feeding?.underWay() ?? 0) : undefined;
    return buildReport({ options, settings, record, resizes, state, warnings, droppedEvents, underWay });
  }

  #tick(): void {
    if (this.#phase === 'running') this.#finding = recentFinding(this.#options, this.#record);
    this.#flush();
    this.#announce();
  }

  #flush(): void {
    const blocks = this.#record.blocks.take(nowMs());
    if (blocks.worker.length > 0) this.#options.emit({ type: 'blocks', blocks });
    const lines = this.#record.lines.take();
    if (lines.length > 0) this.#options.emit({ type: 'lines', lines });
  }

  #elapsedMs(): number {
    return this.#ran ? Math.max(0, (this.#endedMs ?? nowMs()) - this.#startedMs) : 0;
  }

  /** Until its time is over; how long a number of tasks takes is not known. */
  #remainingMs(elapsedMs: number): number | null {
    const { durationMs } = this.#settings;
    return durationMs === null || !this.#ran ? null : Math.max(0, durationMs - elapsedMs);
  }

  #enter(phase: RunPhase): void {
    this.#phase = phase;
    this.#announce();
  }

  #announce(): void {
    this.#options.announce(this.state());
  }

  #finish(outcome: RunOutcome, failure: ErrorInfo | null = null): void {
    this.#end ??= { outcome, failure };
    this.#feeding?.stop();
    this.#signalEnd();
  }
}
