import type { ExperimentState, Report } from '../../../contract';
import { nowMs } from '../../system/clock';
import type { Experiment, ExperimentKit } from '../kind';
import type { Controls } from './lifecycle';

/** Starts an experiment that tells of its steps by `announce`, and of what it measured by `keep`. */
export type StartPart = (kit: Pick<ExperimentKit, 'announce' | 'keep'>) => Promise<Experiment>;

/** An experiment of another kind that is a part of this one, from its start to its report. */
export class PartRun {
  /** As it last told of itself; null before. */
  state: ExperimentState | null = null;
  readonly #controls: Controls;
  readonly #startedMs = nowMs();
  #experiment: Experiment | null = null;
  #soFar: () => Report | null = () => null;

  constructor(controls: Controls) {
    this.#controls = controls;
  }

  /** Runs it, and answers its report. Throws what its start throws. */
  async run(start: StartPart): Promise<Report> {
    this.#experiment = await start({
      announce: (state) => {
        this.state = state;
        this.#controls.announce();
      },
      keep: (soFar) => {
        this.#soFar = soFar;
        return this.#controls.keep();
      },
    });
    if (this.#controls.stopping.stopped) this.stop();
    const report = await this.#experiment.ended;
    this.#soFar = () => null;
    return report;
  }

  stop(): void {
    this.#experiment?.stop();
  }

  /** What it has measured so far, until its report is there. */
  soFar(): Report | null {
    return this.#soFar();
  }

  /** What it expects of itself, or before it can tell what is left of the time that it was expected to take, ms. */
  remainingMs(expectedMs: number): number {
    return this.state?.remainingMs ?? Math.max(1_000, expectedMs - (nowMs() - this.#startedMs));
  }
}
