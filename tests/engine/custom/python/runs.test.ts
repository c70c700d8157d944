import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ByExecutor } from '../../../../src/contract';
import { resultChecksum } from '../../../../src/engine/custom/checksum';
import { parseReport } from '../../../../src/engine/reports/any-kind';
import { allInterpreters } from '../../python/support/pythons';
import { folder, open, run, saidOf, shared, written } from '../support/runs';

const interpreters = await allInterpreters();
const [first] = interpreters;
const workersOf = ({ interpreters: has }: { interpreters: boolean }, each = 1): ByExecutor<number> => ({
  'python-threads': each,
  'python-processes': each,
  ...(has ? { 'python-interpreters': each } : {}),
});
const on = (source: string): string => written(source, 'task.py');

describe.skipIf(first === undefined)('a module in Python', () => {
  const python = first?.command[0] ?? '';
  const workers = workersOf(first ?? { interpreters: false });

  it.each([
    [
      'a package, with a file of a name that Python has',
      'shop/core/tasks.py',
      {
        'shop/__init__.py': '',
        'shop/core/__init__.py': 'from . import tasks\n',
        'shop/core/tasks.py':
          'from ..money import price\nfrom .data import Row\nimport json\nimport beside\ninputs = [Row(3)]\ndef task(row, context):\n    return [price(row.a), json.dumps(1), beside.x, __name__]\n',
        'shop/core/data.py': 'from dataclasses import dataclass\n@dataclass\nclass Row:\n    a: int\n',
        'shop/core/json.py': 'raise RuntimeError("not this one")\n',
        'shop/core/beside.py': 'x = 1\n',
        'shop/money.py': 'def price(n): return n * 2\n',
      },
      [6, '1', 1, 'shop.core.tasks'],
    ],
    [
      'folders without an __init__.py',
      'inner/near/task.py',
      {
        'inner/near/task.py': 'from ..lib import k\nfrom .one import n\ndef task(input, context): return [k, n]\n',
        'inner/lib.py': 'k = 1\n',
        'inner/near/one.py': 'n = 2\n',
      },
      [1, 2],
    ],
  ])('of %s imports what is beside it and above it', async (_, main, files, value) => {
    const where = folder();
    for (const [name, source] of Object.entries(files)) {
      mkdirSync(dirname(join(where, name)), { recursive: true });
      written(source, name, where);
    }
    const report = await run(shared(python), join(where, main), { tasks: 4, workers });
    expect(saidOf(report)).toEqual([]);
    expect(report).toMatchObject({ outcome: 'completed', warnings: [] });
    expect(new Set(report.checksums.map(({ checksum }) => checksum))).toEqual(new Set([resultChecksum(value)]));
  });

  it('has the checksums that the same module in JavaScript has', async () => {
    const client = shared(python);
    const inPython = await run(
      client,
      on('def task(input, context):\n    return {"square": input["index"] ** 2, "half": input["index"] / 2, **input}'),
      { seed: 7, size: 3, tasks: 200, workers },
    );
    expect(inPython).toMatchObject({
      outcome: 'completed',
      warnings: [],
      workload: { name: 'custom', title: 'task.py', kind: 'custom' },
      settings: { deadlineMs: 30_000, seed: 7, python: { version: first?.version } },
    });
    expect(parseReport(inPython)).toEqual(inPython);
    const inJavaScript = await run(
      client,
      written(
        'export const task = ({ index, seed, size }) => ({ index, seed, size, half: index / 2, square: index ** 2 });',
      ),
      { seed: 7, size: 3, tasks: 200 },
    );
    const sums = ({ checksums }: typeof inPython): number[] => checksums.map(({ checksum }) => checksum);
    expect(sums(inPython)).toHaveLength(64);
    expect(sums(inPython)).toEqual(sums(inJavaScript));
  });

  it('says of the lock what holds once the module is loaded, which may have switched it', async () => {
    // As an extension module does that needs the lock, in a build that can be without; the other way round it works everywhere.
    const source =
      'import sys\nsys._is_gil_enabled = lambda: False\ndef task(input, context): return context.signal.wait(0.02)';
    const report = await run(open({ python }), on(source), {
      durationMs: 1_500,
      workers: workersOf({ interpreters: false }),
    });
    expect(report.executors.map(({ lock }) => lock?.lock)).toEqual(['off', 'off']);
    const kept = await run(open({ python }), on('def task(input, context): return context.signal.wait(0.02)'), {
      durationMs: 1_500,
      workers: workersOf({ interpreters: false }),
    });
    expect(kept.executors.map(({ lock }) => lock?.lock)).toEqual(
      first?.lockOn === false ? ['off', 'off'] : ['shared', 'own'],
    );
  });

  // Every Python of this machine, on every executor that it has, by every start method.
  it.each(
    interpreters.flatMap((one) =>
      (one.startMethods.length === 0 ? [undefined] : one.startMethods).map((startMethod) => ({
        version: one.version,
        one,
        startMethod,
      })),
    ),
  )('runs on every executor of Python $version ($startMethod)', async ({ one, startMethod }) => {
    const source = `
import sys
inputs = [{"text": "a", "list": (1, 2)}, {3, 4}, b"bytes", None]
def setup(context): return [context.executor, context.worker]
def task(input, context):
    assert context.state == [context.executor, context.worker] and not context.signal.is_set() and not context.signal.cancelled
    return [repr(type(input)), input]`;
    const report = await run(shared(one.command[0] ?? ''), on(source), {
      tasks: 300,
      workers: workersOf(one),
      python: { startMethod },
    });
    expect(saidOf(report)).toEqual([]);
    expect(report).toMatchObject({
      outcome: 'completed',
      warnings: [],
      totals: { counts: { done: 300, failed: 0 } },
      settings: { python: { version: one.version, startMethod } },
    });
    expect(report.executors.filter(({ counts }) => counts.done > 0).map(({ executor }) => executor)).toEqual(
      Object.keys(workersOf(one)),
    );
    expect(report.checksums).toHaveLength(4);
  });

  it('is given its own inputs: a list, a generator, or a function of seed and size', async () => {
    const client = shared(python);
    for (const inputs of [
      'inputs = [{"at": at} for at in range(3)]',
      'inputs = ({"at": at} for at in range(3))',
      'def inputs():\n    for at in range(3): yield {"at": at}',
      'def inputs(seed, size): return [[seed, at] for at in range(size)]',
      'def inputs(request): return [[request["seed"], at] for at in range(request["size"])]',
    ]) {
      const report = await run(client, on(`${inputs}\ndef task(input, context): return input`), {
        tasks: 30,
        seed: 9,
        size: 3,
        workers,
      });
      expect(report).toMatchObject({ outcome: 'completed', totals: { counts: { done: 30, failed: 0 } } });
      expect(report.checksums).toHaveLength(3);
    }
  });

  it('has its setup called once for each worker, its lines shown, and its teardown as a worker leaves', async () => {
    const left = written('', 'left.txt');
    const source = `
import sys
def setup(context):
    print("setup", context.executor, context.worker)
    return {"calls": 0, "worker": context.worker}
def task(input, context):
    assert context.state["worker"] == context.worker
    context.state["calls"] += 1
    if context.state["calls"] == 1: context.log("first of", context.worker, {"of": 1})
async def teardown(context):
    with open(${JSON.stringify(left)}, "a") as file: file.write("left %s\\n" % (context.state["calls"] > 0))`;
    const report = await run(shared(python), on(source), {
      tasks: 600,
      workers: { 'python-threads': 2, 'python-processes': 1 },
    });
    expect(report.totals.counts).toMatchObject({ done: 600, failed: 0 });
    const lines = report.lines.map(({ executor, worker, text }) => `${executor} ${String(worker)}: ${text}`);
    expect(lines).toEqual(
      expect.arrayContaining([
        'python-threads 1: setup python-threads 1',
        "python-threads 2: first of 2 {'of': 1}",
        "python-processes 1: first of 1 {'of': 1}",
      ]),
    );
    expect(lines.filter((line) => line.includes('setup'))).toHaveLength(3);
    expect(readFileSync(left, 'utf8')).toBe('left True\n'.repeat(3));
  });

  it('may be asynchronous, take fewer arguments, and import its neighbours', async () => {
    const path = on(
      'import neighbour\nasync def setup():\n    pass\nasync def task(input):\n    import asyncio\n    await asyncio.sleep(0)\n    return neighbour.NAME',
    );
    written('NAME = "n"', 'neighbour.py', path.slice(0, -'/task.py'.length));
    const report = await run(shared(python), path, { workers });
    expect(saidOf(report)).toEqual([]);
    expect(report.totals.counts).toMatchObject({ done: 20, failed: 0 });
  });

  it('says what it is in its meta, and its sizes can be calibrated', async () => {
    const client = shared(python);
    const path = on(
      'meta = {"title": "Spin", "kind": "cpu", "summary": "Spins.", "size": {"meaning": "rounds", "min": 1, "default": 1000, "max": 1_000_000_000}}\ndef task(input, context):\n    x = 1\n    for i in range(input["size"]): x = (x * 31 + i) & 0xFFFF\n    return x',
    );
    expect(await client.call('inspectModule', { module: path })).toMatchObject({
      path,
      fileName: 'task.py',
      title: 'Spin',
      kind: 'cpu',
      summary: 'Spins.',
      size: { meaning: 'rounds', default: 1000 },
      executors: ['python-threads', 'python-processes', 'python-interpreters'],
    });
    const report = await run(client, path, { taskMs: 2, workers });
    expect(report).toMatchObject({ outcome: 'completed', settings: { taskMs: 2 }, workload: { title: 'Spin' } });
    expect(report.settings.calibratedMs).toBeGreaterThan(0.2);
  });

  it('hears by its signal that the run is being ended', async () => {
    const client = shared(python);
    const path = on(
      'def task(input, context):\n    context.log("waiting")\n    if context.signal.wait(60): context.log("heard")\n    return "ended"',
    );
    let waiting = 0;
    client.on((event) => {
      if (event.type !== 'lines') return;
      waiting += event.lines.filter(({ text }) => text === 'waiting').length;
      if (waiting === 2) void client.call('stopExperiment', null).catch(() => undefined);
    });
    const report = await run(client, path, {
      tasks: undefined,
      workers: { 'python-threads': 1, 'python-processes': 1 },
    });
    expect(
      report.lines
        .filter(({ text }) => text === 'heard')
        .map(({ executor }) => executor)
        .sort(),
    ).toEqual(['python-processes', 'python-threads']);
    expect(report.totals.counts).toMatchObject({ done: 2, failed: 0 });
  });

  it('is refused with the reason where the Python or the executor it needs is not there', async () => {
    const path = on('def task(input, context): return 1');
    const none = open({ python: '/nowhere/python3' });
    await expect(none.call('inspectModule', { module: path })).rejects.toMatchObject({
      code: 'not-available',
      message: expect.stringContaining('/nowhere/python3 cannot be started'),
    });
    await expect(run(none, path, { workers })).rejects.toMatchObject({ code: 'not-available' });
    await expect(run(shared(python), path, { workers: { threads: 1 } })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('threads cannot run task.py: files ending in .py run on python-threads'),
    });
    const older = interpreters.find((one) => !one.interpreters);
    if (older !== undefined)
      await expect(
        run(shared(older.command[0] ?? ''), path, { workers: { 'python-interpreters': 1 } }),
      ).rejects.toMatchObject({ code: 'not-available', message: expect.stringContaining('concurrent.interpreters') });
  });
});
