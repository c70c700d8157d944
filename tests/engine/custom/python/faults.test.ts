import { describe, expect, it } from 'vitest';
import { anyInterpreter } from '../../python/support/pythons';
import type { LiveReport } from '../../../../src/contract';
import { INSPECT_MS } from '../../../../src/engine/custom/python/inspect';
import { open, run, saidOf, shared, written } from '../support/runs';

const interpreter = await anyInterpreter();
const python = interpreter?.command[0] ?? '';
const posix = process.platform !== 'win32';
if (!posix) console.log('Tests of crashes and signals of modules in Python are skipped: this system has no signals.');

const groups = Number(interpreter?.version.split('.')[1] ?? 0) >= 11;
if (!groups) console.log('A test of groups of exceptions is skipped: Python 3.11 or newer has them.');

const on = (source: string): string => written(source, 'task.py');
const FINE = 'def task(input, context): return 1\n';

/** What a client is told of a module that cannot be run at all. */
async function refusal(source: string, inspectMs?: number): Promise<string> {
  const error: unknown = await (
    inspectMs === undefined ? shared(python) : open({ python, moduleLimits: { inspectMs } })
  )
    .call('inspectModule', { module: on(source) })
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'module-broken' });
  return (error as Error).message;
}

describe.skipIf(interpreter === null)(
  'a module in Python that cannot be run is refused in one sentence with its line',
  () => {
    it.each([
      [
        'a syntax error',
        'def task(input, context):\n    x = = 5\n',
        /^task\.py:2:\d+: SyntaxError: invalid syntax; correct the syntax\.$/,
      ],
      ['a wrong indent', 'def task(input, context):\n    x = 5\n   return x\n', /^task\.py:3:\d+: IndentationError: /],
      [
        'a raise at its top level',
        `${FINE}\nraise ValueError("no luck")\n`,
        /^task\.py:3: the module raises ValueError: no luck while it is loading; fix that code\.$/,
      ],
      [
        'a raise of no Exception',
        'class Stop(BaseException): pass\nraise Stop\n',
        /^task\.py:2: the module raises Stop while it is loading/,
      ],
      [
        'sys.exit',
        `${FINE}import sys\nsys.exit(3)\n`,
        /^task\.py:3: the module calls sys\.exit while it is loading; remove that call\.$/,
      ],
      [
        'os._exit',
        `${FINE}import os\nos._exit(3)\n`,
        /^task\.py:3: the module calls os\._exit while it is loading; remove that call\.$/,
      ],
      [
        'an import that is not there',
        'import not_installed_anywhere\n',
        /^task\.py:1: ModuleNotFoundError: No module named 'not_installed_anywhere'; install it for .*, or correct the import\.$/,
      ],
      [
        'no task',
        'def tsak(input, context): return 1\n',
        /^task\.py:1: the module defines no task; add `def task\(input, context\): …`\.$/,
      ],
      [
        'a task that is no function',
        'task = 5\n',
        /^task\.py:1: the module’s task is of the type int; it must be a function\.$/,
      ],
      [
        'a task that wants more',
        '\ndef task(input, context, more): return 1\n',
        /^task\.py:2: the module’s task has the wrong parameters; it must accept \(input, context\)\.$/,
      ],
      [
        'inputs that are no list',
        `${FINE}inputs = 5\n`,
        /^task\.py:1: the module’s inputs are of the type int; they must be a list/,
      ],
      ['inputs that are empty', `${FINE}inputs = []\n`, /^task\.py:1: the module’s inputs are empty/],
      [
        'inputs that raise',
        `${FINE}def inputs():\n    yield 1\n    yield None.x\n`,
        /^task\.py:4: creating the module’s inputs failed: AttributeError: /,
      ],
      [
        'an input that cannot be sent',
        `${FINE}import threading\ninputs = [1, threading.Lock()]\n`,
        /^task\.py:1: inputs\[1\] cannot be sent to a worker \(TypeError: cannot pickle .*; use plain data\.$/,
      ],
      ['a meta that is wrong', `${FINE}meta = {"title": 5}\n`, /meta\.title is a number/],
      [
        'a meta that is no plain data',
        `${FINE}meta = {"title": print}\n`,
        /^task\.py: the module’s meta is not plain data \(TypeError: /,
      ],
      [
        'closed streams',
        `${FINE}import os\nos.closerange(0, 100)\n`,
        /^task\.py: the module ends its process while it is loading \(/,
      ],
    ])('%s', async (_what, source, said) => {
      const message = await refusal(source);
      expect(message).toMatch(said);
      expect(message).toMatch(/^[^\n]*\.$/);
    });

    it('loops, or keeps the interpreter lock, forever as it is loaded', async () => {
      expect(INSPECT_MS).toBe(10_000);
      const all = await Promise.all([
        refusal(`${FINE}while True: pass\n`, 3_000),
        refusal(`${FINE}len(str(7 ** 30000000))\n`, 3_000),
      ]);
      for (const said of all)
        expect(said).toBe(
          'task.py:2: the module has not finished loading after 3 s; remove endless waits and endless loops from its top level and its inputs.',
        );
    });

    if (posix)
      it('crashes as it is loaded', async () => {
        expect(await refusal(`${FINE}import ctypes\nctypes.string_at(0)\n`)).toMatch(
          /^task\.py:3: the module ends its process while it is loading \(Segmentation fault\)/,
        );
        expect(await refusal(`${FINE}import os\nos.kill(os.getpid(), 9)\n`)).toMatch(
          /^task\.py: the module ends its process while it is loading \(signal SIGKILL\)/,
        );
      });

    it('prints, forks threads and leaves them, and is none the worse for it', async () => {
      const source = `${FINE}import sys, os, threading, time\nprint('{"ok": false}')\nos.write(1, b'{"ok": false, "message": "no"}\\n')\nsys.stdout.close()\nthreading.Thread(target=time.sleep, args=(60,)).start()\n`;
      expect(await shared(python).call('inspectModule', { module: on(source) })).toMatchObject({ title: 'task.py' });
    });
  },
);

/** Every eighth input does the fault; the others are done. */
const faulty = (fault: string): string =>
  `import os, sys, ctypes, time\ndef task(input, context):\n    if input["index"] % 8 != 5: return input["index"]\n    ${fault}\n`;
const EACH = {
  'python-threads': 3,
  'python-processes': 1,
  ...(interpreter?.interpreters === true ? { 'python-interpreters': 2 } : {}),
} as const;
const NAMES = Object.keys(EACH) as (keyof typeof EACH)[];
if (interpreter?.interpreters === false)
  console.log(`Faults of modules in python-interpreters are not tested: Python ${interpreter.version} has none.`);

/** What a task does, and the sentence on it; LINE is the line where it does that. */
const HARMS: [what: string, code: string, said: RegExp][] = [
  ['raises an error', 'raise ValueError("too far")', /^The task raised ValueError: too far \(at task\.py:LINE\)\.$/],
  [
    'raises an error from another',
    'raise ValueError("outer") from KeyError("key")',
    /^The task raised ValueError: outer, caused by KeyError: 'key' \(at task\.py:LINE\)\.$/,
  ],
  [
    'raises an error while it handles another',
    'exec("try:\\n  [].pop()\\nexcept IndexError:\\n  raise ValueError(1)")',
    /^The task raised ValueError: 1, raised while handling IndexError: pop from empty list \(at task\.py:LINE\)\.$/,
  ],
  [
    'raises an error whose reason is not wanted',
    'exec("try:\\n  [].pop()\\nexcept IndexError:\\n  raise ValueError(1) from None")',
    /^The task raised ValueError: 1 \(at task\.py:LINE\)\.$/,
  ],
  [
    'raises an error that causes itself',
    'exec("a = ValueError(1)\\nb = KeyError(2)\\na.__cause__ = b\\nb.__cause__ = a\\nraise a")',
    /^The task raised ValueError: 1, caused by KeyError: 2 \(at task\.py:LINE\)\.$/,
  ],
  [
    'raises what cannot be shown',
    'raise type("Odd", (Exception,), {"__str__": lambda self: 1 / 0})()',
    /^The task raised Odd: \(its text is not available\) \(at task\.py:LINE\)\.$/,
  ],
  [
    'raises what is no Exception',
    'raise KeyboardInterrupt',
    /^The task raised KeyboardInterrupt \(at task\.py:LINE\)\.$/,
  ],
  [
    'raises what is no error at all',
    'raise "text"',
    /^The task raised TypeError: exceptions must derive from BaseException \(at task\.py:LINE\)\.$/,
  ],
  [
    'calls sys.exit',
    'sys.exit(2)',
    /^task\.py:LINE: the task calls sys\.exit; return instead, or raise an exception\.$/,
  ],
  ['calls exit', 'exit()', /^task\.py:LINE: the task calls sys\.exit/],
  [
    'finds no memory',
    'bytearray(1 << 62)',
    /^task\.py:LINE: the task ran out of memory \(MemoryError\); keep less data at a time\.$/,
  ],
  [
    'returns a function within',
    'return {"rows": [1, print]}',
    /^The task’s result cannot be sent to another worker: result\['rows'\]\[1\] is a function \(print\); return plain data \(the task is at task\.py:2\)\.$/,
  ],
  ['returns a file', 'return open(os.devnull)', /result is of the type TextIOWrapper/],
  [
    'returns what is nested too deeply',
    'return __import__("functools").reduce(lambda a, _: [a], range(100000), 1)',
    /it is nested too deeply/,
  ],
  [
    'calls itself without end',
    'return task(input, context)',
    /^The task raised RecursionError: .* \(at task\.py:LINE\)\.$/,
  ],
];

/** A module of which each input does one of the harms, the last one none. */
const harmful = (): string =>
  `import os, sys, ctypes, time\ndef task(input, context):\n    at = input["index"] % ${String(HARMS.length + 1)}\n${HARMS.map(
    ([, code], at) => `    if at == ${String(at)}:\n        ${code}\n`,
  ).join('')}    return input["index"]\n`;

describe.skipIf(interpreter === null)('a task in Python that does harm is contained, and named with its line', () => {
  const TIMES = 6;
  /** All harms in one run: each is contained beside the others, on the same workers. */
  let all: Promise<LiveReport> | undefined;
  const together = () =>
    (all ??= run(shared(python), on(harmful()), { tasks: TIMES * (HARMS.length + 1), workers: EACH }));

  it.each(HARMS.map(([what, , said], at) => [what, said, at] as const))('%s', async (_what, said, at) => {
    const report = await together();
    const counts = { done: TIMES, failed: TIMES * HARMS.length };
    expect(report).toMatchObject({ outcome: 'tasks-failed', totals: { counts } });
    expect(report.executors.flatMap(({ deaths }) => deaths)).toEqual([]);
    expect(saidOf(report)).toHaveLength(HARMS.length);
    const sentence = new RegExp(said.source.replace('LINE', String(5 + 2 * at)));
    expect(report.tasks.errors.filter(({ message }) => sentence.test(message))).toHaveLength(TIMES);
  });

  if (groups)
    it('raises many errors at once', async () => {
      const report = await run(
        shared(python),
        on(faulty('raise ExceptionGroup("many", [ValueError(n) for n in range(5)])')),
        { tasks: 8, workers: { 'python-threads': 1 } },
      );
      expect(saidOf(report)).toEqual([
        'The task raised ExceptionGroup: many (5 sub-exceptions) [ValueError: 0; ValueError: 1; ValueError: 2; 2 more] (at task.py:4).',
      ]);
    });

  it.each([
    ['loops forever', 'while True: pass'],
    ['waits forever', 'time.sleep(1e6)'],
    ['keeps the interpreter lock forever', 'ctypes.PyDLL(None).sleep(1000)'],
    ['keeps the interpreter lock and computes', '__import__("re").match("(a+)+$", "a" * 60 + "b")'],
    ['keeps the interpreter lock again and again', 'while True: ctypes.PyDLL(None).usleep(150_000)'],
  ])('%s: its worker is replaced, and the others’ tasks are run again', async (_what, fault) => {
    const report = await run(shared(python), on(faulty(fault)), { tasks: 32, deadlineMs: 400, workers: EACH });
    expect(report).toMatchObject({ outcome: 'tasks-failed', totals: { counts: { done: 28, failed: 4 } } });
    expect(saidOf(report)).toEqual([
      expect.stringMatching(
        /^task\.py:2: the task did not return within 400 ms, and its worker was replaced; return sooner/,
      ),
    ]);
  });

  it.each([
    [
      'os._exit',
      'os._exit(3)',
      /^task\.py:4: the task calls os\._exit, which ends its process in python-(threads|processes|interpreters); return instead\. It is not retried\.$/,
    ],
    ...(posix
      ? ([
          [
            'a crash',
            'ctypes.string_at(0)',
            /^task\.py:4: the task ends its process in python-(threads|processes|interpreters) \(signal SIGSEGV: Segmentation fault\); remove the code that does this\. It is not retried\.$/,
          ],
          [
            'os.abort',
            'os.abort()',
            /^task\.py:4: the task ends its process in python-(threads|processes|interpreters) \(signal SIGABRT: Aborted\)/,
          ],
        ] as const)
      : []),
  ] as const)('ends its process by %s', async (_what, fault, said) => {
    for (const name of NAMES) {
      const report = await run(shared(python), on(faulty(fault)), { tasks: 16, workers: { [name]: 2 } });
      expect(report).toMatchObject({ outcome: 'tasks-failed', totals: { counts: { done: 14, failed: 2 } } });
      for (const sentence of saidOf(report)) expect(sentence).toMatch(said);
    }
  });

  if (posix)
    it('is killed by a signal: it alone fails, and no cause is named that was not seen', async () => {
      for (const name of NAMES) {
        const report = await run(shared(python), on(faulty('ctypes.CDLL(None).kill(os.getpid(), 9); time.sleep(60)')), {
          tasks: 16,
          workers: { [name]: 2 },
        });
        expect(saidOf(report)).toEqual([
          expect.stringMatching(
            /^task\.py:2: the task ended with its worker in python-\w+ by signal SIGKILL, (?:and the system does not say who sent it|while the system killed processes .*)\. It is not retried\.$/,
          ),
        ]);
        expect(report).toMatchObject({ outcome: 'tasks-failed', totals: { counts: { done: 14, failed: 2 } } });
      }
    });

  it('writes past Python’s streams, closes them, and forks: the run goes on', async () => {
    const source = `import os, sys
def task(input, context):
    print('{"type": "results"}')
    try: os.write(1, b"straight out\\n")
    except OSError: pass
    if hasattr(os, "fork") and context.executor != "python-interpreters" and input["index"] % 4 == 0 and os.fork() == 0: return "the child"
    sys.stdout.close()
    if context.executor == "python-processes":
        for descriptor in (0, 1, 2):
            try: os.close(descriptor)
            except OSError: pass
    return input["index"]
`;
    const report = await run(shared(python), on(source), { tasks: 40, workers: EACH });
    expect(saidOf(report)).toEqual([]);
    expect(report).toMatchObject({ outcome: 'completed', warnings: [], totals: { counts: { done: 40, failed: 0 } } });
    expect(report.lines.filter(({ text }) => text === '{"type": "results"}')).toHaveLength(40);
  });

  it('fails in its setup: the run fails with that sentence, and the next one is not touched', async () => {
    const client = shared(python);
    const setup = (body: string): string => on(`${FINE}import os, sys\ndef setup(context):\n    ${body}\n`);
    expect(await run(client, setup('raise ValueError("no database.")'), { workers: EACH })).toMatchObject({
      outcome: 'failed',
      failure: {
        code: 'module-broken',
        message: 'task.py: setup of the module raised ValueError: no database (at task.py:4).',
      },
    });
    expect((await run(client, setup('sys.exit(1)'), { workers: EACH })).failure?.message).toBe(
      'task.py: setup of the module raised SystemExit: 1 (at task.py:4).',
    );
    for (const name of NAMES.slice(1))
      expect((await run(client, setup('os._exit(1)'), { workers: { [name]: 1 } })).failure?.message).toMatch(
        /^task\.py:4: workers exit during setup or while the module is loading \(exit code 1: os\._exit was called\); remove the code that causes this\.$/,
      );
    expect(await run(client, on(FINE), { workers: EACH })).toMatchObject({ outcome: 'completed' });
  });
});
