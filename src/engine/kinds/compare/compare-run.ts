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
import { aheadMs, LIMITS, remainingMs, roundsOver, type CompareLimits, type Progress } from './stability';
import { chooseTasks } from './task-count';

/** Each contender lives this often from start-up to teardown, unless that takes longer than this many ms. */
const LIVES = 6;
const LIVES_MS = 4000;

const PHASES = {
  calibrating: 'Finding the number of tasks per round',
  lives: 'Cold runs, from start-up to teardown',
};

type Own = Omit<CompareState, keyof ExperimentProgress>;

/** What a comparison is made of; its executors are those that the settings name, and Python's threads where its baseline is wanted. */
export interface CompareOptions extends RoundsOptions<ResolvedCompareSettings>, LifecycleOptions<Own> {
  limits?: CompareLimits;
}

/** A comparison that is on, or that has ended. */
export type Comparison = Running<CompareState, CompareReport>;

/** Starts a comparison: the same list of tasks on several executors, in rounds of shuffled order. */
export function startComparison(options: CompareOptions): Comparison {
  return new Lifecycle(options, (controls) => new Compare(options, controls));
}

class Compare implements Procedure<Own, CompareReport, CompareEnd> {
  readonly course: Rounds<Contender, ResolvedCompareSettings, 'lives'>;
  readonly #options: CompareOptions;
  readonly #controls: Controls;
  readonly #contenders: Contender[];

  readonly #race: Race;
  readonly #orders: ContenderKey[][] = [];

  constructor(options: CompareOptions, controls: Controls) {
    this.#options = options;
    this.#controls = controls;
    this.#contenders = contendersOf(options.settings, options.executors);
    this.course = new Rounds(options, controls, {
      members: this.#contenders,
      phases: PHASES,
      title: ({ name }) => contenderTitle(name),
      failed(contender, error) {
        contender.failure = errorInfo(error);
        contender.executor.resize(0);
      },
    });
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
    };
  }

  finding(): string {
    return 'No result yet: the rounds are not finished.';
  }

  async measure(): Promise<CompareEnd> {
    await this.#calibrate();
    await this.#live();
    this.course.enter('warming-up');
    await this.#each((contender) => this.#race.warmUp(contender));
    return this.course.measure({
      active: () => this.#racing(),
      turns: (order, { number }) => {
        this.#orders.push(order.map(({ name }) => name));
        return this.#each((contender) => this.#race.round(contender, number), order);
      },
      over: () => {
        const progress = this.#progress();
        this.course.foresee(remainingMs(progress));
        return roundsOver(progress);
      },
    });
  }

  /** Finds the size of a task, and how many make a round that is long enough on every contender. */
  async #calibrate(): Promise<void> {
    const { course } = this;
    this.#race.inputs = await course.prepare();
    if (course.settings.tasks === null) {
      const wallMs: number[] = [];
      await this.#each(async (contender) => void wallMs.push(await this.#race.probe(contender)));
      course.settings = { ...course.settings, tasks: chooseTasks(wallMs, course.settings.workers) };
    }
    this.#race.tasks = course.settings.tasks ?? 1;
  }

  /** A few lives of each in turn, of long ones only one. */
  async #live(): Promise<void> {
    const sinceMs = nowMs();
    for (let done = 0; done < LIVES && (done === 0 || nowMs() - sinceMs < LIVES_MS);) {
      this.course.enter('lives');
      await this.#each((contender) => this.#race.live(contender));
      done++;
      const lives = { done, of: LIVES, tookMs: nowMs() - sinceMs, limitMs: LIVES_MS };
      this.course.foresee(aheadMs(this.#progress(), lives));
    }
  }

  #progress(): Progress {
    const { settings, done: rounds, measuringMs } = this.course;
    const { limits = LIMITS } = this.#options;
    return { contenders: this.#contenders, settings, limits, rounds, measuringMs };
  }

  /** Contenders that have not failed. Throws `not-available` when fewer than two are left. */
  #racing(): Contender[] {
    const racing = this.course.active;
    if (racing.length > 1) return racing;
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
    const measured = this.#contenders.some(({ lives, rounds }) => lives.length > 0 || rounds.size > 0);
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
      end: ending.end,
      proof: this.course.proof,
      head: this.course.stage.head(ending),
    });
  }
}
