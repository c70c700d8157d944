import {
  CoreloomError,
  errorInfo,
  type CompareReport,
  type ExperimentProgress,
  type LabReport,
  type ResolvedScorecardSettings,
  type ScorecardPartState,
  type ScorecardReport,
  type ScorecardState,
} from '../../../contract';
import { listed } from '../../report/words';
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
import type { Evidence } from './evidence';
import { evidenceWith, type Part } from './parts';
import { findingOf, rowsOf } from './rows';

type Own = Omit<ScorecardState, keyof ExperimentProgress>;

export interface ScorecardOptions extends Pick<ExperimentKit, 'machine' | 'createdBy'>, LifecycleOptions<Own> {
  settings: ResolvedScorecardSettings;
  parts: readonly Part[];
  /** Starts one of the parts, which tells of its steps by `announce` and of what it measured by `keep`. */
  start(part: Part, kit: Pick<ExperimentKit, 'announce' | 'keep'>): Promise<Experiment>;
}

/** A scorecard that is on, or that has ended. */
export type Scorecard = Running<ScorecardState, ScorecardReport>;

/** Starts a scorecard: one experiment after another, each claim judged as soon as it can be. */
export function startScorecard(options: ScorecardOptions): Scorecard {
  return new Lifecycle(options, (controls) => new Card(options, controls));
}

class Card implements Procedure<Own, ScorecardReport, 'measured'>, Course {
  readonly course = this;
  readonly #options: ScorecardOptions;
  readonly #controls: Controls;
  readonly #sequence: PartSequence<Part>;
  readonly #states: ScorecardPartState[];
  readonly #reports: (LabReport | CompareReport)[] = [];
  readonly #warnings = new Warnings();
  #evidence: Evidence = {};
  #rows = rowsOf({});

  constructor(options: ScorecardOptions, controls: Controls) {
    this.#options = options;
    this.#controls = controls;
    this.#sequence = new PartSequence(controls, options.parts);
    this.#states = options.parts.map(({ title }) => ({ title, state: 'waiting' }));
  }

  state(): Own {
    return {
      kind: 'scorecard',
      settings: this.#options.settings,
      parts: this.#states.map((part) => ({ ...part })),
      rows: this.#rows,
    };
  }

  step(): string {
    return this.#controls.stopping.stopped
      ? 'Stopping'
      : `${this.#sequence.title}, part ${String(this.#sequence.at + 1)} of ${String(this.#states.length)}`;
  }

  remainingMs(): number {
    return this.#sequence.remainingMs();
  }

  finding(): string {
    const judged = this.#rows.some(({ judged }) => judged.some(({ holds }) => holds !== 'not-shown'));
    return judged ? this.#judged() : 'No result yet: the first part is not measured.';
  }

  lost(): boolean {
    return this.#lost().length > 0;
  }

  cancel(): void {
    this.#sequence.stop();
  }

  async measure(): Promise<'measured'> {
    await this.#sequence.each((part, at) => this.#run(part, at));
    if (this.#reports.length === 0)
      throw new CoreloomError(
        'not-available',
        `None of the parts could be measured. ${this.#warnings.all()[0] ?? ''}`.trim(),
      );
    return 'measured';
  }

  dismiss(): void {
    this.#sequence.forget();
  }

  soFar(ending: Ending<'measured'>): ScorecardReport | null {
    const part = this.#sequence.soFar();
    const reports = part?.kind === 'lab' || part?.kind === 'compare' ? [...this.#reports, part] : this.#reports;
    return reports.length === 0 ? null : this.#built(ending, reports, this.finding());
  }

  report(ending: Ending<'measured'>): ScorecardReport {
    return this.#built(ending, this.#reports, ending.failure?.message ?? this.#judged());
  }

  /** One part; what goes wrong with it leaves its claims not shown, and the others go on. */
  async #run(part: Part, at: number): Promise<void> {
    this.#mark(at, 'measuring');
    try {
      const report = await this.#sequence.run((kit) => this.#options.start(part, kit));
      if (report.kind === 'lab' || report.kind === 'compare') await this.#book(part, at, report);
    } catch (error) {
      this.#warnings.add(`${part.title}: ${errorInfo(error).message}`);
      this.#mark(at, 'failed');
    }
  }

  async #book(part: Part, at: number, report: LabReport | CompareReport): Promise<void> {
    this.#reports.push(report);
    this.#evidence = evidenceWith(this.#evidence, report);
    this.#rows = rowsOf(this.#evidence);
    for (const warning of report.warnings) this.#warnings.add(`${part.title}: ${warning}`);
    if (report.failure) this.#warnings.add(`${part.title}: ${report.failure.message}`);
    this.#mark(at, report.outcome === 'completed' ? 'measured' : 'failed');
    await this.#controls.keep();
  }

  #mark(at: number, state: ScorecardPartState['state']): void {
    const part = this.#states[at];
    if (part) part.state = state;
    this.#controls.announce();
  }

  /** Which claims hold; first what was not measured to the end. */
  #judged(): string {
    const lost = this.#controls.stopping.stopped ? [] : this.#lost();
    const first = lost.length === 0 ? '' : `Not measured to the end: ${listed(lost)}. `;
    return `${first}${findingOf(this.#rows, this.#evidence)}`;
  }

  /** Parts that failed, or that lost a part of what they were to measure. */
  #lost(): string[] {
    return this.#states.flatMap(({ title, state }) => (state === 'failed' ? [title] : []));
  }

  #built(
    { outcome, failure }: Ending<'measured'>,
    evidence: ScorecardReport['evidence'],
    finding: string,
  ): ScorecardReport {
    const { id, machine, createdBy, settings } = this.#options;
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
      kind: 'scorecard',
      finding,
      settings,
      rows: this.#rows,
      evidence,
    };
  }
}
