import {
  answerSentence,
  CoreloomError,
  errorInfo,
  type AnswerPartState,
  type AnswerReport,
  type AnswerState,
  type ExperimentProgress,
  type LanguageAnswer,
  type ResolvedAnswerSettings,
  type SettingsOf,
  type WorkloadInfo,
} from '../../../contract';
import type { Experiment, ExperimentKit } from '../kind';
import {
  Lifecycle,
  type Controls,
  type Course,
  type Ending,
  type LifecycleOptions,
  type Procedure,
  type Running,
} from '../shared/lifecycle';
import { observerOf } from '../shared/observers';
import { PartSequence } from '../shared/part';
import { reportHead } from '../shared/report-head';
import { Warnings } from '../shared/warnings';
import type { Evidence } from './evidence-kinds';
import { answersOf, findingOf } from './answers';
import type { Part } from './parts';

type Own = Omit<AnswerState, keyof ExperimentProgress>;

export interface AnswerOptions extends Pick<ExperimentKit, 'machine' | 'createdBy'>, LifecycleOptions<Own> {
  workload: WorkloadInfo;
  settings: ResolvedAnswerSettings;
  parts: readonly Part[];
  /** What is known to be missing before anything is measured. */
  warnings: readonly string[];
  /** Starts an experiment of another kind. */
  start(
    settings: SettingsOf<'compare'> | SettingsOf<'scale'>,
    kit: Pick<ExperimentKit, 'announce' | 'keep'>,
  ): Promise<Experiment>;
}

/** An answer that is being found, or that has ended. */
export type Answering = Running<AnswerState, AnswerReport>;

/** Starts an answer: of each language a comparison, then how many of the one that it names. */
export function startAnswer(options: AnswerOptions): Answering {
  return new Lifecycle(options, (controls) => new Answer(options, controls));
}

class Answer implements Procedure<Own, AnswerReport, 'answered'>, Course {
  readonly course = this;
  readonly #options: AnswerOptions;
  readonly #controls: Controls;
  readonly #sequence: PartSequence<Part>;
  readonly #parts: AnswerPartState[];
  readonly #evidence: Evidence[] = [];
  readonly #warnings = new Warnings();
  #answers: LanguageAnswer[] = [];
  /** Why the first part that could not be measured could not. */
  #failure: CoreloomError | null = null;

  constructor(options: AnswerOptions, controls: Controls) {
    this.#options = options;
    this.#controls = controls;
    this.#sequence = new PartSequence(controls, options.parts);
    this.#parts = options.parts.map(({ title, language, kind }) => ({
      title,
      language,
      kind,
      state: 'waiting',
      now: null,
    }));
    for (const warning of options.warnings) this.#warnings.add(warning);
  }

  state(): Own {
    const { workload, settings } = this.#options;
    return {
      kind: 'answer',
      workload,
      settings,
      parts: this.#parts.map((part, at) => ({
        ...part,
        now: at === this.#sequence.at ? (this.#now() ?? part.now) : part.now,
      })),
      answers: this.#answers,
    };
  }

  step(): string {
    if (this.#controls.stopping.stopped) return 'Stopping';
    const { title, state } = this.#sequence;
    const under = state?.step;
    return under === undefined ? title : `${title}. ${under}`;
  }

  remainingMs(): number {
    return this.#sequence.remainingMs();
  }

  /** What is answered, and what the part under way has seen. */
  finding(): string {
    const under = this.#sequence.state?.finding;
    const said = this.#answers.map(answerSentence);
    return [...said, ...(under === undefined ? [] : [under])].join(' ') || 'No result yet: nothing is measured.';
  }

  lost(): boolean {
    return this.#parts.some(({ state }) => state === 'failed');
  }

  cancel(): void {
    this.#sequence.stop();
  }

  async measure(): Promise<'answered'> {
    await this.#sequence.each((part, at) => this.#measure(part, at));
    if (this.#failure !== null && this.#evidence.every(({ outcome }) => outcome === 'failed')) throw this.#failure;
    return 'answered';
  }

  dismiss(): void {
    this.#sequence.forget();
  }

  soFar(ending: Ending<'answered'>): AnswerReport | null {
    const part = this.#sequence.soFar();
    const evidence = part?.kind === 'compare' || part?.kind === 'scale' ? [...this.#evidence, part] : this.#evidence;
    return evidence.length === 0 ? null : this.#built(ending, evidence);
  }

  report(ending: Ending<'answered'>): AnswerReport {
    return this.#built(ending, this.#evidence);
  }

  /** One part; what goes wrong with it leaves its language without it, and the others go on. */
  async #measure(part: Part, at: number): Promise<void> {
    const settings = part.settings(this.#evidence);
    if (settings === null) {
      this.#mark(at, { state: 'measured' });
      return;
    }
    this.#mark(at, { state: 'measuring' });
    try {
      const report = await this.#sequence.run((kit) => this.#options.start(settings, kit));
      if (report.kind === 'compare' || report.kind === 'scale') await this.#book(part, at, report);
    } catch (error) {
      this.#fail(part, new CoreloomError(errorInfo(error).code, errorInfo(error).message));
      this.#mark(at, { state: 'failed' });
    }
  }

  async #book(part: Part, at: number, report: Evidence): Promise<void> {
    const now = this.#now();
    this.#sequence.forget();
    this.#evidence.push(report);
    this.#answers = answersOf(this.#evidence);
    for (const warning of report.warnings) this.#warnings.add(`${part.title}: ${warning}`);
    if (report.failure) this.#fail(part, new CoreloomError(report.failure.code, report.failure.message));
    this.#mark(at, { state: report.outcome === 'completed' ? 'measured' : 'failed', now });
    await this.#controls.keep();
  }

  #fail(part: Part, error: CoreloomError): void {
    this.#failure ??= error;
    this.#warnings.add(`${part.title}: ${error.message}`);
  }

  /** The part under way, as it last told of itself. */
  #now(): AnswerPartState['now'] {
    const { state } = this.#sequence;
    return state?.kind === 'compare' || state?.kind === 'scale' ? state : null;
  }

  #mark(at: number, now: Partial<AnswerPartState>): void {
    const part = this.#parts[at];
    if (part) Object.assign(part, now);
    this.#controls.announce();
  }

  #built({ outcome, failure }: Ending<'answered'>, evidence: AnswerReport['evidence']): AnswerReport {
    const { id, machine, createdBy, settings, workload } = this.#options;
    const { stopwatch } = this.#controls;
    return {
      ...reportHead({
        id,
        machine,
        createdBy,
        outcome,
        failure,
        stopwatch,
        warnings: this.#warnings.all(),
        observer: observerOf(evidence, stopwatch.elapsedMs()),
      }),
      kind: 'answer',
      finding: failure?.message ?? findingOf(this.#answers),
      workload,
      settings,
      roundCount: evidence.reduce((sum, one) => sum + one.roundCount, 0),
      answers: this.#answers,
      evidence,
    };
  }
}
