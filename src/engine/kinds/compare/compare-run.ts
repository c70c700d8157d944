import {
  CoreloomError,
  contenderTitle,
  errorInfo,
  type CompareEnd,
  type CompareReport,
  type CompareState,
  type ContenderKey,
  type ExperimentProgress,
  type ResolvedCompareSettings,
} from '../../../contract';
import { nowMs } from '../../system/clock';
import { CALL_ROUNDS } from '../../statistics/difference';
import { median } from '../../statistics/summary';
import {
  Lifecycle,
  type Controls,
  type Ending,
  type LifecycleOptions,
  type Procedure,
  type Running,
} from '../shared/lifecycle';
import { Rounds, type RoundsOptions } from '../shared/rounds';
import { buildCompareReport, judgedReport } from './build-report';
import { contendersOf, type Contender } from './contender';
import { Race } from './race';
import { findingSoFar } from './so-far';
import { limitsOf, nextStep, racing, roundsMs, timeLimitMs, type CompareLimits, type Progress } from './stability';
import { standings, type Standing } from './standing';
import { chooseTasks, shortened, shorterTaskMs, waits, type Look, type RoundChoice } from './task-count';
import { isKnown, livesMs, warmUpMs, type LivesSoFar } from './time-left';
import { told } from './told';

/** Each contender lives this often from start-up to teardown, unless that takes longer than its limit. */
const LIVES = 6;

const PHASES = {
  calibrating: 'Finding the number of tasks per round',
  restarting: 'Starting all workers again',
  lives: 'Cold runs, from start-up to teardown',
};

type Own = Omit<CompareState, keyof ExperimentProgress>;

/** What a comparison is made of; its executors are those that the settings name, and Python's threads where its baseline is wanted. */
export interface CompareOptions extends RoundsOptions<ResolvedCompareSettings>, LifecycleOptions<Own> {
  limits?: CompareLimits;
  /** Whether tasks may be made smaller than they are, so that enough rounds fit into the time; default: no. */
  mayShorten?: boolean;
}

/** A comparison that is on, or that has ended. */
export type Comparison = Running<CompareState, CompareReport>;

/** Starts a comparison: the same list of tasks on several executors, in rounds of shuffled order. */
export function startComparison(options: CompareOptions): Comparison {
  return new Lifecycle(options, (controls) => new Compare(options, controls));
}

class Compare implements Procedure<Own, CompareReport, CompareEnd> {
  readonly course: Rounds<Contender, ResolvedCompareSettings, 'restarting' | 'lives'>;
  readonly #options: CompareOptions;
  readonly #controls: Controls;
  readonly #contenders: Contender[];

  readonly #race: Race;
  readonly #orders: ContenderKey[][] = [];
  /** Contenders that are yet to be warmed up. */
  #cold: readonly Contender[];
  #standings: readonly Standing[] = [];
  /** How the contenders stand, for the state. */
  #told: Pick<CompareState, 'pairs' | 'undecided'> = { pairs: [], undecided: [] };
  readonly #restarts: number[] = [];
  /** What ended the rounds; null before. */
  #end: CompareEnd | null = null;
  readonly #limits: CompareLimits;
  #lives: LivesSoFar;

  constructor(options: CompareOptions, controls: Controls) {
    this.#options = options;
    this.#controls = controls;
    this.#contenders = contendersOf(options.settings, options.executors);
    this.course = new Rounds(options, controls, {
      members: this.#contenders,
      phases: PHASES,
      title: ({ name }) => contenderTitle(name),
      failed: (contender, error) => {
        this.#failed(contender, error);
      },
    });
    this.#cold = this.#contenders;
    this.#limits = options.limits ?? limitsOf(this.#contenders.length, options.settings);
    this.#lives = { done: 0, of: LIVES, tookMs: 0, limitMs: this.#limits.livesMs };
    this.#race = new Race(this.course);
  }

  state(): Own {
    const { phase, settings, done, current } = this.course;
    return {
      kind: 'compare',
      phase,
      settings,
      rounds: done,
      current: current?.member.name ?? null,
      contenders: this.#contenders.map(({ name, rounds, failure }) => ({
        contender: name,
        medianMs: rounds.size > 0 ? median([...rounds.values()].map(({ makespanMs }) => makespanMs)) : null,
        failure,
      })),
      ...this.#told,
    };
  }

  finding(): string {
    const { measuringMs } = this.course;
    const leftMs = this.#end === null ? timeLimitMs(this.#progress()) - measuringMs : null;
    return findingSoFar({ ...this.state(), plannedRounds: this.course.settings.rounds, measuringMs, leftMs });
  }

  async measure(): Promise<CompareEnd> {
    await this.#calibrate();
    await this.#warmUp();
    this.#end = await this.course.measure({
      active: () => this.#racing(),
      turns: async (order, { number }) => {
        if (number === this.#restarts.at(-1)) await this.#restart();
        this.#orders.push(order.map(({ name }) => name));
        await this.#each((contender) => this.#race.round(contender, number), order);
      },
      over: () => this.#over(),
    });
    await this.#live();
    return this.#end;
  }

  /** Looks at the rounds so far; what ended them, or null. */
  #over(): CompareEnd | null {
    this.#look();
    this.#foresee();
    const step = nextStep(this.#progress());
    if (step === 'restart') this.#restarts.push(this.course.done);
    return step === 'restart' || step === 'round' ? null : step;
  }

  #look(): void {
    this.#standings = standings(this.#contenders, this.#standings);
    if (this.course.done >= CALL_ROUNDS) this.#told = told(this.#progress());
  }

  async #restart(): Promise<void> {
    this.course.enter('restarting');
    await this.#each((contender) => this.#race.dismiss(contender));
    await this.#each((contender) => this.#race.warmUp(contender));
    this.course.resume();
  }

  /** Finds the size of a task, and how many make a round that is long enough on every contender, and no longer than there is time for. */
  async #calibrate(): Promise<void> {
    const { course } = this;
    this.#race.inputs = await course.prepare();
    if (course.settings.tasks === null) {
      const looks = new Map<Contender, Look>();
      await this.#each(async (contender) => void looks.set(contender, await this.#race.probe(contender)));
      const { workers, precise = false } = course.settings;
      const choice = { workers, precise, waits: waits(this.#options.workload.info) };
      const share = await this.#shorten(looks, choice);
      const tasks = chooseTasks(shortened([...looks.values()], share), choice);
      course.settings = { ...course.settings, tasks };
      for (const [contender, { wallMs }] of looks) contender.listMs = wallMs * tasks * share;
      this.#foresee();
    }
    this.#race.tasks = course.settings.tasks ?? 1;
  }

  /** Makes tasks smaller where too few rounds would fit into the time; answers how long they take, as a share of what they took. */
  async #shorten(looks: ReadonlyMap<Contender, Look>, choice: RoundChoice): Promise<number> {
    const { course } = this;
    const taskMs = this.#options.mayShorten === true ? shorterTaskMs([...looks.values()], choice) : null;
    const [fastest] = [...looks].sort(([, a], [, b]) => a.runMs - b.runMs);
    if (taskMs === null || fastest === undefined) return 1;
    const [contender, { runMs }] = fastest;
    const defaultSize = course.settings.size;
    await course.turn(contender, contender.workers, async () => {
      const inputs = await course.shorten(contender.executor, taskMs);
      if (inputs === null) return;
      this.#race.inputs = inputs;
      course.settings = { ...course.settings, defaultSize };
    });
    return (course.settings.calibratedMs ?? runMs) / runMs;
  }

  async #warmUp(): Promise<void> {
    this.course.enter('warming-up');
    await this.#each(async (contender) => {
      await this.#race.warmUp(contender);
      this.#cold = this.#cold.filter((one) => one !== contender);
      this.#foresee();
    });
  }

  /** A few lives of each in turn, of long ones only one: after the rounds, whose verdict does not need them. */
  async #live(): Promise<void> {
    this.course.enter('lives');
    await this.#each((contender) => this.#race.dismiss(contender));
    const sinceMs = nowMs();
    while (this.#lives.done < this.#lives.of && this.#lives.tookMs < this.#lives.limitMs) {
      this.#foresee();
      await this.#each((contender) => this.#race.live(contender));
      this.#lives = { ...this.#lives, done: this.#lives.done + 1, tookMs: nowMs() - sinceMs };
    }
  }

  /** One that fails after its rounds keeps its place in them. */
  #failed(contender: Contender, error: unknown): void {
    const failure = errorInfo(error);
    if (this.#end === null) contender.failure = failure;
    else this.course.warnings.add(`Cold runs of ${contenderTitle(contender.name)} are missing: ${failure.message}`);
    contender.executor.resize(0);
  }

  /** How long all steps will take yet, at most. */
  #foresee(): void {
    if (!isKnown(this.#contenders)) return;
    const rounds = this.#end === null ? warmUpMs(this.#cold) + roundsMs(this.#progress()) : 0;
    this.course.foresee(rounds + livesMs(this.#contenders, this.#lives));
  }

  #progress(): Progress {
    const { settings, done: rounds, measuringMs } = this.course;
    return {
      contenders: this.#contenders,
      settings,
      limits: this.#limits,
      rounds,
      measuringMs,
      restarts: this.#restarts,
      standings: this.#standings,
    };
  }

  /** Who is in the next round. Throws `not-available` when fewer than two have not failed. */
  #racing(): Contender[] {
    if (this.course.active.length > 1) return racing(this.#progress());
    const why =
      this.#contenders.find(({ failure }) => failure !== null)?.failure?.message ??
      'Choose at least two that can run here.';
    throw new CoreloomError('not-available', `Fewer than two executors are left to compare. ${why}`);
  }

  /** A turn of each contender. */
  async #each(
    turn: (contender: Contender) => Promise<void>,
    order: readonly Contender[] = this.#contenders,
  ): Promise<void> {
    for (const contender of order) {
      if (contender.failure) continue;
      await this.course.turn(contender, contender.workers, () => turn(contender));
      await this.#controls.keep();
    }
  }

  soFar(ending: Ending<CompareEnd>): CompareReport | null {
    const measured = this.#contenders.some(({ rounds }) => rounds.size > 0);
    return measured ? this.#built(ending) : null;
  }

  report(ending: Ending<CompareEnd>): CompareReport {
    const report = judgedReport(this.#built(ending));
    this.course.phase = 'ended';
    return report;
  }

  #built(ending: Ending<CompareEnd>): CompareReport {
    return buildCompareReport({
      workload: this.#options.workload.info,
      settings: this.course.settings,
      contenders: this.#contenders,
      orders: this.#orders,
      rounds: this.course.done,
      restarts: this.#restarts,
      end: this.#end ?? ending.end,
      proof: this.course.proof,
      head: this.course.stage.head(ending),
    });
  }
}
