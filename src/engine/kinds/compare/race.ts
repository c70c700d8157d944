import { isPython, percent, contenderTitle } from '../../../contract';
import { median } from '../../statistics/summary';
import { nowMs } from '../../system/clock';
import type { TaskInput } from '../../workload/workload';
import { addRound, type Contender } from './contender';
import { bringUp, takeDown } from '../shared/staffing';
import { sumOfParts, timeParts } from './parts';
import { runPass, type Pass } from './pass';
import { serializeCostMs } from './serialize-cost';
import { PROBE_TASKS, type Look } from './task-count';
import { isWarm, WARM_UP_MS } from './warm-up';
import type { RoundsTools } from '../shared/rounds';
import { NOT_KNOWN } from '../shared/usage';

/** The parts of a life add up to the whole within this share. */
const WHOLE_WITHIN = 0.02;

/** What is done with one contender at a time. Each step throws `cancelled` once the experiment is stopped. */
export class Race {
  inputs: readonly TaskInput[] = [];
  tasks = 1;
  readonly #tools: RoundsTools;
  #serialized: number | null = null;

  constructor(tools: RoundsTools) {
    this.#tools = tools;
  }

  /** A first look at its tasks, on workers that stay. */
  async probe(contender: Contender): Promise<Look> {
    await this.#start(contender);
    const tasks = PROBE_TASKS * contender.workers;
    const { startMs, endMs, stamps } = await this.#pass(contender, tasks);
    const wallMs = (endMs - startMs) / tasks;
    const ran = stamps.map(({ startedMs, finishedMs }) => finishedMs - startedMs);
    return { wallMs, runMs: ran.length === 0 ? wallMs : median(ran) };
  }

  /** Sends its workers home. */
  async dismiss({ executor }: Contender): Promise<void> {
    this.#tools.stopping.check();
    await takeDown(executor);
  }

  /** One life from start-up to teardown, alone on the machine: where its time went, and its memory. Nobody has workers meanwhile. */
  async live(contender: Contender): Promise<void> {
    const { executor, workers } = contender;
    const hostBeforeBytes = process.memoryUsage.rss();
    const up = await this.#tools.stopping.unless(bringUp(executor, workers));
    const pass = await this.#pass(contender, this.tasks);
    // Reading memory takes time that is no part of the life.
    const readMs = nowMs();
    contender.memory ??= this.#tools.usage.memory(executor, hostBeforeBytes);
    note(contender);
    const skippedMs = nowMs() - readMs;
    const down = await takeDown(executor);
    // How Python turns tasks into bytes is not seen from here: it stays in transfer.
    const serializeMs = isPython(executor.name) ? null : this.#serializeMs() / workers;
    const parts = timeParts({ ...up, pass, ...down }, workers, serializeMs);
    const life = { ...parts, wholeMs: parts.wholeMs - skippedMs };
    contender.lives.push(life);
    const sum = sumOfParts(life) / life.wholeMs;
    if (Math.abs(sum - 1) > WHOLE_WITHIN)
      this.#tools.warnings.add(
        `The parts of the time of ${contenderTitle(contender.name)} add up to ${percent(sum)} of the whole.`,
      );
  }

  /** Measured once: the list is the same for all. */
  #serializeMs(): number {
    this.#serialized ??= serializeCostMs(this.inputs, this.tasks);
    return this.#serialized;
  }

  /** Starts its workers, unless it has them, and runs the list until it takes as long as before. */
  async warmUp(contender: Contender): Promise<void> {
    await this.#start(contender);
    note(contender);
    const sinceMs = nowMs();
    for (let before: number | null = null; ;) {
      const { startMs, endMs } = await this.#pass(contender, this.tasks);
      contender.listMs = endMs - startMs;
      if (isWarm(before, contender.listMs) || endMs - sinceMs >= WARM_UP_MS) return;
      before = contender.listMs;
    }
  }

  async round(contender: Contender, number: number): Promise<void> {
    const { executor, workers } = contender;
    // Nothing happens where it has them already; Python's threads are also its baseline, with one of them.
    await this.#tools.stopping.unless(bringUp(executor, workers));
    let deaths = 0;
    const off = executor.on((event) => {
      if (event.type === 'worker-died') deaths++;
    });
    try {
      const usedCores = this.#tools.usage.beginCores();
      const throttled = this.#tools.usage.beginQuota();
      const used = this.#tools.usage.begin(executor);
      const pass = await this.#pass(contender, this.tasks);
      // A worker that died took its counts with it.
      const use = deaths > 0 ? NOT_KNOWN : used();
      const cores = usedCores().map((times) => ({
        ...times,
        ownMs: use.onCores === null ? null : (use.onCores.get(times.core) ?? 0),
      }));
      for (const { queuedMs, startedMs, finishedMs } of pass.stamps) {
        contender.running.record(finishedMs - startedMs);
        contender.waiting.record(startedMs - queuedMs);
      }
      addRound(contender, number, {
        makespanMs: pass.endMs - pass.startMs,
        ...use,
        cores,
        throttled: throttled(),
        deaths,
        counts: pass.counts,
      });
    } finally {
      off();
    }
  }

  async #start(contender: Contender): Promise<void> {
    const { askedMs, readyMs } = await this.#tools.stopping.unless(bringUp(contender.executor, contender.workers));
    // Workers that were there already took no time.
    contender.startMs = Math.max(contender.startMs ?? 0, readyMs - askedMs);
  }

  async #pass({ executor }: Contender, tasks: number): Promise<Pass> {
    this.#tools.stopping.check();
    return runPass({
      executor,
      inputs: this.inputs,
      tasks,
      check: this.#tools.check(executor),
    });
  }
}

/** Keeps what is known of workers before they go. */
function note(contender: Contender): void {
  const { workers, lock } = contender.executor.status();
  contender.startUpsMs.push(...workers.flatMap(({ startUpMs }) => startUpMs ?? []));
  contender.handOversUs.push(...workers.flatMap(({ handOverUs }) => handOverUs ?? []));
  contender.lock = lock?.lock ?? contender.lock;
}
