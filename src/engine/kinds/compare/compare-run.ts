import {
  CoreloomError,
  errorInfo,
  type CompareEnd,
  type ComparePhase,
  type CompareReport,
  type CompareState,
  type ContenderKey,
  type ErrorInfo,
  type RunOutcome,
} from '../../../contract';
import { nowMs } from '../../system/clock';
import { createRandom, shuffled } from '../../statistics/random';
import { median } from '../../statistics/summary';
import { tolerated } from '../shared/checksums';
import { startsProcesses, watched } from '../shared/watched';
import { outcomeOf, type ReportHead } from '../shared/report-head';
import { Stage } from '../shared/stage';
import { progressOf } from '../shared/stopwatch';
import { buildCompareReport, judgedReport } from './build-report';
import { contendersOf, type Contender } from './contender';
import type { CompareOptions, Comparison } from './options';
import { Race } from './race';
import { aheadMs, LIMITS, remainingMs, roundsOver } from './stability';
import { chooseTasks } from './task-count';
import { stepWords } from './step';

/** Each contender lives this often from start-up to teardown, unless that takes longer than this many ms. */
const LIVES = 6;
const LIVES_MS = 4000;

const NOTHING_YET = 'No result yet: the rounds are not finished.';

/** Starts a comparison: the same list of tasks on several executors, in rounds of shuffled order. */
export function startComparison(options: CompareOptions): Comparison {
  return new Compare(options);
}

class Compare implements Comparison {
  readonly id: string;
  readonly ended: Promise<CompareReport>;
  readonly #options: CompareOptions;
  readonly #stage: Stage;
  readonly #contenders: Contender[];
  readonly #race: Race;
  readonly #orders: ContenderKey[][] = [];
  #settings;
  #phase: ComparePhase = 'calibrating';
  #current: Contender | null = null;
  #rounds = 0;
  #remainingMs: number | null = null;
  #end: CompareEnd | null = null;
  #failure: ErrorInfo | null = null;
  #finding = NOTHING_YET;

  constructor(options: CompareOptions) {
    this.#options = options;
    this.id = options.id;
    this.#settings = options.settings;
    this.#contenders = contendersOf(options.settings, options.executors);
    this.#race = new Race({
      starts: startsProcesses(options.workload),
      warn: (sentence) => {
        this.#stage.warnings.add(sentence);
      },
      tolerated: () => tolerated({ workload: options.workload, emit: () => {} }, this.#stage.warnings),
    });
    this.#stage = new Stage(options, this.#race.stop);
    this.ended = this.#compare();
  }

  state(): CompareState {
    const ended = this.#phase === 'ended';
    return {
      kind: 'compare',
      id: this.id,
      phase: this.#phase,
      step: stepWords(this.#phase, this.#current?.name ?? null, this.#rounds, this.#settings.rounds),
      progress: progressOf(ended, this.#stage.stopwatch.elapsedMs(), this.#remainingMs),
      settings: this.#settings,
      startedAt: this.#stage.stopwatch.startedAt,
      elapsedMs: this.#stage.stopwatch.elapsedMs(),
      remainingMs: ended ? 0 : this.#remainingMs,
      rounds: this.#rounds,
      current: this.#current?.name ?? null,
      contenders: this.#contenders.map(({ name, rounds, failure }) => ({
        contender: name,
        medianMs: rounds.size > 0 ? median([...rounds.values()].map(({ makespanMs }) => makespanMs)) : null,
        failure,
      })),
      finding: this.#finding,
      outcome: ended ? this.#outcome() : null,
      failure: this.#failure,
      reportId: ended ? this.id : null,
    };
  }

  stop(): void {
    if (this.#end !== null || this.#race.stop.stopped) return;
    this.#stage.stop();
  }

  async #compare(): Promise<CompareReport> {
    const unwatch = this.#stage.watch(() => {
      this.#announce();
    });
    try {
      await this.#prepare();
      await this.#calibrate();
      await this.#live();
      await this.#step('warming-up', (contender) => this.#race.warmUp(contender));
      await this.#measure();
    } catch (error) {
      // Stopping ends whatever is under way by errors of its own.
      this.#failure = this.#stage.failure ?? (this.#race.stop.stopped ? null : errorInfo(error));
    }
    this.#end ??= this.#failure ? 'failed' : 'stopped';
    await this.#dismiss();
    unwatch();
    return this.#report();
  }

  async #prepare(): Promise<void> {
    this.#settings = { ...this.#settings, prepared: await this.#stage.prepare(this.#settings.workloadSettings) };
  }

  /** Finds the size of a task, and how many make a round that is long enough on every contender. */
  async #calibrate(): Promise<void> {
    this.#enter('calibrating');
    this.#settings = { ...this.#settings, ...(await this.#stage.size(this.#settings, this.#contenders[0]?.executor)) };
    this.#race.inputs = this.#options.inputs(this.#settings);
    if (this.#settings.tasks === null) {
      const wallMs: number[] = [];
      await this.#each(async (contender) => void wallMs.push(await this.#race.probe(contender)));
      this.#settings = { ...this.#settings, tasks: chooseTasks(wallMs, this.#settings.workers) };
    }
    this.#race.tasks = this.#settings.tasks ?? 1;
  }

  /** A few lives of each in turn, of long ones only one. */
  async #live(): Promise<void> {
    const sinceMs = nowMs();
    for (let done = 0; done < LIVES && (done === 0 || nowMs() - sinceMs < LIVES_MS);) {
      await this.#step('lives', (contender) => this.#race.live(contender));
      done++;
      const { limits = LIMITS } = this.#options;
      this.#remainingMs = aheadMs(
        { contenders: this.#contenders, settings: this.#settings, limits },
        { done, of: LIVES, tookMs: nowMs() - sinceMs, limitMs: LIVES_MS },
      );
    }
  }

  async #measure(): Promise<void> {
    this.#options.sampler.watch(watched(this.#options.executors, { starts: startsProcesses(this.#options.workload) }));
    this.#enter('measuring');
    const sinceMs = nowMs();
    while (this.#end === null) {
      const order = shuffled(this.#racing(), createRandom((this.#settings.seed + this.#rounds) >>> 0));
      this.#orders.push(order.map(({ name }) => name));
      await this.#each((contender) => this.#race.round(contender, this.#rounds), order);
      this.#rounds++;
      const progress = {
        contenders: this.#contenders,
        settings: this.#settings,
        limits: this.#options.limits ?? LIMITS,
        rounds: this.#rounds,
        measuringMs: nowMs() - sinceMs,
      };
      this.#remainingMs = remainingMs(progress);
      this.#end = roundsOver(progress);
    }
  }

  /** Who is still in the race. Throws `not-available` where that is no race any more. */
  #racing(): Contender[] {
    const racing = this.#contenders.filter(({ failure }) => failure === null);
    if (racing.length > 1) return racing;
    const why =
      this.#contenders.find(({ failure }) => failure !== null)?.failure?.message ??
      'Choose at least two that can run here.';
    throw new CoreloomError('not-available', `Fewer than two executors are left to compare. ${why}`);
  }

  async #step(phase: ComparePhase, step: (contender: Contender) => Promise<void>): Promise<void> {
    this.#enter(phase);
    await this.#each(step);
  }

  /** Does something with each contender in turn; one that fails leaves, the others go on. A wrong checksum ends all. */
  async #each(
    step: (contender: Contender) => Promise<void>,
    contenders: readonly Contender[] = this.#contenders,
  ): Promise<void> {
    for (const contender of contenders) {
      if (contender.failure) continue;
      this.#current = contender;
      this.#announce();
      try {
        await step(contender);
      } catch (error) {
        const failure = errorInfo(error);
        if (this.#race.stop.stopped || failure.code === 'checksum-mismatch') throw error;
        contender.failure = failure;
        contender.executor.resize(0);
      }
      await this.#options.keep(() => this.#soFar());
    }
    this.#current = null;
  }

  async #dismiss(): Promise<void> {
    this.#current = null;
    this.#enter('stopping');
    await this.#stage.dismiss();
    this.#race.close();
  }

  #report(): CompareReport {
    const report = judgedReport(this.#built(this.#end ?? 'failed', this.#stage.head(this.#outcome(), this.#failure)));
    this.#finding = report.finding;
    this.#phase = 'ended';
    return report;
  }

  /** What would be left should this process be killed now; null before anything was measured. */
  #soFar(): CompareReport | null {
    const measured = this.#contenders.some(({ lives, rounds }) => lives.length > 0 || rounds.size > 0);
    return measured ? this.#built('stopped', this.#stage.headSoFar()) : null;
  }

  #built(end: CompareEnd, head: ReportHead): CompareReport {
    return buildCompareReport({
      options: this.#options,
      settings: this.#settings,
      contenders: this.#contenders,
      orders: this.#orders,
      rounds: this.#rounds,
      end,
      proof: this.#race.proof(),
      head,
    });
  }

  #outcome(): RunOutcome {
    return outcomeOf({
      failure: this.#failure,
      stopped: this.#end === 'stopped',
      lost: this.#contenders.some(({ failure }) => failure !== null),
    });
  }

  #enter(phase: ComparePhase): void {
    this.#phase = phase;
    this.#announce();
  }

  #announce(): void {
    this.#options.announce(this.state());
  }
}
