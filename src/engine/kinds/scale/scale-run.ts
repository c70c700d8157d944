import {
  CoreloomError,
  errorInfo,
  executorTitle,
  plural,
  type ExperimentProgress,
  type ResolvedScaleSettings,
  type ScaleCeiling,
  type ScaleEnd,
  type ScaleReport,
  type ScaleState,
} from '../../../contract';
import { shuffled, type Random } from '../../statistics/random';
import { median } from '../../statistics/summary';
import { isLimit } from '../shared/staffing';
import {
  Lifecycle,
  type Controls,
  type Ending,
  type LifecycleOptions,
  type Procedure,
  type Running,
} from '../shared/lifecycle';
import { Rounds, type RoundsOptions } from '../shared/rounds';
import { Bench, type ScaleTimes } from './bench';
import { buildScaleReport, curveOf, fitReport } from './build-report';
import { ceilingOf } from './ceiling';
import { findingSoFar } from './finding';
import { limitsOf, remainingMs, roundsOver, type Progress, type ScaleLimits } from './narrow';
import { measuredPoints, narrowToRoom, oneWants, throughputs, trackOf, type Track } from './track';

const PHASES = { calibrating: 'Looking at the length of a task', fitting: 'Fitting the laws' };

type Own = Omit<ScaleState, keyof ExperimentProgress>;

/** What a scaling experiment is made of; its executors are those that the settings name, in their order. */
export interface ScaleOptions extends RoundsOptions<ResolvedScaleSettings>, LifecycleOptions<Own> {
  limits?: ScaleLimits;
  times?: ScaleTimes;
  /** The clock that tasks are stamped with, ms. */
  nowMs?: () => number;
}

/** A scaling experiment that is on, or that has ended. */
export type Scaling = Running<ScaleState, ScaleReport>;

/** Starts a scaling experiment: throughput over worker counts, in rounds of shuffled order. */
export function startScaling(options: ScaleOptions): Scaling {
  return new Lifecycle(options, (controls) => new Scale(options, controls));
}

class Scale implements Procedure<Own, ScaleReport, ScaleEnd> {
  readonly course: Rounds<Track, ResolvedScaleSettings, 'fitting'>;
  readonly #options: ScaleOptions;
  readonly #controls: Controls;
  readonly #tracks: Track[];
  readonly #bench: Bench;

  constructor(options: ScaleOptions, controls: Controls) {
    this.#options = options;
    this.#controls = controls;
    this.#tracks = options.executors.map((executor) => trackOf(executor, options.settings.workers));
    this.course = new Rounds(options, controls, {
      members: this.#tracks,
      phases: PHASES,
      title: ({ name }, workers) => `${executorTitle(name)}, ${plural(workers, 'worker')}`,
      failed(track, error) {
        // The warning says how many workers there is room for.
        if (!isLimit(error) || !narrowToRoom(track)) track.failure = errorInfo(error);
      },
    });
    this.#bench = new Bench(this.course, options);
  }

  state(): Own {
    const { phase, settings, done, current } = this.course;
    return {
      kind: 'scale',
      phase,
      settings,
      rounds: done,
      current: current === null ? null : { executor: current.member.name, workers: current.workers },
      ceiling: this.#ceiling(),
      curves: this.#tracks.map((track) => ({
        executor: track.name,
        failure: track.failure,
        points: measuredPoints(track).map((point) => ({
          workers: point.workers,
          throughput: median(throughputs(point)),
        })),
      })),
    };
  }

  finding(): string {
    return findingSoFar(this.#tracks);
  }

  async measure(): Promise<ScaleEnd> {
    const { course } = this;
    this.#bench.inputs = await course.prepare();
    await this.#each(1, (track) => this.#bench.probe(track));
    this.#foresee(this.#active(), 0);
    course.enter('warming-up');
    const most = course.settings.workers.at(-1) ?? 1;
    await this.#each(most, (track) => this.#bench.warmUp(track, most));
    return course.measure({
      active: () => this.#active(),
      turns: (tracks, { random }) => this.#round(tracks, random),
      over: () => roundsOver(this.#progress()),
    });
  }

  soFar(ending: Ending<ScaleEnd>): ScaleReport | null {
    return this.#tracks.some((track) => measuredPoints(track).length > 0) ? this.#built(ending) : null;
  }

  async report(ending: Ending<ScaleEnd>): Promise<ScaleReport> {
    // Nothing of it runs any more while the laws are fitted.
    this.course.enter('fitting');
    for (const track of this.#tracks) this.#warnOfDeaths(track);
    const report = await fitReport(this.#built(ending));
    this.course.phase = 'ended';
    return report;
  }

  /** Every worker count once, executor by executor, so that only one of them has its workers at a time; all orders shuffled. */
  async #round(tracks: readonly Track[], random: Random): Promise<void> {
    let place = 0;
    for (const track of tracks) {
      for (const point of shuffled(track.points, random)) {
        const at = { round: this.course.done, place };
        await this.course.turn(track, point.workers, () => this.#bench.measure(track, point, at));
        place++;
        this.#foresee(tracks, place);
        await this.#controls.keep();
      }
      rest(track);
    }
  }

  /** How long it will take yet, where that many points of a round were measured. */
  #foresee(tracks: readonly Track[], measured: number): void {
    const of = tracks.length * this.course.settings.workers.length;
    this.course.foresee(remainingMs(this.#progress(), { measured, of }));
  }

  #progress(): Progress {
    const { settings, done: rounds, measuringMs } = this.course;
    const { limits = limitsOf(settings) } = this.#options;
    const { pointMs } = this.#bench;
    return { tracks: this.#tracks, wanted: settings.rounds, seed: settings.seed, limits, rounds, measuringMs, pointMs };
  }

  /** Tracks that have not failed. Throws the failure of the first when none is left. */
  #active(): Track[] {
    const { active } = this.course;
    if (active.length > 0) return active;
    const failure = this.#tracks[0]?.failure;
    throw new CoreloomError(
      failure?.code ?? 'not-available',
      failure?.message ?? 'No executor is left to be measured.',
    );
  }

  async #each(workers: number, step: (track: Track) => Promise<void>): Promise<void> {
    for (const track of this.#tracks) {
      await this.course.turn(track, workers, () => step(track));
      rest(track);
    }
    this.#active();
  }

  #warnOfDeaths({ name, points }: Track): void {
    const short = points.flatMap(({ rounds }) => rounds).filter(({ deaths }) => deaths > 0).length;
    if (short > 0)
      this.course.warnings.add(
        `In ${plural(short, 'measurement')} of ${executorTitle(name)}, a worker died in every attempt: those figures come from fewer workers than stated.`,
      );
  }

  #built(ending: Ending<ScaleEnd>): ScaleReport {
    const { settings, done, proof, stage } = this.course;
    const context = { ceiling: this.#ceiling(), seed: settings.seed };
    return buildScaleReport({
      workload: this.#options.workload.info,
      settings,
      curves: this.#tracks.map((track) => curveOf(track, context)),
      ceiling: context.ceiling,
      rounds: done,
      end: ending.end,
      proof,
      head: stage.head(ending),
    });
  }

  #ceiling(): ScaleCeiling {
    const { machine, workload } = this.#options;
    return ceilingOf(machine, { kind: workload.info.kind, oneWants: oneWants(this.#tracks) });
  }
}

/** Its interpreter or its process stays warm, and takes no core from the next. */
function rest({ executor, failure }: Track): void {
  executor.resize(failure === null ? 1 : 0);
}
