import { errorInfo, plural, type ErrorInfo, type Proof } from '../../../contract';
import type { TaskOutcome } from '../../executor';
import { createRandom, shuffled, type Random } from '../../statistics/random';
import { nowMs } from '../../system/clock';
import type { InputSettings } from '../../workload/inputs';
import type { PrepareRequest, TaskInput, Workload } from '../../workload/workload';
import type { ExperimentKit } from '../kind';
import { createChecksumLedger, tolerated } from './checksums';
import type { NodeExecutor } from './staffing';
import type { Controls, Course } from './lifecycle';
import { beginPreparation, shareWith, type Preparation } from './preparation';
import { chooseSize, type ChosenSize } from './sizes';
import { Stage } from './stage';
import type { StopSignal } from './stop-signal';
import { createUsageReader, type UsageReader } from './usage';
import type { Warnings } from './warnings';
import { startsProcesses, watched } from './watched';

/** Running tasks may finish for this long once an experiment is stopped; then their workers are ended. */
const STOP_GRACE_MS = 120;

/** The phases that all experiments in rounds go through. */
type RoundsPhase = 'calibrating' | 'warming-up' | 'measuring' | 'stopping' | 'ended';

const PHASES = { 'warming-up': 'Warming up', measuring: 'Measuring', stopping: 'Stopping' };

/** One who takes part in rounds, until it fails. */
export interface Member {
  readonly executor: NodeExecutor;
  failure: ErrorInfo | null;
}

/** What is resolved for any experiment in rounds. */
export interface RoundsSettings extends InputSettings {
  taskMs: number | null;
  /** null: until its own measure of enough is reached. */
  rounds: number | null;
}

/** What an experiment in rounds is made of; its executors are those that its settings need. */
export interface RoundsOptions<S extends RoundsSettings> extends Pick<
  ExperimentKit,
  'executors' | 'sampler' | 'machine' | 'createdBy' | 'keep'
> {
  id: string;
  workload: Workload;
  settings: S;
  /** The distinct inputs of tasks. */
  inputs(settings: S): readonly TaskInput[];
  entries: PrepareRequest['entries'];
  /** Ends executors that were made for this experiment alone. */
  close?: (() => Promise<void>) | undefined;
}

/** What differs from kind to kind. */
export interface RoundsOf<M extends Member, Further extends string> {
  members: readonly M[];
  /** What is done in the phases of this kind, in words. */
  phases: Record<Further | 'calibrating', string>;
  /** Who is at work, in words. */
  title(member: M, workers: number): string;
  /** A member failed with its turn: has it leave, or go on with less. */
  failed(member: M, error: unknown): void;
}

/** Checks the result of a task; throws where it is not the one that this input had before. */
export type Check = (outcome: Extract<TaskOutcome<TaskInput, number>, { state: 'done' }>, input: number) => void;

/** What measuring one member at a time needs. */
export interface RoundsTools {
  readonly usage: UsageReader;
  readonly warnings: Warnings;
  readonly stopping: StopSignal;
  /** What checks the results of an executor. */
  check(executor: NodeExecutor): Check;
}

/** The workload of an experiment on pools, measured in rounds: its preparation, who has a turn, what is checked, its end. */
export class Rounds<M extends Member, S extends RoundsSettings, Further extends string> implements Course, RoundsTools {
  readonly stage: Stage;
  readonly usage: UsageReader;
  settings: S;
  phase: RoundsPhase | Further = 'calibrating';
  current: { member: M; workers: number } | null = null;
  /** Complete ones. */
  done = 0;
  readonly #options: RoundsOptions<S>;
  readonly #of: RoundsOf<M, Further>;
  readonly #controls: Controls;
  #ledger = createChecksumLedger();
  readonly #starts: boolean;
  #preparation: Preparation | null = null;
  #sinceMs: number | null = null;
  #remainingMs: number | null = null;

  constructor(options: RoundsOptions<S>, controls: Controls, of: RoundsOf<M, Further>) {
    this.#options = options;
    this.#controls = controls;
    this.#of = of;
    this.settings = options.settings;
    this.stage = new Stage(options, controls);
    this.#starts = startsProcesses(options.workload);
    this.usage = createUsageReader({ starts: this.#starts });
  }

  /** Members that have not failed. */
  get active(): M[] {
    return this.#of.members.filter(({ failure }) => failure === null);
  }

  get stopping(): StopSignal {
    return this.#controls.stopping;
  }

  get warnings(): Warnings {
    return this.stage.warnings;
  }

  /** Since the first round began, ms. */
  get measuringMs(): number {
    return this.#sinceMs === null ? 0 : nowMs() - this.#sinceMs;
  }

  /** Inputs that gave the same result on every executor. */
  get proof(): Proof {
    return this.#ledger.proof();
  }

  watch(): () => void {
    return this.stage.watch();
  }

  lost(): boolean {
    return this.active.length < this.#of.members.length;
  }

  remainingMs(): number | null {
    return this.#remainingMs;
  }

  foresee(remainingMs: number | null): void {
    this.#remainingMs = remainingMs;
  }

  step(): string {
    const { phase, current, done, settings } = this;
    const phases: Record<string, string> = { ...PHASES, ...this.#of.phases };
    const who = current === null ? '' : `: ${this.#of.title(current.member, current.workers)}`;
    const of = settings.rounds === null ? '' : ` of ${String(settings.rounds)}`;
    return `${phases[phase] ?? ''}${who}${phase === 'measuring' ? `, ${plural(done, 'round')}${of}` : ''}`;
  }

  enter(phase: RoundsPhase | Further): void {
    this.phase = phase;
    this.#controls.announce();
  }

  /** Makes what tasks need and finds their size; answers their inputs. */
  async prepare(): Promise<readonly TaskInput[]> {
    this.enter('calibrating');
    this.settings = { ...this.settings, prepared: await this.#prepared() };
    this.settings = { ...this.settings, ...(await this.#size(this.#of.members[0]?.executor)) };
    return this.#options.inputs(this.settings);
  }

  /** Makes tasks smaller, so that they take this long on an executor that has workers; answers their inputs, or null where that is no smaller size. */
  async shorten(executor: NodeExecutor, taskMs: number): Promise<readonly TaskInput[] | null> {
    const chosen = await this.#sizeFor(executor, taskMs);
    if (chosen === null || chosen.size >= this.settings.size) return null;
    this.settings = { ...this.settings, ...chosen };
    // Results of tasks of another size say nothing of these.
    this.#ledger = createChecksumLedger();
    return this.#options.inputs(this.settings);
  }

  /** One turn of a member that has not failed. One that fails in it leaves, the others go on; a wrong checksum ends all. */
  async turn(member: M, workers: number, step: () => Promise<void>): Promise<void> {
    if (member.failure) return;
    this.current = { member, workers };
    this.#controls.announce();
    try {
      await step();
    } catch (error) {
      if (this.#controls.stopping.stopped || errorInfo(error).code === 'checksum-mismatch') throw error;
      this.#of.failed(member, error);
    }
    this.current = null;
  }

  /** Measures in rounds of the active members, until `over` says what ended them. */
  async measure<E>(round: Omit<Turns<M, E>, 'seed'>): Promise<E> {
    this.resume();
    this.#sinceMs = nowMs();
    return inRounds({
      ...round,
      seed: this.settings.seed,
      over: () => {
        this.done++;
        return round.over();
      },
    });
  }

  /** Rounds begin, or go on with other workers. */
  resume(): void {
    const { sampler, executors } = this.#options;
    sampler.watch(watched(executors, { starts: this.#starts }));
    this.enter('measuring');
  }

  check({ name }: NodeExecutor): Check {
    const { workload } = this.#options;
    return ({ worker, value }, input) => {
      const disagreement = this.#ledger.check({ executor: name, worker, input, checksum: value });
      if (disagreement && !tolerated({ workload, emit: () => {} }, this.warnings)) throw disagreement;
    };
  }

  /** Cancels all tasks. */
  async cancel(): Promise<void> {
    await Promise.all(this.#options.executors.map((executor) => executor.cancelAll({ graceMs: STOP_GRACE_MS })));
  }

  /** Ends every worker and what was prepared. */
  async dismiss(): Promise<void> {
    const { executors, sampler, close } = this.#options;
    this.current = null;
    this.enter('stopping');
    await this.cancel();
    for (const executor of executors) executor.resize(0);
    sampler.watch([]);
    const failed = (error: unknown): void => {
      this.warnings.add(errorInfo(error).message);
    };
    await this.#preparation?.stop().catch(failed);
    await close?.().catch(failed);
    this.stage.close();
    this.usage.close();
  }

  /** Makes what the workload needs before its first task (a server, a file). Throws `cancelled` once stopped. */
  async #prepared(): Promise<Record<string, string | number>> {
    const { workload, entries, executors } = this.#options;
    this.#preparation = beginPreparation(workload, {
      settings: this.settings.workloadSettings,
      entries,
      warn: (sentence) => {
        this.warnings.add(sentence);
      },
      gone: (error) => {
        this.#controls.fail(errorInfo(error));
      },
    });
    const values = await this.#controls.stopping.unless(this.#preparation.values);
    shareWith(executors, workload, values);
    return { ...values };
  }

  /** The size that makes a task as long as it is wanted, found on one executor, which keeps its workers; null when no length is wanted. */
  async #size(executor: NodeExecutor | undefined): Promise<ChosenSize | null> {
    const { taskMs } = this.settings;
    return taskMs === null || executor === undefined ? null : this.#sizeFor(executor, taskMs);
  }

  /** null where the end was asked for meanwhile. */
  #sizeFor(executor: NodeExecutor, taskMs: number): Promise<ChosenSize | null> {
    return chooseSize({
      workload: this.#options.workload,
      taskMs,
      settings: this.settings,
      executor,
      aborted: this.#controls.stopping.asked,
    });
  }
}

export interface Turns<M, E> {
  seed: number;
  /** Who is in the next round. */
  active(): readonly M[];
  /** The turns of one round, in this order; further orders in it are drawn by `random`. */
  turns(order: M[], round: { number: number; random: Random }): Promise<void>;
  /** Asked after each round: what ended them; null while they go on. */
  over(): E | null;
}

/** Goes through rounds until they are over, each in an order that the seed and the number of the round shuffle. */
export async function inRounds<M, E>({ seed, active, turns, over }: Turns<M, E>): Promise<E> {
  for (let number = 0; ; number++) {
    const random = createRandom((seed + number) >>> 0);
    await turns(shuffled(active(), random), { number, random });
    const end = over();
    if (end !== null) return end;
  }
}
