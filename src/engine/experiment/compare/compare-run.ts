import { CoreloomError, errorInfo, type CompareEnd, type ComparePhase, type CompareReport, type CompareState, type ContenderName, type ErrorInfo } from '../../../contract';
import { nowMs } from '../../clock';
import { CONTENDER_TITLES, plural } from '../../report/words';
import { createRandom, shuffled } from '../../statistics/random';
import { median } from '../../statistics/summary';
import { tolerated } from '../live/checks';
import { chooseSize } from '../live/choose-size';
import { createObserverMeter } from '../live/observer';
import { watched } from '../live/options';
import { beginPreparation, type Preparation } from '../live/preparation';
import { buildCompareReport } from './build-report';
import { contendersOf, type Contender } from './contender';
import { takeDown } from './crew';
import type { CompareOptions, Comparison } from './options';
import { Race } from './race';
import { LIMITS, remainingMs, roundsOver } from './stability';
import { chooseTasks } from './task-count';
import { progressOf, stepWords } from './step';
import { verdict } from './verdict';

/** Running tasks may finish for this long once a comparison is stopped; then their workers are ended. */
const STOP_GRACE_MS = 120;
const TICK_MS = 250;
const NOTHING_YET = 'Nothing can be said before the rounds are over.';

/** Starts a comparison: the same list of tasks on several executors, in rounds of shuffled order. */
export function startComparison(options: CompareOptions): Comparison {
  return new Compare(options);
}

class Compare implements Comparison {
  readonly id: string;
  readonly ended: Promise<CompareReport>;
  readonly #options: CompareOptions;
  readonly #contenders: Contender[];
  readonly #race: Race;
  readonly #observer = createObserverMeter();
  readonly #startedAt = new Date().toISOString();
  readonly #startedMs = nowMs();
  readonly #orders: ContenderName[][] = [];
  readonly #warnings: string[] = [];
  #settings;
  #phase: ComparePhase = 'calibrating';
  #current: Contender | null = null;
  #rounds = 0;
  #remainingMs: number | null = null;
  #end: CompareEnd | null = null;
  #failure: ErrorInfo | null = null;
  #endedMs: number | null = null;
  #finding = NOTHING_YET;
  #preparation: Preparation | null = null;

  constructor(options: CompareOptions) {
    this.#options = options;
    this.id = options.id;
    this.#settings = options.settings;
    this.#contenders = contendersOf(options.settings, options.executors);
    this.#race = new Race({
      warn: (sentence) => this.#warnings.push(sentence),
      tolerated: () => tolerated({ workload: options.workload, emit: () => {} }, this.#warnings),
    });
    this.ended = this.#compare();
  }

  state(): CompareState {
    const ended = this.#phase === 'ended';
    return {
      kind: 'compare',
      id: this.id,
      phase: this.#phase,
      step: stepWords(this.#phase, this.#current?.name ?? null, this.#rounds, this.#settings.rounds),
      progress: progressOf(this.#phase, this.#elapsedMs(), this.#remainingMs),
      settings: this.#settings,
      startedAt: this.#startedAt,
      elapsedMs: this.#elapsedMs(),
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
    this.#race.stop.stop();
    for (const executor of this.#options.executors) void executor.cancelAll({ graceMs: STOP_GRACE_MS });
  }

  async #compare(): Promise<CompareReport> {
    const { sampler, executors } = this.#options;
    const unsubscribe = [
      sampler.on((sample) => {
        this.#observer.sampled(sample);
      }),
      ...executors.map((executor) =>
        executor.on((event) => {
          if (event.type === 'warning') this.#warnings.push(event.warning.message);
        }),
      ),
    ];
    const ticker = setInterval(() => {
      this.#announce();
    }, TICK_MS);
    try {
      await this.#prepare();
      await this.#calibrate();
      await this.#step('lives', (contender) => this.#race.live(contender));
      await this.#step('warming-up', (contender) => this.#race.warmUp(contender));
      await this.#measure();
    } catch (error) {
      // Stopping ends whatever is under way by errors of its own.
      if (!this.#race.stop.stopped) this.#failure = errorInfo(error);
    }
    this.#end ??= this.#failure ? 'failed' : 'stopped';
    await this.#dismiss();
    clearInterval(ticker);
    for (const off of unsubscribe) off();
    return this.#report();
  }

  async #prepare(): Promise<void> {
    const { workload, entries } = this.#options;
    this.#preparation = beginPreparation(workload, { settings: this.#settings.workloadSettings, entries });
    const prepared = await this.#race.stop.unless(this.#preparation.values);
    this.#settings = { ...this.#settings, prepared: { ...prepared } };
  }

  /** Finds the size of a task, and how many make a round that is long enough on every contender. */
  async #calibrate(): Promise<void> {
    this.#enter('calibrating');
    const { taskMs, workers } = this.#settings;
    const first = this.#contenders[0]?.executor;
    if (taskMs !== null && first) {
      const chosen = await chooseSize({ workload: this.#options.workload, taskMs, settings: this.#settings, executor: first, aborted: this.#race.stop.asked });
      if (chosen) this.#settings = { ...this.#settings, ...chosen };
      await takeDown(first);
    }
    this.#race.inputs = this.#options.inputs(this.#settings);
    if (this.#settings.tasks === null) {
      const wallMs: number[] = [];
      await this.#each(async (contender) => void wallMs.push(await this.#race.probe(contender)));
      this.#settings = { ...this.#settings, tasks: chooseTasks(wallMs, workers) };
    }
    this.#race.tasks = this.#settings.tasks ?? 1;
  }

  async #measure(): Promise<void> {
    this.#options.sampler.watch(watched(this.#options.executors));
    this.#enter('measuring');
    const sinceMs = nowMs();
    while (this.#end === null) {
      const order = shuffled(this.#racing(), createRandom((this.#settings.seed + this.#rounds) >>> 0));
      this.#orders.push(order.map(({ name }) => name));
      await this.#each((contender) => this.#race.round(contender, this.#rounds), order);
      this.#rounds++;
      const progress = {
        contenders: this.#contenders, settings: this.#settings, limits: this.#options.limits ?? LIMITS, rounds: this.#rounds, measuringMs: nowMs() - sinceMs,
      };
      this.#remainingMs = remainingMs(progress);
      this.#end = roundsOver(progress);
    }
  }

  /** Who is still in the race. Throws `not-available` where that is no race any more. */
  #racing(): Contender[] {
    const racing = this.#contenders.filter(({ failure }) => failure === null);
    if (racing.length > 1) return racing;
    const why = this.#contenders.find(({ failure }) => failure !== null)?.failure?.message ?? 'Name two that can run here.';
    throw new CoreloomError('not-available', `Fewer than two executors are left to compare. ${why}`);
  }

  async #step(phase: ComparePhase, step: (contender: Contender) => Promise<void>): Promise<void> {
    this.#enter(phase);
    await this.#each(step);
  }

  /** Does something with each contender in turn; one that fails leaves, the others go on. A wrong checksum ends all. */
  async #each(step: (contender: Contender) => Promise<void>, contenders: readonly Contender[] = this.#contenders): Promise<void> {
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
        this.#warnings.push(`${CONTENDER_TITLES[contender.name]} left after ${plural(contender.rounds.size, 'round')}: ${failure.message}`);
        contender.executor.resize(0);
      }
    }
    this.#current = null;
  }

  async #dismiss(): Promise<void> {
    this.#current = null;
    this.#enter('stopping');
    const { executors, sampler, workload, close } = this.#options;
    await Promise.all(executors.map((executor) => executor.cancelAll({ graceMs: STOP_GRACE_MS })));
    for (const executor of executors) executor.resize(0);
    sampler.watch([]);
    this.#race.close();
    const failed = (error: unknown): void => void this.#warnings.push(errorInfo(error).message);
    await this.#preparation?.stop().catch(failed);
    await close?.().catch(failed);
    workload.tidy?.();
    this.#endedMs = nowMs();
  }

  #report(): CompareReport {
    const made = buildCompareReport({
      options: this.#options, settings: this.#settings, contenders: this.#contenders, orders: this.#orders, rounds: this.#rounds,
      end: this.#end ?? 'failed', outcome: this.#outcome(), failure: this.#failure, startedAt: this.#startedAt,
      elapsedMs: this.#elapsedMs(), warnings: this.#warnings, checksums: this.#race.checksums(),
      // Worker threads live in this process, and what all of them used is not known.
      observer: this.#observer.report(this.#elapsedMs(), null),
    });
    this.#finding = verdict(made);
    this.#phase = 'ended';
    return { ...made, finding: this.#finding };
  }

  #outcome(): CompareReport['outcome'] {
    if (this.#failure !== null) return 'failed';
    return this.#end === 'stopped' ? 'cancelled' : 'completed';
  }

  #elapsedMs(): number {
    return (this.#endedMs ?? nowMs()) - this.#startedMs;
  }

  #enter(phase: ComparePhase): void {
    this.#phase = phase;
    this.#announce();
  }

  #announce(): void {
    this.#options.announce(this.state());
  }
}
