import { isPython, percent, contenderTitle } from '../../../contract';
import { nowMs } from '../../system/clock';
import type { TaskInput } from '../../workload/workload';
import { addRound, type Contender } from './contender';
import { bringUp, takeDown } from '../shared/crew';
import { sumOfParts, timeParts } from './parts';
import { runPass, type Pass } from './pass';
import { serializeCostMs } from './serialize-cost';
import { WARM_UP_MS } from './stability';
import { PROBE_TASKS } from './task-count';
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

  /** Wall time of one task among those that all workers run together, ms: a first look at it. */
  async probe(contender: Contender): Promise<number> {
    await this.#tools.stopping.unless(bringUp(contender.executor, contender.workers));
    const tasks = PROBE_TASKS * contender.workers;
    const { startMs, endMs } = await this.#pass(contender, tasks);
    await takeDown(contender.executor);
    return (endMs - startMs) / tasks;
  }

  /** One life from start-up to teardown, alone on the machine: where its time went, and its memory. */
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

  async warmUp(contender: Contender): Promise<void> {
    await this.#tools.stopping.unless(bringUp(contender.executor, contender.workers));
    note(contender);
    const startMs = nowMs();
    do await this.#pass(contender, this.tasks);
    while (nowMs() - startMs < WARM_UP_MS);
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
      const cores = usedCores();
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
