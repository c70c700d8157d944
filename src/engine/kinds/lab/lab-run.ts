import {
  LAB_TITLES,
  errorInfo,
  plural,
  type ErrorInfo,
  type LabReport,
  type LabState,
  type ResolvedLabSettings,
  type RunOutcome,
} from '../../../contract';
import { nowMs } from '../../system/clock';
import { createRandom, shuffled } from '../../statistics/random';
import type { Experiment, ExperimentKit } from '../kind';
import { createObserverMeter } from '../shared/observer';
import { interruption, outcomeOf, reportHead } from '../shared/report-head';
import { KILLED, memoryWarning, watchMemoryKills } from '../../system/memory-kills';
import { watchStandstill } from '../shared/standstill';
import { progressOf, startStopwatch } from '../shared/stopwatch';
import { Warnings } from '../shared/warnings';
import { caseRemainingMs, caseRun, caseState, wantsRound, type LabCase, type LabCaseRun } from './case';
import { reasonAtEnd, type Lab } from './lab';
import { SideLost } from './side';
import type { Sides } from './sides';

const TICK_MS = 250;

export interface LabRunOptions extends Pick<ExperimentKit, 'sampler' | 'machine' | 'createdBy' | 'keep' | 'announce'> {
  id: string;
  settings: ResolvedLabSettings;
  lab: Lab;
  sides: Sides;
  warnings: readonly string[];
}

/** A lab that is on, or that has ended. */
export interface LabExperiment extends Experiment {
  state(): LabState;
  readonly ended: Promise<LabReport>;
}

/** Starts a lab: its cases in rounds of shuffled order, each round of each case measured by a process of the lab's own. */
export function startLab(options: LabRunOptions): LabExperiment {
  return new LabRun(options);
}

class LabRun implements LabExperiment {
  readonly id: string;
  readonly ended: Promise<LabReport>;
  readonly #options: LabRunOptions;
  readonly #runs: LabCaseRun[];
  readonly #observer = createObserverMeter();
  readonly #stood = watchStandstill();
  readonly #memoryKills = watchMemoryKills();
  #killed = 0;
  readonly #stopwatch = startStopwatch();
  readonly #warnings = new Warnings();
  #current: LabCaseRun | null = null;
  #round = 0;
  #stopped = false;
  #failure: ErrorInfo | null = null;
  #finding = 'No result yet: the rounds are not finished.';

  constructor(options: LabRunOptions) {
    this.#options = options;
    this.id = options.id;
    for (const warning of options.warnings) this.#warnings.add(warning);
    this.#runs = options.lab.cases.map(caseRun);
    this.ended = this.#measure();
  }

  state(): LabState {
    const { settings } = this.#options;
    const { startedAt, stopped: ended } = this.#stopwatch;
    const elapsedMs = this.#stopwatch.elapsedMs();
    const remainingMs = this.#runs.reduce((sum, run) => sum + caseRemainingMs(run), 0);
    return {
      kind: 'lab',
      id: this.id,
      lab: settings.lab,
      settings,
      startedAt,
      elapsedMs,
      step: ended
        ? 'Ended'
        : this.#current === null
          ? 'Beginning'
          : `${LAB_TITLES[settings.lab]}, round ${this.#round + 1}: ${this.#current.one.title}`,
      progress: progressOf(ended, elapsedMs, remainingMs),
      remainingMs: ended ? 0 : remainingMs,
      finding: this.#finding,
      outcome: ended ? this.#outcome() : null,
      failure: this.#failure,
      reportId: ended ? this.id : null,
      cases: this.#runs.map(caseState),
    };
  }

  stop(): void {
    if (this.#stopped || this.#stopwatch.stopped) return;
    this.#stopped = true;
    // Whatever is being measured is rejected at once.
    this.#options.sides.end();
  }

  async #measure(): Promise<LabReport> {
    const { sampler, sides, settings } = this.#options;
    const off = sampler.on((sample) => {
      this.#observer.sampled(sample);
    });
    const unwarned = sampler.onWarning(({ message }) => {
      this.#warnings.add(message);
    });
    const ticker = setInterval(() => {
      this.#announce();
    }, TICK_MS);
    try {
      for (; !this.#stopped && this.#runs.some(wantsRound); this.#round++) {
        const order = shuffled(this.#runs.filter(wantsRound), createRandom((settings.seed + this.#round) >>> 0));
        for (const run of order) {
          if (this.#over()) break;
          await this.#one(run);
          await this.#options.keep(() => this.#soFar());
        }
      }
    } catch (error) {
      this.#failure = errorInfo(error);
    }
    this.#current = null;
    sides.end();
    this.#failure ??= this.#stopped ? null : nothingMeasured(this.#runs);
    clearInterval(ticker);
    off();
    unwarned();
    return this.#report();
  }

  /** Read again: the end may be asked for while a case is measured. */
  #over(): boolean {
    return this.#stopped;
  }

  async #one(run: LabCaseRun): Promise<void> {
    this.#current = run;
    const sinceMs = nowMs();
    try {
      await run.one.measure(run.done);
      run.done++;
    } catch (error) {
      // Stopping ends it by an error of its own.
      if (!this.#over()) run.reason = errorInfo(error).message;
      if (error instanceof SideLost && error.signal === KILLED) this.#killed++;
    }
    run.tookMs += nowMs() - sinceMs;
  }

  #report(): LabReport {
    this.#stopwatch.stop();
    this.#stood.stop();
    const report = this.#built(this.#outcome(), this.#failure);
    this.#finding = report.finding;
    return report;
  }

  /** The report should this process be killed now; null before anything was measured. */
  #soFar(): LabReport | null {
    return this.#runs.some(({ done }) => done > 0)
      ? this.#built('interrupted', interruption(this.#stopwatch.elapsedMs()))
      : null;
  }

  #built(outcome: RunOutcome, failure: ErrorInfo | null): LabReport {
    const { settings, lab } = this.#options;
    const cut = this.#stopped || outcome === 'interrupted';
    const reasonOf = (one: LabCase): string | null => {
      const run = this.#runs.find((each) => each.one === one);
      return run === undefined ? null : reasonAtEnd(run, cut);
    };
    const disturbances = [
      this.#stood.warning(),
      memoryWarning(this.#memoryKills(), { oursKilled: this.#killed }),
    ].filter((said) => said !== null);
    const unsampled = this.#observer.unsampled(this.#stopwatch.elapsedMs());
    const warnings = [...(unsampled === null ? [] : [unsampled]), ...this.#warnings.all(), ...disturbances];
    const body = lab.body(reasonOf);
    const report: LabReport = {
      ...reportHead({
        ...this.#options,
        warnings,
        outcome,
        failure,
        stopwatch: this.#stopwatch,
        observer: this.#observer.report(this.#stopwatch.elapsedMs(), null),
      }),
      kind: 'lab',
      finding: '',
      settings,
      ...body,
    };
    return {
      ...report,
      finding:
        outcome === 'failed' && failure !== null
          ? failure.message
          : [...(cut ? [] : failedCases(this.#runs)), lab.finding(report)].join(' '),
    };
  }

  #outcome(): RunOutcome {
    return outcomeOf({ failure: this.#failure, stopped: this.#stopped, lost: brokeOff(this.#runs).length > 0 });
  }

  #announce(): void {
    this.#options.announce(this.state());
  }
}

/** Cases that could be measured and failed in it. */
const brokeOff = (runs: readonly LabCaseRun[]): LabCaseRun[] =>
  runs.filter(({ one, reason }) => one.unavailable === null && reason !== null);

function failedCases(runs: readonly LabCaseRun[]): string[] {
  const failed = brokeOff(runs);
  const [first] = failed;
  if (first === undefined) return [];
  return [
    `${String(failed.length)} of ${plural(runs.length, 'case')} failed; the first, ${first.one.title}: ${first.reason ?? ''}`,
  ];
}

/** A lab without a single value measured nothing, whatever kept it from that. */
function nothingMeasured(runs: readonly LabCaseRun[]): ErrorInfo | null {
  if (runs.some(({ done }) => done > 0)) return null;
  // What could have been measured says more than what never can.
  const reason = runs.find(({ one }) => one.unavailable === null)?.reason ?? runs[0]?.reason ?? '';
  return { code: 'not-available', message: `Nothing of the lab could be measured. ${reason}`.trim() };
}
