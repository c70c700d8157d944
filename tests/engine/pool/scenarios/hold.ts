import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../../src/contract';
import type { SubmitOptions } from '../../../../src/engine/executor';
import { ROOT } from '../../../support/paths';
import { isRunning } from '../../../support/processes';
import {
  errorOf,
  nextEvent,
  until,
  type PoolKind,
  type TestOutcome,
  type TestPool,
  type TestTask,
} from '../support/pools';

const TASKS = 200;
const IN_FLIGHT = 64;
const BAD = 50;

interface Scenario {
  title: string;
  bad: TestTask;
  /** How the bad task ends. */
  ends: ErrorCode | 'cancelled' | 'done';
  attempts: number;
  /** It ends the whole process: not for threads in this one. */
  endsProcess?: true;
  options?: (abort: AbortController) => SubmitOptions;
}

const SCENARIOS: Scenario[] = [
  { title: 'calls process.exit', bad: { kind: 'exit', code: 3 }, ends: 'worker-died', attempts: 3 },
  { title: 'is killed', bad: { kind: 'kill', signal: 'SIGKILL' }, ends: 'worker-died', attempts: 3, endsProcess: true },
  {
    title: 'is suspended',
    bad: { kind: 'kill', signal: 'SIGSTOP' },
    ends: 'worker-died',
    attempts: 3,
    endsProcess: true,
  },
  { title: 'exhausts the memory', bad: { kind: 'exhaust' }, ends: 'worker-died', attempts: 3, endsProcess: true },
  {
    title: 'asks for more memory at once than there can be',
    bad: { kind: 'exhaust-at-once' },
    ends: 'worker-died',
    attempts: 3,
    endsProcess: true,
  },
  {
    title: 'is aborted in an endless loop',
    bad: { kind: 'loop' },
    ends: 'cancelled',
    attempts: 1,
    options: ({ signal }) => ({ signal }),
  },
  {
    title: 'loops forever beyond its deadline',
    bad: { kind: 'loop' },
    ends: 'task-deadline',
    attempts: 1,
    options: () => ({ deadlineMs: 100 }),
  },
  { title: 'throws outside its promise', bad: { kind: 'exception-outside' }, ends: 'task-threw', attempts: 1 },
  { title: 'leaves a rejection unhandled', bad: { kind: 'unhandled-while-running' }, ends: 'task-threw', attempts: 1 },
  { title: 'returns what cannot be cloned', bad: { kind: 'function' }, ends: 'task-not-cloneable', attempts: 1 },
  { title: 'lets its worker die idle', bad: { kind: 'exit-later', ms: 5, code: 1 }, ends: 'done', attempts: 1 },
];

/** Holds a pool to it that it loses and doubles no task, whatever one of 200 does. */
export function holdScenarios(pool: PoolKind): void {
  describe(`among 200 tasks for '${pool.title}'`, () => {
    scenarios(pool);
  });
}

function scenarios({ name, hosted, create }: PoolKind): void {
  const ownProcess = name === 'processes' || hosted;
  const folder = mkdtempSync(join(tmpdir(), 'coreloom-scenario-'));
  const file = join(folder, 'runs');
  let pool: TestPool;
  let pids: number[];
  beforeEach(async () => {
    rmSync(file, { force: true });
    pool = create({ heapMb: 32 });
    pids = [];
    pool.on((event) => {
      if (event.type === 'worker-ready') pids.push(event.pid);
    });
    pool.resize(2);
    await pool.ready();
  });
  afterEach(async () => {
    await pool.close();
    if (ownProcess) expect(pids.filter(isRunning)).toEqual([]);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs all tasks with 64 in flight; each leaves a line in the file whenever it is run. */
  async function runAll({ bad, options }: Scenario, resizing: boolean): Promise<TestOutcome[]> {
    const abort = new AbortController();
    // With a single worker left, an endless task would hold up all others until it is aborted.
    if (resizing)
      setTimeout(() => {
        abort.abort();
      }, 300);
    const outcomes: TestOutcome[] = [];
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < TASKS) {
        const id = next++;
        const task = id === BAD ? bad : { kind: 'echo' };
        outcomes.push(await pool.submit({ kind: 'noted', file, id, task }, id === BAD ? options?.(abort) : {}));
        // Aborted before it has started, which a busy machine may put off, it would never be in its loop.
        if (options !== undefined && outcomes.length === TASKS - 1)
          void until(() => abort.signal.aborted || timesRun()[BAD] !== 0).then(() => {
            abort.abort();
          });
        if (resizing && outcomes.length % 10 === 0)
          pool.resize((outcomes.length / 10) % 4 === 0 ? 0 : (outcomes.length / 10) % 4);
        if (resizing && outcomes.length % 40 === 0)
          setTimeout(() => {
            if (outcomes.length < TASKS) pool.resize(2);
          }, 5);
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
    return outcomes;
  }

  function timesRun(): number[] {
    const runs = new Array<number>(TASKS).fill(0);
    for (const line of readFileSync(file, 'utf8').trim().split('\n')) runs[Number(line)]! += 1;
    return runs;
  }

  const possible = SCENARIOS.filter((scenario) => ownProcess || scenario.endsProcess === undefined);
  for (const resizing of [false, true]) {
    it.each(possible)(`one that $title harms no other${resizing ? ', also while resizing' : ''}`, async (scenario) => {
      const outcomes = await runAll(scenario, resizing);
      expect(outcomes).toHaveLength(TASKS);
      expect(new Set(outcomes.map((outcome) => outcome.id)).size).toBe(TASKS);
      const bad = outcomes.find((outcome) => outcome.argument['id'] === BAD);
      expect(outcomes.filter((outcome) => outcome !== bad && outcome.state !== 'done')).toEqual([]);
      expect(bad?.state === 'failed' ? bad.error.code : bad?.state).toBe(scenario.ends);
      const runs = timesRun();
      for (const outcome of outcomes) {
        const ran = runs[outcome.argument['id'] as number]!;
        expect(outcome.attempts, `task ${String(outcome.id)}`).toBeGreaterThanOrEqual(ran);
        // What was ended from outside may have been claimed and not have come to its first line.
        const endedFromOutside = outcome === bad || (hosted && scenario.endsProcess !== undefined);
        if (!endedFromOutside) expect(outcome.attempts, `task ${String(outcome.id)}`).toBe(ran);
      }
      if (!resizing) expect(bad?.attempts).toBe(scenario.attempts);
      if (scenario.ends === 'done' && !resizing) await nextEventOrDeath();
    });
  }

  for (const resizing of [false, true]) {
    it(`workers that die at every start fail all tasks with that error${resizing ? ', also while resizing' : ''}, and end`, async () => {
      await pool.close();
      pool = create({ tasks: resolve(ROOT, 'tests/fixtures/pool/dies-at-start.mjs') });
      pool.resize(2);
      const outcomes: TestOutcome[] = [];
      let next = 0;
      const lane = async (): Promise<void> => {
        while (next < TASKS) {
          next += 1;
          outcomes.push(await pool.submit({ kind: 'echo' }));
        }
      };
      const lanes = Promise.all(Array.from({ length: IN_FLIGHT }, lane));
      if (resizing)
        for (const workers of [3, 1, 0, 2]) {
          await new Promise((done) => setTimeout(done, 20));
          pool.resize(workers);
        }
      await lanes;
      expect(outcomes).toHaveLength(TASKS);
      expect(new Set(outcomes.map((outcome) => errorOf(outcome).code))).toEqual(new Set(['worker-start-failed']));
      expect(outcomes.every((outcome) => outcome.attempts === 0)).toBe(true);
      await until(() => pool.status().workers.length === 0);
    });
  }

  /** The idle death comes a little after the last task. */
  async function nextEventOrDeath(): Promise<void> {
    if (pool.status().deaths === 0 && pool.status().desired > 0) await nextEvent(pool, 'worker-died');
  }
}
