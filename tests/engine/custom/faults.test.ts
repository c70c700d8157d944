import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { INSPECT_MS } from '../../../src/engine/custom/node/inspect';
import type { LiveReport } from '../../../src/contract';
import { folder, open, run, saidOf, shared, written } from './support/runs';

/** What a client is told of a module that cannot be run at all. */
async function refusal(source: string, name?: string, client = shared()): Promise<string> {
  const error: unknown = await client
    .call('inspectModule', { module: written(source, name) })
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'module-broken' });
  return (error as Error).message;
}

describe('a module that cannot be run is refused in one sentence with its line', () => {
  it.each([
    ['a syntax error', 'task.mjs', 'export function task() {\n  const = 5;\n}\n', 'task.mjs:2:9: SyntaxError'],
    [
      'a syntax error that only V8 finds',
      'task.mjs',
      'export const task = () => 1;\nlet a = 1; let a = 2;\n',
      "task.mjs:2:5: SyntaxError: Identifier 'a'",
    ],
    [
      'a syntax error in CommonJS',
      'task.cjs',
      'exports.task = () => {\n  let x = ;\n};\n',
      'task.cjs:2:11: SyntaxError',
    ],
    [
      'a syntax error in TypeScript',
      'task.ts',
      'const a: number = 1;\nexport function task(: number) {}\n',
      'task.ts:2:22: SyntaxError',
    ],
    [
      'an ES module that is named as CommonJS',
      'task.cjs',
      'export const task = () => 1;\n',
      'task.cjs:1: the file is loaded as CommonJS because of its extension',
    ],
    [
      'a throw at its top level',
      'task.mjs',
      'export const task = () => 1;\n\nthrow new TypeError("no luck");\n',
      'task.mjs:3:7: the module throws TypeError: no luck',
    ],
    [
      'a throw in TypeScript',
      'task.ts',
      'interface A { a: number }\nexport const task = () => 1;\nconst a: A = JSON.parse("null");\nconsole.log(a.a);\n',
      'task.ts:4:15: the module throws TypeError',
    ],
    [
      'a thrown text',
      'task.mjs',
      'throw "no luck";\n',
      'task.mjs:1: the module throws "no luck" while it is loading, which is not an Error',
    ],
    [
      'process.exit',
      'task.mjs',
      'export const task = () => 1;\nprocess.exit(3);\n',
      'task.mjs:2:9: the module calls process.exit',
    ],
    [
      'an import that is not there',
      'task.mjs',
      'import { x } from "./nowhere.mjs";\nexport const task = () => x;\n',
      'Cannot find module',
    ],
    ['no task', 'task.mjs', 'export const tsak = () => 1;\n', 'task.mjs:1: the module exports no task'],
    [
      'a task that is no function',
      'task.mjs',
      'export const task = 5;\n',
      "the module's task is a number; it must be a function",
    ],
    [
      'a setup that is no function',
      'task.mjs',
      'export const task = () => 1;\nexport const setup = {};\n',
      "the module's setup is an object",
    ],
    [
      'inputs that are no list',
      'task.mjs',
      'export const task = () => 1;\nexport const inputs = 5;\n',
      "the module's inputs are a number",
    ],
    [
      'inputs that are empty',
      'task.mjs',
      'export const task = () => 1;\nexport const inputs = [];\n',
      'inputs are empty',
    ],
    [
      'inputs that throw',
      'task.mjs',
      'export const task = () => 1;\nexport function* inputs() {\n  yield 1;\n  null.x;\n}\n',
      "task.mjs:4:8: creating the module's inputs failed: TypeError",
    ],
    [
      'an input that cannot be cloned',
      'task.mjs',
      'export const task = () => 1;\nexport const inputs = [1, { run() {} }];\n',
      'inputs[1].run is a function',
    ],
    [
      'a meta that is wrong',
      'task.mjs',
      'export const task = () => 1;\nexport const meta = { title: 5 };\n',
      'meta.title is a number',
    ],
    [
      'a throw that escapes it',
      'task.mjs',
      'export const task = () => 1;\nsetTimeout(() => { throw new Error("some"); });\nawait new Promise((done) => setTimeout(done, 5000));\n',
      'task.mjs:2:26: an error was not caught while the module was loading (Error: some)',
    ],
    [
      'a rejection that escapes it',
      'task.mjs',
      'export const task = () => 1;\n\nPromise.reject(new Error("some"));\nawait new Promise((done) => setTimeout(done, 5000));\n',
      'task.mjs:3:16: an error was not caught while the module was loading',
    ],
    [
      'a wait for nothing',
      'task.mjs',
      'export const task = () => 1;\nawait new Promise(() => {});\n',
      'task.mjs: the module never finishes loading, because what it awaits at its top level never completes',
    ],
    [
      'inputs that wait for nothing',
      'task.mjs',
      'export const task = () => 1;\nexport const inputs = () => new Promise(() => {});\n',
      'what its inputs await never completes',
    ],
    ['a crash', 'task.mjs', 'process.kill(process.pid, "SIGKILL"); await new Promise(() => {});\n', 'signal SIGKILL'],
  ])('%s', async (_, name, source, said) => {
    const message = await refusal(source, name);
    expect(message).toContain(said);
    expect(message).toMatch(/^[^\n]*\.$/);
  });

  it.each([
    [
      'a syntax error that only V8 finds',
      'my täsk.mjs',
      'export const task = () => 1;\r\nlet a = 1; let a = 2;\r\n',
      "my täsk.mjs:2:5: SyntaxError: Identifier 'a'",
    ],
    [
      'a syntax error in TypeScript',
      'my täsk.ts',
      '\uFEFFconst a: number = 1;\r\nexport function task(: number) {}\r\n',
      'my täsk.ts:2:22: SyntaxError',
    ],
    [
      'a throw at its top level',
      'my täsk.mjs',
      'export const task = () => 1;\r\n\r\nthrow new TypeError("no luck");\r\n',
      'my täsk.mjs:3:7: the module throws TypeError: no luck',
    ],
  ])('%s, in lines as Windows ends them, in a folder of an odd name', async (_, name, source, said) => {
    const where = join(folder(), 'a (copy) ü');
    mkdirSync(where);
    const path = written(source, name, where);
    await expect(shared().call('inspectModule', { module: path })).rejects.toMatchObject({
      code: 'module-broken',
      message: expect.stringContaining(said),
    });
  });

  it('loops forever as it is loaded', async () => {
    expect(INSPECT_MS).toBe(10_000);
    const hasty = open({ moduleLimits: { inspectMs: 500 } });
    expect(await refusal('export const task = () => 1;\nfor (;;);\n', undefined, hasty)).toMatch(
      /^task\.mjs:2: the module has not finished loading after 500 ms and is still at this line; /,
    );
    expect(
      await refusal(
        'export const task = () => 1;\nsetInterval(() => 0, 1e6);\nawait new Promise(() => {});\n',
        undefined,
        hasty,
      ),
    ).toMatch(/^task\.mjs: the module has not finished loading after 500 ms; remove endless waits/);
  });

  it('is not there, not a file, of no kind that can be run, or cannot be read', async () => {
    const client = shared();
    const where = folder();
    const inspect = (name: string) => client.call('inspectModule', { module: join(where, name) });
    mkdirSync(join(where, 'folder.mjs'));
    await expect(inspect('none.mjs')).rejects.toMatchObject({
      code: 'module-not-found',
      message: expect.stringContaining('There is no file'),
    });
    await expect(inspect('folder.mjs')).rejects.toMatchObject({
      code: 'module-not-found',
      message: expect.stringContaining('is not a file'),
    });
    await expect(inspect('task.rb')).rejects.toMatchObject({
      code: 'module-not-found',
      message: expect.stringContaining('must end in .mjs'),
    });
    await expect(client.call('inspectModule', { module: 'task.mjs' })).rejects.toMatchObject({ code: 'bad-input' });
    const secret = written('export const task = () => 1;', 'secret.mjs', where);
    chmodSync(secret, 0);
    // Root reads everything.
    if (process.getuid?.() !== 0 && process.platform !== 'win32')
      await expect(inspect('secret.mjs')).rejects.toMatchObject({
        code: 'module-not-found',
        message: expect.stringContaining('cannot be read'),
      });
  });
});

const faulty = (fault: string): string =>
  `export async function task({ index }) {\n  if (index % 8 !== 5) return index;\n  ${fault}\n}\n`;

/** What a task does, and the sentence on it; LINE is the line where it does that. */
const HARMS: [what: string, code: string, said: RegExp][] = [
  [
    'throws an error',
    'throw new RangeError("too far");',
    /^The task threw RangeError: too far \(at task\.mjs:LINE:9\)\.$/,
  ],
  [
    'throws what is no error',
    'throw { code: 7 };',
    /^The task threw (?!null|a value that).* is not an Error and therefore has no line number; throw an Error \(the task is at task\.mjs:1\)\.$/,
  ],
  [
    'throws an error with a cause',
    'throw new Error("outer", { cause: new TypeError("row 5 is wrong", { cause: "a comma" }) });',
    /^The task threw Error: outer, caused by TypeError: row 5 is wrong, caused by "a comma" \(at task\.mjs:LINE:9\)\.$/,
  ],
  [
    'throws many errors at once',
    'await Promise.any([1, 2, 3, 4, 5].map((n) => Promise.reject(new Error(`no ${n}`))));',
    /^The task threw AggregateError: All promises were rejected \[Error: no 1; Error: no 2; Error: no 3; 2 more\] \(at task\.mjs:\d+(:\d+)?\)\.$/,
  ],
  [
    'throws an error that causes itself',
    'const error = new Error("round"); error.cause = new Error("and round", { cause: error }); throw error;',
    /^The task threw Error: round, caused by Error: and round \(at task\.mjs:LINE:17\)\.$/,
  ],
  [
    'throws an error with causes without end',
    'let error = new Error("0"); for (let n = 1; n < 1000; n++) error = new Error(`${n}`, { cause: error }); throw error;',
    /^The task threw Error: 999, caused by Error: 998, caused by Error: 997, caused by Error: 996, caused by Error: 995 \(at task\.mjs:LINE:\d+\)\.$/,
  ],
  [
    'throws an error whose reasons cannot be read',
    'throw Object.defineProperties(new Error("shy"), { cause: { get() { throw 1; } }, errors: { get() { throw 2; } } });',
    /^The task threw Error: shy \(at task\.mjs:LINE:33\)\.$/,
  ],
  [
    'returns a generator',
    'return (function* () { yield 1; })();',
    /result is a generator \(return what it yields\); return plain data/,
  ],
  ['throws null', 'throw null;', /^The task threw null, which is not an Error/],
  [
    'throws what cannot be shown',
    'throw Object.create(null, { toString: { value() { throw 1; } } });',
    /^The task threw a value that cannot be shown, which is not an Error/,
  ],
  ['calls process.exit', 'process.exit(2);', /^task\.mjs:LINE:11: the task calls process\.exit/],
  [
    'returns a function within',
    'return { rows: [1, { run() {} }] };',
    /result cannot be cloned: result\.rows\[1\]\.run is a function \(run\); return plain data \(the task is at task\.mjs:1\)/,
  ],
  ['returns a symbol', 'return Symbol("x");', /result is a symbol/],
  ['returns a promise within', 'return { later: Promise.resolve(1) };', /result\.later is a promise \(await it\)/],
  [
    'leaves a rejection behind',
    'return Promise.reject(new Error("left"));',
    /^The task threw Error: left \(at task\.mjs:LINE:\d+\)\.$/,
  ],
];

/** A module of which each input does one of the harms, the last one none. */
const harmful = (): string =>
  `export async function task({ index }) {\n  switch (index % ${String(HARMS.length + 1)}) {${HARMS.map(
    ([, code], at) => `case ${String(at)}: {\n  ${code}\nbreak; } `,
  ).join('')}default: return index; }\n}\n`;

describe('a task that does harm is contained, and named with its line', () => {
  const EACH = 6;
  // All in one run: each is contained beside the others, on the same workers.
  let all: Promise<LiveReport> | undefined;
  const together = () => (all ??= run(shared(), written(harmful()), { tasks: EACH * (HARMS.length + 1) }));

  it.each(HARMS.map(([what, , said], at) => [what, said, at] as const))('%s', async (_what, said, at) => {
    const report = await together();
    const counts = { done: EACH, failed: EACH * HARMS.length };
    expect(report).toMatchObject({ outcome: 'tasks-failed', totals: { counts } });
    expect(report.executors.flatMap(({ deaths }) => deaths)).toEqual([]);
    expect(saidOf(report)).toHaveLength(HARMS.length);
    const sentence = new RegExp(said.source.replace('LINE', String(3 + 2 * at)));
    expect(report.tasks.errors.filter(({ message }) => sentence.test(message))).toHaveLength(EACH);
  });

  it('throws outside of its own promise: its place is told, its worker replaced', async () => {
    const report = await run(
      shared(),
      written(faulty('setTimeout(() => { throw new Error("stray"); });\n  await new Promise(() => {});')),
      { tasks: 64 },
    );
    expect(report).toMatchObject({ outcome: 'tasks-failed', totals: { counts: { done: 56, failed: 8 } } });
    expect(saidOf(report)).toEqual([expect.stringMatching(/stray \(at task\.mjs:3:\d+\)/)]);
  });

  it.each([
    ['loops forever', 'for (;;);'],
    ['never settles', 'await new Promise(() => {});'],
  ])('%s', async (_what, fault) => {
    const report = await run(shared(), written(faulty(fault)), { tasks: 16, deadlineMs: 250 });
    expect(report).toMatchObject({ outcome: 'tasks-failed', totals: { counts: { done: 14, failed: 2 } } });
    expect(saidOf(report)).toEqual([
      expect.stringMatching(/^task\.mjs:1: the task did not return within 250 ms, and its worker was replaced/),
    ]);
  });

  it.each(['threads', 'processes'])('kills its process, on %s', async (executor) => {
    const report = await run(
      shared(),
      written(faulty('process.kill(process.pid, "SIGKILL");\n  await new Promise(() => {});')),
      { tasks: 8, workers: { [executor]: 2 } },
    );
    expect(report).toMatchObject({ outcome: 'tasks-failed', totals: { counts: { done: 7, failed: 1 } } });
    expect(saidOf(report)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^task\\.mjs:1: the task ended with its worker in ${executor} by signal SIGKILL, (and the system does not say who sent it|while the system killed processes .*)\\. It is not retried\\.$`,
        ),
      ),
    ]);
  });

  it('has its threads in a process of their own, and the report says so', async () => {
    const report = await run(shared(), written('export const task = () => process.pid;'), {
      tasks: 8,
      workers: { threads: 2, processes: 1 },
    });
    const [threads, processes] = report.executors;
    expect(threads).toMatchObject({ executor: 'threads', threadHost: 'own-process' });
    expect(new Set(threads?.workers.map(({ pid }) => pid)).size).toBe(1);
    expect(threads?.workers[0]?.pid).not.toBe(process.pid);
    expect(processes).toHaveProperty('threadHost', null);
  });

  it.each([
    // With little memory it is had sooner, by the same way: what Node gives a worker by itself are gigabytes.
    ['object by object', 'threads', 'const all = [];\n  for (;;) all.push({});', { heapMb: 32 }],
    ['object by object', 'processes', 'const all = [];\n  for (;;) all.push({});', { heapMb: 32 }],
    ['by more at once than there can be', 'threads', 'return "ab".repeat(2 ** 26 + 1).split("").length;', {}],
    ['by more at once than there can be', 'processes', 'return "ab".repeat(2 ** 26 + 1).split("").length;', {}],
  ])('exhausts the memory of its process %s, on %s', async (_how, executor, fault, moduleLimits) => {
    const report = await run(open({ moduleLimits }), written(faulty(fault)), { tasks: 8, workers: { [executor]: 1 } });
    expect(report).toMatchObject({ outcome: 'tasks-failed', totals: { counts: { done: 7, failed: 1 } } });
    expect(saidOf(report)).toEqual([
      expect.stringMatching(
        new RegExp(`^task\\.mjs:1: the task runs out of memory in its worker in ${executor}; keep less data at a time`),
      ),
    ]);
  });

  it('fails in its setup: the run fails with that sentence, and the next one is not touched', async () => {
    const client = shared();
    const report = await run(
      client,
      written('export const task = () => 1;\nexport function setup() {\n  throw new Error("no database");\n}\n'),
    );
    expect(report).toMatchObject({
      outcome: 'failed',
      failure: {
        code: 'module-broken',
        message: 'task.mjs: setup of the module threw Error: no database (at task.mjs:3:9).',
      },
      warnings: [],
    });
    expect(report.finding).toBe(report.failure?.message);
    expect(await run(client, written('export const task = () => 1;'))).toMatchObject({ outcome: 'completed' });
  });

  it('leaves no file of ours behind', async () => {
    const report = await run(
      shared(),
      written('export const task = (_, { signal }) => { void signal; return import.meta.url; };'),
    );
    expect(report.totals.counts.failed).toBe(0);
    expect(existsSync(report.settings.module ?? '')).toBe(true);
  });
});
