import { nowMs as realNowMs } from '../../system/clock';
import { median } from '../../statistics/summary';
import { createThrottlingReader } from '../../system/throttling';
import type { TaskInput } from '../../workload/workload';
import { bringTo } from '../shared/staffing';
import { NOT_KNOWN, type Use } from '../shared/usage';
import { usedCores } from '../shared/coverage';
import { addCounts } from '../shared/counts';
import type { RoundsTools } from '../shared/rounds';
import type { Point, Track } from './track';
import { runWindow, type WindowFigures } from './window';

/** How long each worker count is looked at in each round, ms. */
export interface ScaleTimes {
  /** The window at the least; longer where tasks are long. */
  windowMs: number;
  /** Before the window, where no worker is new. */
  leadMs: number;
  /** Before the window, where workers are new: their code has yet to be compiled. */
  freshLeadMs: number;
}

const TIMES: ScaleTimes = { windowMs: 200, leadMs: 20, freshLeadMs: 120 };
/** A window holds at least this many tasks of a worker, so that no single one decides it. */
const TASKS_IN_WINDOW = 4;
/** A window in which a worker died is measured again, this often in all; after that it stands as it is, and says so. */
const TRIES = 3;

/** What is done with one executor at a time. Each step throws `cancelled` once the experiment is stopped. */
export class Bench {
  inputs: readonly TaskInput[] = [];
  readonly #tools: RoundsTools;
  readonly #times: ScaleTimes;
  readonly #nowMs: () => number;
  readonly #throttling = createThrottlingReader();
  #taskMs = 0;

  constructor(tools: RoundsTools, { times = TIMES, nowMs = realNowMs }: { times?: ScaleTimes; nowMs?: () => number }) {
    this.#tools = tools;
    this.#times = times;
    this.#nowMs = nowMs;
  }

  /** Looks at how long one task takes on one worker, so that windows are long enough for it. */
  async probe(track: Track): Promise<void> {
    const { ran } = await this.#window(track, 1, { windowMs: this.#times.windowMs / 4 });
    this.#taskMs = Math.max(this.#taskMs, median(ran.map(({ startedMs, finishedMs }) => finishedMs - startedMs)));
  }

  /** What measuring one point is expected to take with workers that are there, ms. */
  get pointMs(): number {
    return this.#times.leadMs + this.#windowMs + this.#taskMs;
  }

  get #windowMs(): number {
    return Math.max(this.#times.windowMs, TASKS_IN_WINDOW * this.#taskMs);
  }

  /** Runs with a number of workers for a moment, and keeps nothing. */
  async warmUp(track: Track, workers: number): Promise<void> {
    await this.#window(track, workers, { windowMs: this.#times.windowMs / 2 });
  }

  /** Measures one worker count once, and again if a worker died meanwhile: not all of them were at work then. */
  async measure(track: Track, point: Point, at: { round: number; place: number }): Promise<void> {
    for (let tries = 1; ; tries++) {
      const { figures, use, throttledMs, deaths } = await this.#observed(track, point.workers);
      track.counts = addCounts([track.counts, figures.counts]);
      if (deaths > 0 && tries < TRIES) continue;
      const windowMs = figures.toMs - figures.fromMs;
      // A worker that died took its counts with it.
      const share = (ms: number | null): number | null => (ms === null || deaths > 0 ? null : ms / windowMs);
      for (const { startedMs, finishedMs } of figures.ran)
        if (startedMs >= figures.fromMs) point.running.record(finishedMs - startedMs);
      point.rounds.push({
        ...at,
        throughput: (figures.done / windowMs) * 1000,
        windowMs,
        tasks: figures.ran.length,
        coresBusy: deaths > 0 ? null : usedCores(use, windowMs),
        coresOffThread: share(use.offThreadCpuMs),
        coresWaitedFor: share(use.runQueueMs),
        coresThrottled: throttledMs === null ? null : throttledMs / windowMs,
        deaths,
      });
      return;
    }
  }

  /** A window, with what its workers used, and how many died from before it opened until its last task had settled. */
  async #observed(
    track: Track,
    workers: number,
  ): Promise<{ figures: WindowFigures; use: Use; throttledMs: number | null; deaths: number }> {
    const { executor } = track;
    let deaths = 0;
    const off = executor.on((event) => {
      if (event.type === 'worker-died') deaths++;
    });
    let used = (): Use => NOT_KNOWN;
    let use = used();
    let throttled: () => number | null = () => null;
    let throttledMs: number | null = null;
    try {
      const figures = await this.#window(track, workers, {
        windowMs: this.#windowMs,
        opened: () => {
          used = this.#tools.usage.begin(executor);
          throttled = this.#throttling();
        },
        closed: () => {
          use = used();
          throttledMs = throttled();
        },
      });
      return { figures, use, throttledMs, deaths };
    } finally {
      off();
    }
  }

  async #window(
    track: Track,
    workers: number,
    { windowMs, opened, closed }: { windowMs: number; opened?: () => void; closed?: () => void },
  ): Promise<WindowFigures> {
    const { stopping } = this.#tools;
    const { executor } = track;
    stopping.check();
    const fresh = executor.status().workers.length < workers;
    await stopping.unless(bringTo(executor, workers));
    track.lock = executor.status().lock?.lock ?? track.lock;
    return runWindow({
      executor,
      workers,
      windowMs,
      fresh,
      inputs: this.inputs,
      leadMs: fresh ? this.#times.freshLeadMs : this.#times.leadMs,
      nowMs: this.#nowMs,
      ...(opened ? { opened } : {}),
      ...(closed ? { closed } : {}),
      check: this.#tools.check(executor),
    });
  }
}
