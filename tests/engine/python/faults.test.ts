import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExecutorEvent } from '../../../src/engine/executor';
import { suiteFolder } from '../../support/folder';
import { isRunning } from '../../support/processes';
import { nextEvent, until, valueOf } from '../pool/support/pools';
import { anyInterpreter, create, messageOf, titleOf, variantsOf, type TestExecutor } from './support/pythons';

const interpreter = await anyInterpreter();
const variants =
  interpreter === null ? [] : variantsOf(interpreter).map((variant) => ({ title: titleOf(variant), variant }));
const posix = process.platform !== 'win32';

if (!posix) console.log('Tests of signals, crashes and forks of Python are skipped: this system has none of them.');

describe.skipIf(interpreter === null)('faults of CPython executors', () => {
  const folder = suiteFolder();
  describe.each(variants)('$title', ({ variant }) => {
    const alone = variant.name === 'python-processes';
    // An interpreter of its own crashes with its host, which threads show, and may not fork: there is nothing more to test.
    const crashes = posix && variant.name !== 'python-interpreters';
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
    const deaths = (): (number | null)[] =>
      events.flatMap((event) => (event.type === 'worker-died' ? [event.task] : []));

    it('fails a task that ends its process three times, and no other task', async () => {
      executor.resize(2);
      await executor.ready();
      const tasks = Array.from({ length: 60 }, (_, value) =>
        executor.submit(value === 20 ? { kind: 'os-exit', code: 7 } : { kind: 'spin', ms: 1, value }),
      );
      const outcomes = await Promise.all(tasks);
      const failed = outcomes.filter((outcome) => outcome.state !== 'done');
      expect(failed.map((outcome) => [outcome.id, outcome.attempts])).toEqual([[20, 3]]);
      expect(messageOf(failed[0]!)).toMatch(
        new RegExp(`^Worker \\d+ of ${variant.name} died while running task 20 \\(exit code 7`),
      );
      expect(deaths().filter((task) => task === 20)).toHaveLength(3);
      await executor.ready();
    });

    it('runs a task again whose process ended once', async () => {
      const marker = join(folder, `once-${titleOf(variant)}`);
      rmSync(marker, { force: true });
      executor.resize(1);
      const outcome = await executor.submit({ kind: 'os-exit-once', marker });
      expect(valueOf(outcome)).toBe('second time');
      expect(outcome.attempts).toBe(2);
    });

    if (posix)
      it('names the signal of a task that kills its own process', async () => {
        executor.resize(1);
        const outcome = await executor.submit({ kind: 'kill' });
        expect(outcome).toMatchObject({ state: 'failed', attempts: 3, error: { code: 'worker-died' } });
        expect(messageOf(outcome)).toContain('signal SIGKILL');
        expect(valueOf(await executor.submit({ kind: 'echo', value: 'alive' }))).toBe('alive');
      });

    if (crashes)
      it('blames a crash of the interpreter on the task that caused it', async () => {
        executor.resize(3);
        await executor.ready();
        const innocent = [
          executor.submit({ kind: 'pause', ms: 300, value: 1 }),
          executor.submit({ kind: 'pause', ms: 300, value: 2 }),
        ];
        const guilty = executor.submit({ kind: 'segfault' });
        expect(messageOf(await guilty)).toMatch(/SIGSEGV|Segmentation/);
        expect((await Promise.all(innocent)).map(valueOf)).toEqual([1, 2]);
      });

    if (posix)
      it('goes on after all of its processes were killed', async () => {
        executor.resize(2);
        await executor.ready();
        const pid = executor.status().workers[0]?.pid ?? 0;
        const running = [
          executor.submit({ kind: 'pause', ms: 400, value: 1 }),
          executor.submit({ kind: 'pause', ms: 400, value: 2 }),
        ];
        await until(() => executor.status().workers.every((worker) => worker.state.state === 'running'));
        process.kill(alone ? parentOf(pid) : pid, 'SIGKILL');
        expect((await Promise.all(running)).map((outcome) => [valueOf(outcome), outcome.attempts])).toEqual([
          [1, 2],
          [2, 2],
        ]);
      });

    if (process.platform === 'linux')
      it.each(alone ? ['worker', 'host'] : ['host'])(
        'replaces a %s that is suspended, and runs again what it ran',
        async (whose) => {
          executor.resize(2);
          await executor.ready();
          const running = [
            executor.submit({ kind: 'pause', ms: 2000, value: 1 }),
            executor.submit({ kind: 'pause', ms: 2000, value: 2 }),
          ];
          await until(() => executor.status().workers.every((worker) => worker.state.state === 'running'));
          const { worker = 0, pid = 0 } = executor.status().workers[0] ?? {};
          process.kill(whose === 'host' ? hostOf(pid) : pid, 'SIGSTOP');
          const outcomes = await Promise.all(running);
          expect(outcomes.map((outcome) => [valueOf(outcome), outcome.attempts])).toEqual(
            whose === 'host'
              ? [
                  [1, 2],
                  [2, 2],
                ]
              : [
                  [1, 2],
                  [2, 1],
                ],
          );
          expect(events).toContainEqual(expect.objectContaining({ type: 'worker-died', worker, signal: 'SIGKILL' }));
        },
      );

    it('cancels an endless loop in time, and gives back what others had begun', async () => {
      executor.resize(2);
      await executor.ready();
      const abort = new AbortController();
      const endless = executor.submit({ kind: 'loop' }, { signal: abort.signal });
      const other = executor.submit({ kind: 'pause', ms: 500, value: 'other' });
      await until(() => executor.status().workers.every((worker) => worker.state.state === 'running'));
      const startedMs = performance.now();
      abort.abort();
      expect((await endless).state).toBe('cancelled');
      // 250 ms is what is promised; the rest is a machine that others use too.
      expect(performance.now() - startedMs).toBeLessThan(1500);
      const outcome = await other;
      expect(valueOf(outcome)).toBe('other');
      expect(outcome.attempts).toBe(alone ? 1 : 2);
      expect(executor.status().deaths).toBe(0);
    });

    it('ends everything at once where tasks keep the interpreter lock in one long call', async () => {
      executor.resize(2);
      await executor.ready();
      const tasks = [executor.submit({ kind: 'loop-in-c' }), executor.submit({ kind: 'loop' })];
      await until(() => executor.status().workers.some((worker) => worker.state.state === 'running'));
      const startedMs = performance.now();
      await executor.cancelAll({ graceMs: 50 });
      expect(performance.now() - startedMs).toBeLessThan(1500);
      expect((await Promise.all(tasks)).map((outcome) => outcome.state)).toEqual(['cancelled', 'cancelled']);
      expect(valueOf(await executor.submit({ kind: 'echo', value: 'ready again' }))).toBe('ready again');
    });

    it('fails a task that runs beyond its deadline', async () => {
      executor.resize(1);
      await executor.ready();
      expect(await executor.submit({ kind: 'loop' }, { deadlineMs: 50 })).toMatchObject({
        state: 'failed',
        error: { code: 'task-deadline' },
      });
    });

    if (crashes)
      it('lets a task fork, takes nothing from its child, and leaves none behind', async () => {
        executor.resize(1);
        const child = valueOf(await executor.submit({ kind: 'fork' })) as number;
        expect(child).toBeGreaterThan(1);
        const left = valueOf(await executor.submit({ kind: 'fork', hangs: true })) as number;
        expect(isRunning(left)).toBe(true);
        expect(valueOf(await executor.submit({ kind: 'echo', value: 'in step' }))).toBe('in step');
        await executor.close();
        await until(() => !isRunning(left));
      });

    it('leaves no process and no file behind when it is closed in the middle of endless tasks', async () => {
      executor.resize(2);
      await executor.ready();
      const pids = executor.status().workers.map((worker) => worker.pid);
      const tasks = [executor.submit({ kind: 'loop' }), executor.submit({ kind: 'loop' })];
      await until(() => executor.status().workers.every((worker) => worker.state.state === 'running'));
      await executor.close();
      expect((await Promise.all(tasks)).map((outcome) => outcome.state)).toEqual(['cancelled', 'cancelled']);
      await until(() => pids.every((pid) => !isRunning(pid)));
      if (process.platform === 'linux') expect(childrenOfThisProcess()).toEqual([]);
    });

    it('ends its processes when it has had no workers for a while', async () => {
      executor.resize(1);
      await executor.ready();
      const pid = executor.status().workers[0]?.pid ?? 0;
      executor.resize(0);
      await until(() => !isRunning(pid));
      executor.resize(1);
      expect(valueOf(await executor.submit({ kind: 'echo', value: 'again' }))).toBe('again');
    });
  });

  it('gives up on an interpreter that cannot start, and says why', async () => {
    const command = [process.execPath, '-e', 'console.error("this is no Python"); process.exit(3)'];
    const executor = create({ name: 'python-threads', interpreter: { ...interpreter!, command } });
    executor.resize(1);
    const warned = nextEvent(executor, 'warning');
    const waiting = executor.submit({ kind: 'echo' });
    await expect(executor.ready()).rejects.toThrow(
      /Workers of python-threads stop as soon as they start.*exit code 3: this is no Python/,
    );
    expect((await waiting).state).toBe('failed');
    expect((await warned).warning.code).toBe('worker-start-failed');
    await executor.close();
  });

  it.skipIf((interpreter?.startMethods.length ?? 0) === 0)(
    'needs no semaphores: processes run where multiprocessing has none',
    async () => {
      // As Python is where the system has no sem_open: what needs one cannot even be imported.
      const without =
        'import os, sys, runpy, _multiprocessing; del _multiprocessing.SemLock; sys.path.insert(0, os.path.dirname(sys.argv[1])); runpy.run_path(sys.argv[1], run_name="__main__")';
      const [program = ''] = interpreter!.command;
      const executor = create({
        name: 'python-processes',
        interpreter: { ...interpreter!, command: [program, '-c', without] },
      });
      executor.resize(2);
      await executor.ready();
      expect(valueOf(await executor.submit({ kind: 'echo', value: 'ran' }))).toBe('ran');
      await executor.close();
    },
  );

  it('gives up on an interpreter that is not there', async () => {
    const executor = create({
      name: 'python-processes',
      interpreter: { ...interpreter!, command: ['/nowhere/python3'] },
    });
    executor.resize(2);
    await expect(executor.ready()).rejects.toThrow(/ENOENT/);
    await executor.close();
  });
});

/** Linux and macOS: the process that started it. */
function parentOf(pid: number): number {
  return Number(
    readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')[1],
  );
}

/** The child of this process that a process descends from. */
function hostOf(pid: number): number {
  const parent = parentOf(pid);
  return parent === process.pid ? pid : hostOf(parent);
}

/** Children of this process that are Pythons, zombies among them. */
function childrenOfThisProcess(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        return stat.includes('python') && Number(stat.replace(/^.*\) /, '').split(' ')[1]) === process.pid
          ? [stat.slice(0, 40)]
          : [];
      } catch {
        return [];
      }
    });
}
