import {
  CoreloomError,
  errorInfo,
  plural,
  executorTitle,
  type ErrorInfo,
  type RunOutcome,
  type ScaleCeiling,
  type ScaleEnd,
  type ScalePhase,
  type ScaleReport,
  type ScaleState,
} from '../../../contract';
import { nowMs } from '../../system/clock';
import { createRandom, shuffled } from '../../statistics/random';
import { median } from '../../statistics/summary';
import { tolerated } from '../shared/checksums';
import { startsProcesses, watched } from '../shared/watched';
import { isLimit } from '../shared/crew';
import { outcomeOf, type ReportHead } from '../shared/report-head';
import { Stage } from '../shared/stage';
import { createStopSignal } from '../shared/stop-signal';
import { progressOf } from '../shared/stopwatch';
import { Bench } from './bench';
import { buildScaleReport, curveOf, fitReport } from './build-report';
import { ceilingOf } from './ceiling';
import { findingSoFar } from './finding';
import { LIMITS, remainingMs, roundsOver, type Progress } from './narrow';
import type { ScaleOptions, Scaling } from './options';
import { stepWords } from './step';
import { measuredPoints, narrowToRoom, oneWants, throughputs, trackOf, type Track } from './track';

/** Starts a scaling experiment: throughput over worker counts, in rounds of shuffled order. */
export function startScaling(options: ScaleOptions): Scaling {
  return new Scale(options);
}

class Scale implements Scaling {
  readonly id: string;
  readonly ended: Promise<ScaleReport>;
  readonly #options: ScaleOptions;
  readonly #tracks: Track[];
  readonly #stop = createStopSignal();
  readonly #stage: Stage;
  readonly #bench: Bench;
  #settings;
  #phase: ScalePhase = 'calibrating';
  #current: ScaleState['current'] = null;
  #rounds = 0;
  #measuringSinceMs: number | null = null;
  #remainingMs: number | null = null;
  #end: ScaleEnd | null = null;
  #failure: ErrorInfo | null = null;
  #finding: string | null = null;

  constructor(options: ScaleOptions) {
    this.#options = options;
    this.id = options.id;
    this.#settings = options.settings;
    this.#tracks = options.executors.map((executor) => trackOf(executor, options.settings.workers));
    this.#bench = new Bench({
      stop: this.#stop,
      starts: startsProcesses(options.workload),
      times: options.times,
      nowMs: options.nowMs,
      tolerated: () => tolerated({ workload: options.workload, emit: () => {} }, this.#stage.warnings),
    });
    this.#stage = new Stage(options, this.#stop);
    this.ended = this.#scale();
  }

  state(): ScaleState {
    const ended = this.#phase === 'ended';
    const base = { phase: this.#phase, settings: this.#settings, rounds: this.#rounds, current: this.#current };
    return {
      kind: 'scale',
      id: this.id,
      ...base,
      step: stepWords(base),
      progress: progressOf(ended, this.#stage.stopwatch.elapsedMs(), this.#remainingMs),
      startedAt: this.#stage.stopwatch.startedAt,
      elapsedMs: this.#stage.stopwatch.elapsedMs(),
      remainingMs: ended ? 0 : this.#remainingMs,
      ceiling: this.#ceiling(),
      curves: this.#tracks.map((track) => ({
        executor: track.name,
        failure: track.failure,
        points: measuredPoints(track).map((point) => ({
          workers: point.workers,
          throughput: median(throughputs(point)),
        })),
      })),
      finding: this.#finding ?? findingSoFar(this.#tracks),
      outcome: ended ? this.#outcome() : null,
      failure: this.#failure,
      reportId: ended ? this.id : null,
    };
  }

  stop(): void {
    if (this.#end !== null || this.#stop.stopped) return;
    this.#stage.stop();
  }

  async #scale(): Promise<ScaleReport> {
    const unwatch = this.#stage.watch(() => {
      this.#announce();
    });
    try {
      await this.#prepare();
      await this.#measure();
    } catch (error) {
      // Stopping ends whatever is under way by errors of its own.
      this.#failure = this.#stage.failure ?? (this.#stop.stopped ? null : errorInfo(error));
    }
    this.#end ??= this.#failure ? 'failed' : 'stopped';
    // Nothing of it runs any more while the laws are fitted.
    await this.#dismiss();
    this.#enter('fitting');
    const report = await fitReport(this.#report());
    unwatch();
    this.#finding = report.finding;
    this.#phase = 'ended';
    return report;
  }

  /** Everything before the first measurement. */
  async #prepare(): Promise<void> {
    this.#enter('calibrating');
    this.#settings = { ...this.#settings, prepared: await this.#stage.prepare(this.#settings.workloadSettings) };
    this.#settings = { ...this.#settings, ...(await this.#stage.size(this.#settings, this.#tracks[0]?.executor)) };
    this.#bench.inputs = this.#options.inputs(this.#settings);
    await this.#each(1, (track) => this.#bench.probe(track));
    this.#foresee(this.#left(), 0);
    this.#enter('warming-up');
    const most = this.#settings.workers.at(-1) ?? 1;
    await this.#each(most, (track) => this.#bench.warmUp(track, most));
  }

  async #measure(): Promise<void> {
    this.#options.sampler.watch(watched(this.#options.executors, { starts: startsProcesses(this.#options.workload) }));
    this.#enter('measuring');
    this.#measuringSinceMs = nowMs();
    while (this.#end === null) {
      await this.#round();
      this.#rounds++;
      this.#end = roundsOver(this.#progress());
    }
  }

  /** Every worker count once, executor by executor, so that only one of them has its workers at a time; all orders shuffled. */
  async #round(): Promise<void> {
    const random = createRandom((this.#settings.seed + this.#rounds) >>> 0);
    const tracks = shuffled(this.#left(), random);
    let place = 0;
    for (const track of tracks) {
      for (const point of shuffled(track.points, random)) {
        await this.#with(track, point.workers, () => this.#bench.measure(track, point, { round: this.#rounds, place }));
        place++;
        this.#foresee(tracks, place);
        await this.#options.keep(() => this.#soFar());
      }
      // Its interpreter or its process stays warm, and takes no core from the next.
      track.executor.resize(track.failure ? 0 : 1);
    }
  }

  /** How long it will take yet, where that many points of a round were measured. */
  #foresee(tracks: readonly Track[], measured: number): void {
    this.#remainingMs = remainingMs(this.#progress(), { measured, of: tracks.length * this.#settings.workers.length });
  }

  #progress(): Progress {
    return {
      tracks: this.#tracks,
      wanted: this.#settings.rounds,
      seed: this.#settings.seed,
      limits: this.#options.limits ?? LIMITS,
      rounds: this.#rounds,
      measuringMs: this.#measuringSinceMs === null ? 0 : nowMs() - this.#measuringSinceMs,
      pointMs: this.#bench.pointMs,
    };
  }

  /** Who is still there. Throws the failure of the first that left where nobody is. */
  #left(): Track[] {
    const left = this.#tracks.filter(({ failure }) => failure === null);
    if (left.length > 0) return left;
    const failure = this.#tracks[0]?.failure;
    throw new CoreloomError(
      failure?.code ?? 'not-available',
      failure?.message ?? 'No executor is left to be measured.',
    );
  }

  async #each(workers: number, step: (track: Track) => Promise<void>): Promise<void> {
    for (const track of this.#tracks) {
      await this.#with(track, workers, () => step(track));
      track.executor.resize(track.failure ? 0 : 1);
    }
    this.#left();
  }

  /** Does something with an executor; one that fails leaves, the others go on. A wrong checksum ends all. */
  async #with(track: Track, workers: number, step: () => Promise<void>): Promise<void> {
    if (track.failure) return;
    this.#current = { executor: track.name, workers };
    this.#announce();
    try {
      await step();
    } catch (error) {
      const failure = errorInfo(error);
      if (this.#stop.stopped || failure.code === 'checksum-mismatch') throw error;
      // The warning says how many workers there is room for.
      if (!isLimit(error) || !narrowToRoom(track)) track.failure = failure;
    }
    this.#current = null;
  }

  async #dismiss(): Promise<void> {
    this.#current = null;
    this.#enter('stopping');
    await this.#stage.dismiss();
    this.#bench.close();
  }

  #report(): ScaleReport {
    for (const track of this.#tracks) {
      const short = track.points.flatMap(({ rounds }) => rounds).filter(({ deaths }) => deaths > 0).length;
      if (short > 0)
        this.#stage.warnings.add(
          `In ${plural(short, 'measurement')} of ${executorTitle(track.name)}, a worker died in every attempt: those figures come from fewer workers than stated.`,
        );
    }
    return this.#built(this.#end ?? 'failed', this.#stage.head(this.#outcome(), this.#failure));
  }

  /** The report should this process be killed now; null before anything was measured. */
  #soFar(): ScaleReport | null {
    return this.#tracks.some((track) => measuredPoints(track).length > 0)
      ? this.#built('stopped', this.#stage.headSoFar())
      : null;
  }

  #built(end: ScaleEnd, head: ReportHead): ScaleReport {
    const context = { ceiling: this.#ceiling(), seed: this.#settings.seed };
    return buildScaleReport({
      options: this.#options,
      settings: this.#settings,
      curves: this.#tracks.map((track) => curveOf(track, context)),
      ceiling: context.ceiling,
      rounds: this.#rounds,
      end,
      proof: this.#bench.proof(),
      head,
    });
  }

  #ceiling(): ScaleCeiling {
    return ceilingOf(this.#options.machine, {
      kind: this.#options.workload.info.kind,
      oneWants: oneWants(this.#tracks),
    });
  }

  #outcome(): RunOutcome {
    return outcomeOf({
      failure: this.#failure,
      stopped: this.#end === 'stopped',
      lost: this.#tracks.some(({ failure }) => failure !== null),
    });
  }

  #enter(phase: ScalePhase): void {
    this.#phase = phase;
    this.#announce();
  }

  #announce(): void {
    this.#options.announce(this.state());
  }
}
