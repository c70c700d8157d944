import {
  LAB_TITLES,
  CoreloomError,
  errorInfo,
  plural,
  type ExperimentProgress,
  type LabReport,
  type LabState,
  type ResolvedLabSettings,
} from '../../../contract';
import { nowMs } from '../../system/clock';
import type { ExperimentKit } from '../kind';
import {
  Lifecycle,
  type Controls,
  type Course,
  type Ending,
  type LifecycleOptions,
  type Procedure,
  type Running,
} from '../shared/lifecycle';
import { inRounds } from '../shared/rounds';
import { Stage } from '../shared/stage';
import { caseRemainingMs, caseRun, caseState, wantsRound, type LabCase, type LabCaseRun } from './case';
import { reasonAtEnd, type Lab } from './lab';
import { SideLost } from './side';
import type { Sides } from './sides';

type Own = Omit<LabState, keyof ExperimentProgress>;

export interface LabRunOptions extends Pick<ExperimentKit, 'sampler' | 'machine' | 'createdBy'>, LifecycleOptions<Own> {
  settings: ResolvedLabSettings;
  lab: Lab;
  sides: Sides;
}

/** Starts a lab: its cases in rounds of shuffled order, each round of each case measured by a process of the lab's own. */
export function startLab(options: LabRunOptions): Running<LabState, LabReport> {
  return new Lifecycle(options, (controls) => new LabRun(options, controls));
}

class LabRun implements Procedure<Own, LabReport, 'measured'>, Course {
  readonly course = this;
  readonly #options: LabRunOptions;
  readonly #controls: Controls;
  readonly #runs: LabCaseRun[];
  readonly #stage: Stage;
  #current: LabCaseRun | null = null;
  #round = 0;

  constructor(options: LabRunOptions, controls: Controls) {
    this.#options = options;
    this.#controls = controls;
    this.#runs = options.lab.cases.map(caseRun);
    const { id, sampler, machine, createdBy } = options;
    this.#stage = new Stage({ id, sampler, machine, createdBy }, controls);
  }

  state(): Own {
    const { settings } = this.#options;
    return { kind: 'lab', lab: settings.lab, settings, cases: this.#runs.map(caseState) };
  }

  step(): string {
    return this.#current === null
      ? 'Beginning'
      : `${LAB_TITLES[this.#options.settings.lab]}, round ${this.#round + 1}: ${this.#current.one.title}`;
  }

  remainingMs(): number {
    return this.#runs.reduce((sum, run) => sum + caseRemainingMs(run), 0);
  }

  finding(): string {
    return 'No result yet: the rounds are not finished.';
  }

  lost(): boolean {
    return brokeOff(this.#runs).length > 0;
  }

  watch(): () => void {
    return this.#stage.watch();
  }

  cancel(): void {
    // Whatever is being measured is rejected at once.
    this.#options.sides.end();
  }

  async measure(): Promise<'measured'> {
    const end = await inRounds({
      seed: this.#options.settings.seed,
      active: () => this.#runs.filter(wantsRound),
      turns: (order, { number }) => this.#turns(order, number),
      over: () => (this.#runs.some(wantsRound) ? null : ('measured' as const)),
    });
    this.#controls.stopping.check();
    throwIfNothingMeasured(this.#runs);
    return end;
  }

  dismiss(): void {
    this.#current = null;
    this.#options.sides.end();
    this.#stage.close();
  }

  soFar(ending: Ending<'measured'>): LabReport | null {
    return this.#runs.some(({ done }) => done > 0) ? this.report(ending) : null;
  }

  report({ end, outcome, failure }: Ending<'measured'>): LabReport {
    const { settings, lab } = this.#options;
    const cut = end === 'stopped';
    const reasonOf = (one: LabCase): string | null => {
      const run = this.#runs.find((each) => each.one === one);
      return run === undefined ? null : reasonAtEnd(run, cut);
    };
    const report: LabReport = {
      ...this.#stage.head({ outcome, failure }),
      kind: 'lab',
      finding: '',
      settings,
      ...lab.body(reasonOf),
    };
    return {
      ...report,
      finding:
        outcome === 'failed' && failure !== null
          ? failure.message
          : [...(cut ? [] : failedCases(this.#runs)), lab.finding(report)].join(' '),
    };
  }

  async #turns(order: readonly LabCaseRun[], round: number): Promise<void> {
    this.#round = round;
    for (const run of order) {
      this.#controls.stopping.check();
      await this.#turn(run);
      await this.#controls.keep();
    }
  }

  async #turn(run: LabCaseRun): Promise<void> {
    this.#current = run;
    const sinceMs = nowMs();
    try {
      await run.one.measure(run.done);
      run.done++;
    } catch (error) {
      // Stopping ends it by an error of its own.
      if (!this.#controls.stopping.stopped) run.reason = errorInfo(error).message;
      if (error instanceof SideLost) this.#stage.ended(error.signal);
    }
    run.tookMs += nowMs() - sinceMs;
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
function throwIfNothingMeasured(runs: readonly LabCaseRun[]): void {
  if (runs.some(({ done }) => done > 0)) return;
  // What could have been measured says more than what never can.
  const reason = runs.find(({ one }) => one.unavailable === null)?.reason ?? runs[0]?.reason ?? '';
  throw new CoreloomError('not-available', `Nothing of the lab could be measured. ${reason}`.trim());
}
