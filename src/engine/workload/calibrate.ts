import { LIMITS, duration, CoreloomError } from '../../contract';
import { between, beyond, type Point } from './size-guess';
import type { Workload } from './workload';

/** A size is good enough when its task is this close to the wanted length. */
const TOLERANCE = 0.05;
/** Code is compiled and caches are filled once tasks have run for this long together, in ms. */
const WARM_UP_MS = 60;
const WARM_UP_RUNS = 2_000;
/** At most this share of the whole time. */
const WARM_UP_SHARE = 0.5;
const REFINEMENTS = 10;
const ATTEMPTS = 3;
/** How long tasks may wait to be begun and to be told of, all together, in ms: on a crowded machine that is most of the time. */
const WAITS_MS = 8_000;

export interface CalibrateOptions {
  workload: Workload;
  /** Wanted length of one task, in ms, within its limits. */
  taskMs: number;
  /** Runs one task of that size on a real worker and answers how long it took, in ms. Its rejection ends the calibration. */
  measure(size: number): Promise<number>;
  /** No new task is begun once tasks ran for so long together, in ms; 1 s and four times the wanted length unless given. */
  limitMs?: number;
  /** The clock for the limit, in ms. */
  nowMs?(): number;
}

export interface Calibration {
  size: number;
  /** Median length of tasks of this size, in ms: what was reached, which the smallest or largest size may keep from the wish. */
  measuredMs: number;
}

/**
 * Finds the size whose tasks take `taskMs` on this machine: grows from the smallest size without overshooting even where
 * time goes with the size's cube, warms up, closes in between a shorter and a longer task, and measures the found size
 * again, so that a lucky value is not taken for its length. Throws `bad-input` for a length out of range.
 */
export async function calibrate(options: CalibrateOptions): Promise<Calibration> {
  const { workload, taskMs } = options;
  if (!(taskMs >= LIMITS.taskMs.min && taskMs <= LIMITS.taskMs.max)) {
    throw new CoreloomError(
      'bad-input',
      `The length of a task must be from ${LIMITS.taskMs.min} to ${LIMITS.taskMs.max} ms, not ${taskMs}.`,
    );
  }
  const trials = new Trials(options);
  if (workload.sizeForMs !== undefined) return confirmed(trials, trials.allowed(workload.sizeForMs(taskMs)), taskMs);
  const grown = await grow(trials, taskMs);
  const warm = await warmUp(trials, grown, taskMs);
  return settled(trials, warm, taskMs);
}

/** Refines until a fresh measurement agrees that the length is reached, or says the same size again. */
async function settled(trials: Trials, from: number, taskMs: number): Promise<Calibration> {
  let best: Calibration | null = null;
  let size = from;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    size = await refine(trials, size, taskMs);
    const found = await confirmed(trials, size, taskMs);
    if (found.size === best?.size) return found;
    if (best === null || offBy(found.measuredMs, taskMs) < offBy(best.measuredMs, taskMs)) best = found;
    if (offBy(best.measuredMs, taskMs) <= 2 * TOLERANCE || trials.overtime()) break;
  }
  return best ?? confirmed(trials, size, taskMs);
}

async function confirmed(trials: Trials, size: number, taskMs: number): Promise<Calibration> {
  // Short tasks are worth their few runs also where the time is up: one alone may have been kept waiting.
  const least = runsFor(taskMs) > 1 ? 3 : 0;
  const measuredMs =
    (await trials.median(size, Math.max(3, runsFor(taskMs)), least)) ??
    trials.lastOf(size) ??
    (await trials.once(size));
  return { size, measuredMs };
}

/** The first size on the way up that takes at least half of the wanted length, or the largest there is. */
async function grow(trials: Trials, taskMs: number): Promise<number> {
  let size = trials.smallest;
  // The first task of a worker loads and compiles what it needs: it says nothing.
  let ms = await trials.once(size);
  for (;;) {
    ms = (await trials.median(size, 1)) ?? ms;
    // One hiccup of the machine does not end it: where tasks are short, further ones have to agree.
    if (ms >= taskMs / 2 && runsFor(taskMs) > 1) ms = (await trials.median(size, 3)) ?? ms;
    const next = trials.allowed(beyond({ size, ms }, null, taskMs));
    if (ms >= taskMs / 2 || next === size || trials.overtime()) return size;
    size = next;
  }
}

/** Runs tasks until their code is compiled; answers a size that is not far too small once they are quick. */
async function warmUp(trials: Trials, from: number, taskMs: number): Promise<number> {
  let size = from;
  for (let run = 0, ranMs = 0; run < WARM_UP_RUNS && ranMs < WARM_UP_MS && !trials.overtime(WARM_UP_SHARE); run += 1) {
    const ms = await trials.once(size);
    // What was kept waiting in its middle warmed nothing up in that time.
    ranMs += Math.min(ms, taskMs);
    if (ms < taskMs / 2) size = trials.allowed(beyond({ size, ms }, null, taskMs));
  }
  // What code took before it was compiled is no length of a task.
  trials.forget();
  return size;
}

/** Closes in on the wanted length from `from`; answers the size that came closest. */
async function refine(trials: Trials, from: number, taskMs: number): Promise<number> {
  let best: Point | null = null;
  let previous: Point | null = null;
  let bracket: Bracket = { below: null, above: null };
  let size = from;
  for (let round = 0; round < REFINEMENTS; round += 1) {
    const ms = await trials.median(size, runsFor(taskMs));
    if (ms === null) break;
    const point = { size, ms };
    if (best === null || offBy(ms, taskMs) < offBy(best.ms, taskMs)) best = point;
    if (offBy(ms, taskMs) <= TOLERANCE) break;
    bracket = narrowed(bracket, point, taskMs);
    const { below, above } = bracket;
    const next = trials.allowed(
      below !== null && above !== null ? between(below, above, taskMs) : beyond(point, previous, taskMs),
    );
    if (next === below?.size || next === above?.size) break;
    previous = point;
    size = next;
  }
  return best?.size ?? from;
}

/** The longest task known to be too short, and the shortest known to be too long. */
interface Bracket {
  below: Point | null;
  above: Point | null;
}

function narrowed({ below, above }: Bracket, point: Point, taskMs: number): Bracket {
  const next = point.ms < taskMs ? { below: point, above } : { below, above: point };
  const ordered = next.below === null || next.above === null || next.below.size < next.above.size;
  if (ordered) return next;
  // Noise turned the two around: only the newer one is believed.
  return point.ms < taskMs ? { below: point, above: null } : { below: null, above: point };
}

/** How far a length is from the wanted one: about the relative difference, the same for half and double. */
function offBy(ms: number, taskMs: number): number {
  return Math.abs(Math.log(ms / taskMs));
}

/** Short tasks cost little and vary more: up to 15 of them make a median, of long ones a single one has to do. */
function runsFor(taskMs: number): number {
  if (taskMs >= 250) return 1;
  return Math.min(15, Math.max(3, Math.round(20 / taskMs))) | 1;
}

/** Tasks as they are measured: counts the time, and keeps sizes within what the workload can. */
class Trials {
  readonly smallest: number;
  readonly #options: CalibrateOptions;
  readonly #limitMs: number;
  readonly #startMs: number;
  /** All tasks together, each by what it can have run. */
  #ranMs = 0;
  readonly #last = new Map<number, number>();

  constructor(options: CalibrateOptions) {
    const { workload, taskMs, limitMs = 1000 + 4 * taskMs } = options;
    this.#options = options;
    this.smallest = workload.info.size.min;
    this.#limitMs = limitMs;
    this.#startMs = this.#nowMs();
  }

  /** Whether the time, or a share of it, is over. */
  overtime(share = 1): boolean {
    return this.#ranMs >= share * this.#limitMs || this.#nowMs() - this.#startMs >= share * (this.#limitMs + WAITS_MS);
  }

  /** The nearest size that the workload can run. */
  allowed(size: number): number {
    const { info, fractionalSize } = this.#options.workload;
    const whole = fractionalSize === true ? size : Math.round(size);
    return Math.min(Math.max(whole, info.size.min), info.size.max);
  }

  async once(size: number): Promise<number> {
    const ms = await this.#options.measure(size);
    if (!(ms >= 0 && ms < Infinity))
      throw new CoreloomError('internal', `A task of size ${size} took ${duration(ms)}, which is not possible.`);
    // More than that is waiting for a core, or a size that is far too large: the limit of all waits ends both.
    this.#ranMs += Math.min(ms, 4 * this.#options.taskMs);
    // A clock may be too coarse to see a very short task; logarithms need something.
    return Math.max(ms, 1e-6);
  }

  /** The median of `runs` tasks (odd), of fewer, but `least`, where the time is up meanwhile; null where there was none. */
  async median(size: number, runs: number, least = 0): Promise<number | null> {
    const all: number[] = [];
    while (all.length < runs && (all.length < least || !this.overtime())) all.push(await this.once(size));
    const ms = all.sort((a, b) => a - b)[all.length >> 1];
    if (ms === undefined) return null;
    this.#last.set(size, ms);
    return ms;
  }

  /** Whatever was measured says nothing any more. */
  forget(): void {
    this.#last.clear();
  }

  /** The last median of that size, if there was one. */
  lastOf(size: number): number | null {
    return this.#last.get(size) ?? null;
  }

  #nowMs(): number {
    return this.#options.nowMs?.() ?? performance.now();
  }
}
