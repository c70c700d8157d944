import { errorInfo, type ErrorInfo, type ExperimentProgress, type Report, type RunOutcome } from '../../../contract';
import type { Experiment, ExperimentKit } from '../kind';
import { interruption, outcomeOf } from './report-head';
import { createStopSignal, type StopSignal } from './stop-signal';
import { progressOf, startStopwatch, type Stopwatch } from './stopwatch';

/** How an experiment ended: by its own plan (`end`), by its user, or by a failure. */
export interface Ending<E extends string> {
  end: E | 'stopped' | 'failed';
  outcome: RunOutcome;
  failure: ErrorInfo | null;
}

/** How what is under way goes, and how it ends before its time. */
export interface Course {
  /** Follows what happens meanwhile; answers what ends that. */
  watch?(): () => void;
  /** The end is asked for: makes what is under way give up at once. */
  cancel(): Promise<void> | void;
  /** Ends what it started, once nothing is measured any more. */
  dismiss(): Promise<void> | void;
  /** Whether a part of what was to be done failed. */
  lost(): boolean;
  /** What is under way, in words. */
  step(): string;
  /** How long it is expected to take yet, at most, ms; null before that can be told. */
  remainingMs(): number | null;
}

/** What a kind does in an experiment; its lifecycle does what is the same for all kinds. */
export interface Procedure<Own extends object, R extends Report, E extends string> {
  readonly course: Course;
  /** Measures, and answers what ended that. What it throws ends the experiment; what was measured is kept. */
  measure(): Promise<E>;
  /** What is seen before the end, in words. */
  finding(): string;
  /** What a state of this kind holds beside that of all kinds. */
  state(): Own;
  /** The report if this process were killed now; null before anything was measured. */
  soFar(ending: Ending<E>): R | null;
  report(ending: Ending<E>): Promise<R> | R;
}

/** An experiment of one kind. */
export interface Running<S extends ReturnType<Experiment['state']>, R extends Report> extends Experiment {
  state(): S;
  readonly ended: Promise<R>;
}

export interface LifecycleOptions<Own> extends Pick<ExperimentKit, 'keep'> {
  id: string;
  /** Told at every step. */
  announce(state: ExperimentProgress & Own): void;
}

/** What a procedure can ask of its lifecycle. */
export interface Controls {
  readonly stopwatch: Stopwatch;
  readonly stopping: StopSignal;
  announce(): void;
  /** Has what was measured so far kept on disk; between two measurements. */
  keep(): Promise<void>;
  /** Ends the experiment since it cannot go on. */
  fail(reason: ErrorInfo): void;
}

/** From start to report: state, stop, failure, journal and end of an experiment of any kind. */
export class Lifecycle<Own extends object, R extends Report, E extends string> implements Controls {
  readonly id: string;
  readonly ended: Promise<R>;
  readonly stopwatch = startStopwatch();
  readonly stopping = createStopSignal();
  readonly #options: LifecycleOptions<Own>;
  readonly #procedure: Procedure<Own, R, E>;
  /** Nothing is measured any more. */
  #over = false;
  #reason: ErrorInfo | null = null;
  #failure: ErrorInfo | null = null;
  #report: R | null = null;

  constructor(options: LifecycleOptions<Own>, procedure: (controls: Controls) => Procedure<Own, R, E>) {
    this.#options = options;
    this.id = options.id;
    this.#procedure = procedure(this);
    this.ended = this.#run();
  }

  state(): ExperimentProgress & Own {
    const report = this.#report;
    const elapsedMs = this.stopwatch.elapsedMs();
    const remainingMs = report === null ? this.#procedure.course.remainingMs() : 0;
    return {
      id: this.id,
      startedAt: this.stopwatch.startedAt,
      elapsedMs,
      step: report === null ? this.#procedure.course.step() : 'Ended',
      progress: progressOf(report !== null, elapsedMs, remainingMs),
      remainingMs,
      finding: report?.finding ?? this.#procedure.finding(),
      outcome: report?.outcome ?? null,
      failure: this.#failure,
      reportId: report === null ? null : this.id,
      ...this.#procedure.state(),
    };
  }

  stop(): void {
    if (this.#over || this.stopping.stopped) return;
    this.stopping.stop();
    void this.#procedure.course.cancel();
  }

  fail(reason: ErrorInfo): void {
    this.#reason ??= reason;
    this.stop();
  }

  announce(): void {
    this.#options.announce(this.state());
  }

  keep(): Promise<void> {
    return this.#options.keep(() =>
      this.#procedure.soFar({
        end: 'stopped',
        outcome: 'interrupted',
        failure: interruption(this.stopwatch.elapsedMs()),
      }),
    );
  }

  async #run(): Promise<R> {
    // The caller that started it holds it before the first step is announced.
    await Promise.resolve();
    const unwatch = this.#procedure.course.watch?.();
    const end = await this.#measure();
    this.#over = true;
    await this.#procedure.course.dismiss();
    this.stopwatch.stop();
    const failure = this.#failure;
    const outcome = outcomeOf({ failure, stopped: end === 'stopped', lost: this.#procedure.course.lost() });
    this.#report = await this.#procedure.report({ end, outcome, failure });
    unwatch?.();
    return this.#report;
  }

  async #measure(): Promise<Ending<E>['end']> {
    try {
      return await this.#procedure.measure();
    } catch (error) {
      // Stopping ends what is under way by errors of its own.
      this.#failure = this.#reason ?? (this.stopping.stopped ? null : errorInfo(error));
      return this.#failure === null ? 'stopped' : 'failed';
    }
  }
}
