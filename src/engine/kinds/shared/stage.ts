import { errorInfo, executorTitle, plural, type ErrorInfo, type ExecutorKey, type RunOutcome } from '../../../contract';
import type { InputSettings } from '../../workload/inputs';
import type { PrepareRequest, Workload } from '../../workload/workload';
import { takeDown, type NodeExecutor } from './crew';
import type { ExperimentKit } from '../kind';
import { chooseSize, type ChosenSize } from './sizes';
import { createObserverMeter } from './observer';
import { beginPreparation, shareWith, type Preparation } from './preparation';
import { KILLED, memoryWarning, watchMemoryKills } from '../../system/memory-kills';
import { interruption, reportHead, type ReportHead } from './report-head';
import { watchStandstill } from './standstill';
import { startStopwatch } from './stopwatch';
import type { StopSignal } from './stop-signal';
import { Warnings } from './warnings';

/** Running tasks may finish for this long once an experiment is stopped; then their workers are ended. */
const STOP_GRACE_MS = 120;
/** How often clients are told where nothing else happens. */
const TICK_MS = 250;

export interface StageOptions extends Pick<ExperimentKit, 'executors' | 'sampler' | 'machine' | 'createdBy' | 'keep'> {
  id: string;
  workload: Workload;
  entries: PrepareRequest['entries'];
  /** Ends executors that were made for this experiment alone. */
  close?: (() => Promise<void>) | undefined;
}

/** What experiments that run a workload on pools have in common: its preparation, samples, warnings, stop and end. */
export class Stage {
  readonly warnings = new Warnings();
  readonly stopwatch = startStopwatch();
  readonly #options: StageOptions;
  readonly #stop: StopSignal;
  readonly #observer = createObserverMeter();
  readonly #stood = watchStandstill();
  readonly #memoryKills = watchMemoryKills();
  readonly #deaths = new Map<ExecutorKey, number>();
  #killed = 0;
  #preparation: Preparation | null = null;
  #failure: ErrorInfo | null = null;

  constructor(options: StageOptions, stop: StopSignal) {
    this.#options = options;
    this.#stop = stop;
  }

  /** What ended the experiment before its user or its plan did; null where nothing has. */
  get failure(): ErrorInfo | null {
    return this.#failure;
  }

  /** Asks for the end: whatever is waited for gives way, and tasks are cancelled. */
  stop(): void {
    this.#stop.stop();
    void this.#cancel();
  }

  /** Counts samples, keeps warnings and tells clients, until the function that it answers is called. */
  watch(announce: () => void): () => void {
    const { sampler, executors } = this.#options;
    const unsubscribe = [
      sampler.on((sample) => {
        this.#observer.sampled(sample);
      }),
      sampler.onWarning(({ message }) => {
        this.warnings.add(message);
      }),
      ...executors.map((executor) =>
        executor.on((event) => {
          if (event.type === 'warning') this.warnings.add(event.warning.message);
          if (event.type === 'worker-died' && event.signal === KILLED) this.#killed++;
          if (event.type === 'worker-died' && !this.#stop.stopped)
            this.#deaths.set(executor.name, (this.#deaths.get(executor.name) ?? 0) + 1);
        }),
      ),
    ];
    const ticker = setInterval(announce, TICK_MS);
    return () => {
      clearInterval(ticker);
      for (const off of unsubscribe) off();
    };
  }

  /** Makes what the workload needs before its first task (a server, a file). Throws `cancelled` once stopped. */
  async prepare(settings: Record<string, number>): Promise<Record<string, string | number>> {
    const { workload, entries } = this.#options;
    this.#preparation = beginPreparation(workload, {
      settings,
      entries,
      warn: (sentence) => {
        this.warnings.add(sentence);
      },
      gone: (error) => {
        this.#failure ??= errorInfo(error);
        this.stop();
      },
    });
    const values = await this.#stop.unless(this.#preparation.values);
    shareWith(this.#options.executors, workload, values);
    return { ...values };
  }

  /** The size that makes a task as long as it is wanted, found on the executor given; nothing where no length is wanted. */
  async size(
    settings: InputSettings & { taskMs: number | null },
    executor: NodeExecutor | undefined,
  ): Promise<ChosenSize | null> {
    const { taskMs } = settings;
    if (taskMs === null || executor === undefined) return null;
    const chosen = await chooseSize({
      workload: this.#options.workload,
      taskMs,
      settings,
      executor,
      aborted: this.#stop.asked,
    });
    await takeDown(executor);
    return chosen;
  }

  /** Ends every worker and what was prepared; the time of the experiment ends with them. */
  async dismiss(): Promise<void> {
    const { executors, sampler, close } = this.#options;
    await this.#cancel();
    for (const executor of executors) executor.resize(0);
    sampler.watch([]);
    const failed = (error: unknown): void => {
      this.warnings.add(errorInfo(error).message);
    };
    await this.#preparation?.stop().catch(failed);
    await close?.().catch(failed);
    this.stopwatch.stop();
    this.#stood.stop();
  }

  head(outcome: RunOutcome, failure: ErrorInfo | null): ReportHead {
    const { stopwatch } = this;
    const deaths = [...this.#deaths].map(
      ([name, count]) =>
        `${plural(count, 'worker')} of ${executorTitle(name)} died during the measurement; lost tasks were retried.`,
    );
    const disturbances = [
      this.#stood.warning(),
      memoryWarning(this.#memoryKills(), { oursKilled: this.#killed }),
    ].filter((said) => said !== null);
    const unsampled = this.#observer.unsampled(stopwatch.elapsedMs());
    const warnings = [...(unsampled === null ? [] : [unsampled]), ...this.warnings.all(), ...deaths, ...disturbances];
    // Worker threads come and go in this process, and what all of them used is not known.
    return reportHead({
      ...this.#options,
      outcome,
      failure,
      stopwatch,
      warnings,
      observer: this.#observer.report(stopwatch.elapsedMs(), null),
    });
  }

  /** The head of the report should this process be killed now. */
  headSoFar(): ReportHead {
    return this.head('interrupted', interruption(this.stopwatch.elapsedMs()));
  }

  async #cancel(): Promise<void> {
    await Promise.all(this.#options.executors.map((executor) => executor.cancelAll({ graceMs: STOP_GRACE_MS })));
  }
}
