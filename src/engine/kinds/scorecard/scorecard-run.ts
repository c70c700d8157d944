import {
  errorInfo,
  type CompareReport,
  type ErrorInfo,
  type ExperimentState,
  type LabReport,
  type Report,
  type ResolvedScorecardSettings,
  type RunOutcome,
  type ScorecardPartState,
  type ScorecardReport,
  type ScorecardState,
} from '../../../contract';
import { nowMs } from '../../system/clock';
import { listed } from '../../report/words';
import type { Experiment, ExperimentKit } from '../kind';
import { interruption, outcomeOf, reportHead } from '../shared/report-head';
import { progressOf, startStopwatch } from '../shared/stopwatch';
import type { Evidence } from './evidence';
import { observerOf } from './observer';
import { evidenceWith, type Part } from './parts';
import { findingOf, rowsOf } from './rows';
import { Warnings } from '../shared/warnings';

export interface ScorecardOptions extends Pick<ExperimentKit, 'machine' | 'createdBy' | 'keep'> {
  id: string;
  settings: ResolvedScorecardSettings;
  parts: readonly Part[];
  /** Starts one of the parts, which tells of its steps by `announce` and of what it measured by `keep`. */
  start(part: Part, kit: Pick<ExperimentKit, 'announce' | 'keep'>): Promise<Experiment>;
  /** Told at every step. */
  announce(state: ScorecardState): void;
}

/** A scorecard that is on, or that has ended. */
export interface Scorecard extends Experiment {
  state(): ScorecardState;
  readonly ended: Promise<ScorecardReport>;
}

/** Starts a scorecard: one experiment after another, each claim judged as soon as it can be. */
export function startScorecard(options: ScorecardOptions): Scorecard {
  return new Card(options);
}

class Card implements Scorecard {
  readonly id: string;
  readonly ended: Promise<ScorecardReport>;
  readonly #options: ScorecardOptions;
  readonly #stopwatch = startStopwatch();
  readonly #states: ScorecardPartState[];
  readonly #reports: (LabReport | CompareReport)[] = [];
  readonly #warnings = new Warnings();
  #evidence: Evidence = {};
  #rows = rowsOf({});
  #at = 0;
  #part: { experiment: Experiment | null; state: ExperimentState | null; startedMs: number } | null = null;
  #stopped = false;
  #failure: ErrorInfo | null = null;

  constructor(options: ScorecardOptions) {
    this.#options = options;
    this.id = options.id;
    this.#states = options.parts.map(({ title }) => ({ title, state: 'waiting' }));
    this.ended = this.#measure();
  }

  state(): ScorecardState {
    const { startedAt, stopped: over } = this.#stopwatch;
    const elapsedMs = this.#stopwatch.elapsedMs();
    const remainingMs = over ? 0 : this.#remainingMs();
    return {
      kind: 'scorecard',
      id: this.id,
      settings: this.#options.settings,
      startedAt,
      elapsedMs,
      remainingMs,
      progress: progressOf(over, elapsedMs, remainingMs),
      step: over
        ? 'Ended'
        : this.#stopped
          ? 'Stopping'
          : `${this.#options.parts[this.#at]?.title ?? ''}, part ${String(this.#at + 1)} of ${String(this.#states.length)}`,
      parts: this.#states.map((part) => ({ ...part })),
      rows: this.#rows,
      finding: this.#finding(),
      outcome: over ? this.#outcome() : null,
      failure: this.#failure,
      reportId: over ? this.id : null,
    };
  }

  stop(): void {
    this.#stopped = true;
    this.#part?.experiment?.stop();
  }

  async #measure(): Promise<ScorecardReport> {
    // Whoever started it has it in hand before the first step is told.
    await Promise.resolve();
    for (const [at, part] of this.#options.parts.entries()) {
      if (this.#stopped) break;
      this.#at = at;
      await this.#run(part, at);
    }
    this.#part = null;
    if (!this.#stopped && this.#reports.length === 0)
      this.#failure = {
        code: 'not-available',
        message: `None of the parts could be measured. ${this.#warnings.all()[0] ?? ''}`.trim(),
      };
    this.#stopwatch.stop();
    return this.#built(this.#outcome(), this.#failure, this.#reports);
  }

  /** One part; what goes wrong with it leaves its claims not shown, and the others go on. */
  async #run(part: Part, at: number): Promise<void> {
    this.#part = { experiment: null, state: null, startedMs: nowMs() };
    this.#mark(at, 'measuring');
    try {
      const experiment = await this.#options.start(part, {
        announce: (state) => {
          if (this.#part !== null) this.#part.state = state;
          this.#announce();
        },
        keep: (soFar) => this.#options.keep(() => this.#soFar(soFar())),
      });
      this.#part.experiment = experiment;
      if (this.#stopped) experiment.stop();
      const report = await experiment.ended;
      if (report.kind !== 'lab' && report.kind !== 'compare') return;
      this.#reports.push(report);
      this.#evidence = evidenceWith(this.#evidence, report);
      this.#rows = rowsOf(this.#evidence);
      for (const warning of report.warnings) this.#warnings.add(`${part.title}: ${warning}`);
      if (report.failure) this.#warnings.add(`${part.title}: ${report.failure.message}`);
      this.#mark(at, report.outcome === 'completed' ? 'measured' : 'failed');
      await this.#options.keep(() => this.#soFar(null));
    } catch (error) {
      this.#warnings.add(`${part.title}: ${errorInfo(error).message}`);
      this.#mark(at, 'failed');
    }
  }

  #mark(at: number, state: ScorecardPartState['state']): void {
    const part = this.#states[at];
    if (part) part.state = state;
    this.#announce();
  }

  /** What the part under way expects of itself, or is expected of it, and the parts after it. */
  #remainingMs(): number {
    if (this.#stopped) return 0;
    const { parts } = this.#options;
    const own = this.#part?.state?.remainingMs ?? null;
    const goneMs = this.#part === null ? 0 : nowMs() - this.#part.startedMs;
    const expectedMs = parts[this.#at]?.expectedMs ?? 0;
    const after = parts.slice(this.#at + 1).reduce((sum, part) => sum + part.expectedMs, 0);
    return (own ?? Math.max(1_000, expectedMs - goneMs)) + after;
  }

  #finding(): string {
    const judged = this.#rows.some(({ judged }) => judged.some(({ holds }) => holds !== 'not-shown'));
    if (this.#failure) return this.#failure.message;
    const lost = this.#stopped ? [] : this.#lost();
    const first = lost.length === 0 ? '' : `Not measured to the end: ${listed(lost)}. `;
    return judged || this.#stopwatch.stopped
      ? `${first}${findingOf(this.#rows, this.#evidence)}`
      : 'No result yet: the first part is not measured.';
  }

  #outcome(): RunOutcome {
    return outcomeOf({ failure: this.#failure, stopped: this.#stopped, lost: this.#lost().length > 0 });
  }

  /** Parts that failed, or that lost a part of what they were to measure. */
  #lost(): string[] {
    return this.#states.flatMap(({ title, state }) => (state === 'failed' ? [title] : []));
  }

  /** What would be left should this process be killed now, with what the part under way has measured; null before anything was. */
  #soFar(part: Report | null): ScorecardReport | null {
    const reports = part?.kind === 'lab' || part?.kind === 'compare' ? [...this.#reports, part] : this.#reports;
    return reports.length === 0 ? null : this.#built('interrupted', interruption(this.#stopwatch.elapsedMs()), reports);
  }

  #built(outcome: RunOutcome, failure: ErrorInfo | null, reports: ScorecardReport['evidence']): ScorecardReport {
    return {
      ...reportHead({
        ...this.#options,
        outcome,
        failure,
        stopwatch: this.#stopwatch,
        warnings: this.#warnings.all(),
        observer: observerOf(reports, this.#stopwatch.elapsedMs()),
      }),
      kind: 'scorecard',
      finding: this.#finding(),
      settings: this.#options.settings,
      rows: this.#rows,
      evidence: reports,
    };
  }

  #announce(): void {
    this.#options.announce(this.state());
  }
}
