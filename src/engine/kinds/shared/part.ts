import type { ExperimentState, Report } from '../../../contract';
import { nowMs } from '../../system/clock';
import type { Experiment, ExperimentKit } from '../kind';
import type { Controls } from './lifecycle';

/** Starts an experiment that tells of its steps by `announce`, and of what it measured by `keep`. */
type StartPart = (kit: Pick<ExperimentKit, 'announce' | 'keep'>) => Promise<Experiment>;

/** An experiment of another kind that is a part of this one, from its start to its report. */
class PartRun {
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

/** What is known of a part before it runs. */
interface Expected {
  title: string;
  expectedMs: number;
}

/** The parts of an experiment that consists of others, which run one after the other. */
export class PartSequence<P extends Expected> {
  readonly #controls: Controls;
  readonly #parts: readonly P[];
  #at = 0;
  #run: PartRun | null = null;

  constructor(controls: Controls, parts: readonly P[]) {
    this.#controls = controls;
    this.#parts = parts;
  }

  /** The place of the part under way. */
  get at(): number {
    return this.#at;
  }

  /** Of the part under way; empty without parts. */
  get title(): string {
    return this.#parts[this.#at]?.title ?? '';
  }

  /** As the part under way last told of itself; null before, and once it is forgotten. */
  get state(): ExperimentState | null {
    return this.#run?.state ?? null;
  }

  /** What the part under way expects of itself, or is expected of it, and the parts after it, ms; none once it is stopped. */
  remainingMs(): number {
    if (this.#controls.stopping.stopped) return 0;
    const expectedMs = this.#parts[this.#at]?.expectedMs ?? 0;
    const after = this.#parts.slice(this.#at + 1).reduce((sum, part) => sum + part.expectedMs, 0);
    return (this.#run?.remainingMs(expectedMs) ?? expectedMs) + after;
  }

  /** Takes one part after the other. Throws `cancelled` once the experiment is stopped, and what `measure` throws. */
  async each(measure: (part: P, at: number) => Promise<void>): Promise<void> {
    for (const [at, part] of this.#parts.entries()) {
      this.#controls.stopping.check();
      this.#at = at;
      this.#run = null;
      await measure(part, at);
    }
    this.#controls.stopping.check();
  }

  /** Runs the part under way, and answers its report. Throws what its start throws. */
  run(start: StartPart): Promise<Report> {
    this.#run = new PartRun(this.#controls);
    return this.#run.run(start);
  }

  stop(): void {
    this.#run?.stop();
  }

  /** Forgets the part that ran last. */
  forget(): void {
    this.#run = null;
  }

  /** What the part under way has measured so far, until its report is there. */
  soFar(): Report | null {
    return this.#run?.soFar() ?? null;
  }
}
