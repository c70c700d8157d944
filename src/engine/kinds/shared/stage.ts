import { executorTitle, plural, type ExecutorKey } from '../../../contract';
import { KILLED, memoryWarning, watchMemoryKills } from '../../system/memory-kills';
import type { ExperimentKit } from '../kind';
import type { NodeExecutor } from './staffing';
import type { Controls, Ending } from './lifecycle';
import { createObserverMeter } from './observer';
import { reportHead, type ReportHead } from './report-head';
import { watchStandstill } from './standstill';
import { Warnings } from './warnings';

/** How often clients are told when nothing else happens. */
const TICK_MS = 250;

export interface StageOptions extends Pick<ExperimentKit, 'sampler' | 'machine' | 'createdBy'> {
  id: string;
  /** Executors whose warnings and deaths belong to the experiment; default: none. */
  executors?: readonly NodeExecutor[];
}

/** Where something is measured: its samples, warnings and disturbances, and the head of the report that holds them. */
export class Stage {
  readonly warnings = new Warnings();
  readonly #options: StageOptions;
  readonly #controls: Controls;
  readonly #observer = createObserverMeter();
  readonly #stood = watchStandstill();
  readonly #memoryKills = watchMemoryKills();
  readonly #deaths = new Map<ExecutorKey, number>();
  #killed = 0;

  constructor(options: StageOptions, controls: Controls) {
    this.#options = options;
    this.#controls = controls;
  }

  /** Counts samples, keeps warnings and tells clients, until the function that it answers is called. */
  watch(): () => void {
    const { sampler, executors = [] } = this.#options;
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
          if (event.type === 'worker-died') this.#died(executor.name, event.signal);
        }),
      ),
    ];
    const ticker = setInterval(() => {
      this.#controls.announce();
    }, TICK_MS);
    return () => {
      clearInterval(ticker);
      for (const off of unsubscribe) off();
    };
  }

  /** Told when a process of the experiment was ended by a signal. */
  ended(signal: string | null): void {
    if (signal === KILLED) this.#killed++;
  }

  /** Nothing is measured any more. */
  close(): void {
    this.#stood.stop();
  }

  head({ outcome, failure }: Pick<Ending<string>, 'outcome' | 'failure'>): ReportHead {
    const { stopwatch } = this.#controls;
    const elapsedMs = stopwatch.elapsedMs();
    const deaths = [...this.#deaths].map(
      ([name, count]) =>
        `${plural(count, 'worker')} of ${executorTitle(name)} died during the measurement; lost tasks were retried.`,
    );
    const said = [
      this.#observer.unsampled(elapsedMs),
      ...this.warnings.all(),
      ...deaths,
      this.#stood.warning(),
      memoryWarning(this.#memoryKills(), { oursKilled: this.#killed }),
    ];
    return reportHead({
      ...this.#options,
      outcome,
      failure,
      stopwatch,
      warnings: said.filter((one) => one !== null),
      // Worker threads come and go in this process, and what all of them used is not known.
      observer: this.#observer.report(elapsedMs, null),
    });
  }

  #died(name: ExecutorKey, signal: string | null): void {
    this.ended(signal);
    // Stopping ends workers too.
    if (!this.#controls.stopping.stopped) this.#deaths.set(name, (this.#deaths.get(name) ?? 0) + 1);
  }
}
