import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nowMs } from '../../../src/engine/system/clock';
import type { ExecutorEvent, TaskOutcome } from '../../../src/engine/executor';
import { oomScore } from '../../support/oom-score';
import { until, valueOf } from '../pool/support/pools';
import {
  anyInterpreter,
  create,
  messageOf,
  titleOf,
  variantsOf,
  type TestExecutor,
  type TestTask,
} from './support/pythons';

const interpreter = await anyInterpreter();
const variants =
  interpreter === null ? [] : variantsOf(interpreter).map((variant) => ({ title: titleOf(variant), variant }));

describe.skipIf(interpreter === null)('CPython executors', () => {
  describe.each(variants)('$title', ({ variant }) => {
    let executor: TestExecutor;
    let events: ExecutorEvent[];
    beforeEach(() => {
      executor = create(variant);
      events = [];
      executor.on((event) => events.push(event));
    });
    afterEach(async () => {
      await executor.close();
    });
    const lines = (): { worker: number; text: string }[] =>
      events.flatMap((event) => (event.type === 'line' ? [{ worker: event.worker, text: event.text }] : []));

    it('runs tasks in order of submission and stamps them on the clock of this process', async () => {
      executor.resize(1);
      await executor.ready();
      const beforeMs = nowMs();
      const outcomes = await Promise.all(
        Array.from({ length: 300 }, (_, value) => executor.submit({ kind: 'echo', value })),
      );
      const afterMs = nowMs();
      expect(outcomes.map(valueOf)).toEqual(Array.from({ length: 300 }, (_, value) => value));
      let lastMs = beforeMs;
      for (const outcome of outcomes) {
        const { startedMs, queuedMs, finishedMs } = outcome as TaskOutcome<TestTask, unknown> & { startedMs: number };
        expect(queuedMs).toBeLessThanOrEqual(startedMs);
        expect(startedMs).toBeGreaterThanOrEqual(lastMs);
        expect(finishedMs).toBeGreaterThanOrEqual(startedMs);
        lastMs = finishedMs;
      }
      expect(lastMs).toBeLessThanOrEqual(afterMs);
      expect(events.some((event) => event.type === 'warning')).toBe(false);
    });

    it('tells what each worker is and what a hand-over to it takes', async () => {
      executor.resize(2);
      await executor.ready();
      const { workers } = executor.status();
      expect(workers.map((worker) => worker.worker)).toEqual([1, 2]);
      const pids = new Set(workers.map((worker) => worker.pid));
      expect(pids.size).toBe(variant.name === 'python-processes' ? 2 : 1);
      for (const worker of workers) {
        expect(worker.pid).toBeGreaterThan(1);
        expect(worker.startUpMs).toBeGreaterThan(1);
        expect(worker.handOverUs).toBeGreaterThan(1);
        if (process.platform === 'linux') expect(worker.tid).toBeGreaterThan(1);
        if (process.platform === 'linux') expect(oomScore(worker.pid)).toBe(Math.min(1000, oomScore('self') + 500));
      }
      const [first, second] = workers;
      if (process.platform === 'linux') expect(first?.tid).not.toBe(second?.tid);
    });

    it('grows and shrinks under load without losing a task or running one twice', async () => {
      executor.resize(1);
      const seen: unknown[] = [];
      let next = 0;
      const feeding = executor.feed({
        next: () => (next < 400 ? { kind: 'spin', ms: 1, value: next++ } : undefined),
        settled: (outcome) => seen.push(valueOf(outcome)),
      });
      await until(() => seen.length > 20);
      executor.resize(4);
      await executor.ready();
      await until(() => seen.length > 150);
      executor.resize(1);
      await feeding;
      expect(seen.toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 400 }, (_, value) => value));
      await until(() => executor.status().workers.length === 1);
      expect(executor.status().deaths).toBe(0);
    });

    it('shows what tasks print with the worker that printed it, and nothing of it gets into the protocol', async () => {
      executor.resize(1);
      await executor.submit({ kind: 'print', text: '{"type":"results"}' });
      await until(() => lines().length === 3);
      expect(lines()).toEqual(
        ['{"type":"results"}', '{"type":"results"} again', 'begun'].map((text) => ({ worker: 1, text })),
      );
    });

    it('shows what is written past Python’s streams as lines of the executor', async () => {
      executor.resize(1);
      expect(valueOf(await executor.submit({ kind: 'raw-write', text: 'straight out' }))).toBeNull();
      await until(() => lines().length === 1);
      expect(lines()).toEqual([{ worker: 0, text: 'straight out' }]);
    });

    it('goes on when a task closes or replaces its streams', async () => {
      executor.resize(1);
      expect(valueOf(await executor.submit({ kind: 'close-streams', value: 1 }))).toBe(1);
      expect(valueOf(await executor.submit({ kind: 'replace-streams', value: 2 }))).toBe(2);
      await executor.submit({ kind: 'print', text: 'still here' });
      await until(() => lines().some((line) => line.text === 'still here'));
      expect(executor.status().deaths).toBe(0);
    });

    it('gives tasks an empty standard input', async () => {
      executor.resize(1);
      expect(valueOf(await executor.submit({ kind: 'read-stdin' }))).toBe('');
    });

    it('says what a task raised and where', async () => {
      executor.resize(1);
      expect(messageOf(await executor.submit({ kind: 'raise', message: 'no such luck.' }))).toMatch(
        /^The task raised ValueError: no such luck \(.*tasks\.py, line \d+\)\.$/,
      );
      expect(messageOf(await executor.submit({ kind: 'exit', code: 3 }))).toMatch(/^The task raised SystemExit: 3 \(/);
      expect(messageOf(await executor.submit({ kind: 'memory' }))).toMatch(/^The task raised MemoryError \(/);
      expect(messageOf(await executor.submit({ kind: 'huge' }))).toMatch(/^The task raised (Memory|Overflow)Error/);
      expect(valueOf(await executor.submit({ kind: 'who' }))).toBe(`${variant.name} 1`);
    });

    it('fails a task whose result Node could not hold, and no other', async () => {
      executor.resize(1);
      const outcomes = await Promise.all(
        [{ kind: 'strange' }, { kind: 'nan' }, { kind: 'large' }, { kind: 'echo', value: [1, { two: 'three' }] }].map(
          (task) => executor.submit(task),
        ),
      );
      for (const outcome of outcomes.slice(0, 3))
        expect(outcome).toMatchObject({ state: 'failed', error: { code: 'task-not-cloneable' } });
      expect(messageOf(outcomes[2]!)).toMatch(/2\*\*53/);
      expect(outcomes.map((outcome) => outcome.state === 'done' && outcome.value).at(-1)).toEqual([
        1,
        { two: 'three' },
      ]);
    });

    it('says what is wrong with a module of tasks that cannot be used', async () => {
      const broken = create(variant, `${import.meta.dirname}/support/no-such-module.py`);
      broken.resize(1);
      await expect(broken.ready()).rejects.toThrow(/The module cannot be used: .*no-such-module\.py/);
      await broken.close();
    });

    it('passes on no environment but what a program needs', async () => {
      process.env.CORELOOM_TEST_SECRET = 'x';
      executor.resize(1);
      const names = valueOf(await executor.submit({ kind: 'environment' })) as string[];
      delete process.env.CORELOOM_TEST_SECRET;
      expect(names).not.toContain('CORELOOM_TEST_SECRET');
      expect(names).toContain('PATH');
    });

    it('is closed once and takes nothing more', async () => {
      executor.resize(2);
      await executor.ready();
      await Promise.all([executor.close(), executor.close()]);
      expect(executor.status().workers).toEqual([]);
      expect(() => executor.resize(1)).toThrow(/closed/);
    });
  });
});
