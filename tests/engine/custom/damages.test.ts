import { describe, expect, it } from 'vitest';
import type { LiveReport } from '../../../src/contract';
import { run, saidOf, shared, written } from './support/runs';

const TASK = 'export const task = ({ index }) => index;\n';
const damaging = (damage: string): string => `${damage}\n${TASK}`;
const throwing = (owner: string, ...names: string[]): string =>
  `for (const name of ${JSON.stringify(names)}) ${owner}[name] = () => { throw new Error(name); };`;

/** What a module can take away that Coreloom's own code does not need any more. */
const HARMLESS: readonly [what: string, damage: string][] = [
  ['push', throwing('Array.prototype', 'push')],
  [
    'the methods of maps and sets',
    `${throwing('Map.prototype', 'get', 'set', 'has', 'forEach')} ${throwing('Set.prototype', 'add', 'has', 'forEach')}`,
  ],
  ['some methods of texts', throwing('String.prototype', 'charCodeAt', 'slice')],
  ['JSON', throwing('JSON', 'parse', 'stringify')],
  ['Atomics', 'for (const name of Object.getOwnPropertyNames(Atomics)) Atomics[name] = () => 0;'],
  [
    'numbers',
    'for (const name of Object.getOwnPropertyNames(Math)) if (typeof Math[name] === "function") Math[name] = () => NaN;',
  ],
  [
    'timers',
    'for (const name of ["setTimeout", "setInterval", "setImmediate", "clearTimeout", "queueMicrotask"]) globalThis[name] = () => 0;',
  ],
  [
    'clocks',
    'process.hrtime = Object.assign(() => [0, 0], { bigint: () => 0n }); performance.now = () => 0; globalThis.Date = class { static now() { return 0; } };',
  ],
  ['then', 'Promise.prototype.then = function () { return this; };'],
  ['the statics of promises', `${throwing('Promise', 'resolve', 'race', 'all')}`],
  [
    'structuredClone and the typed arrays',
    'globalThis.structuredClone = globalThis.Float64Array = globalThis.Uint8Array = undefined;',
  ],
  [
    'the postMessage of ports',
    'const { MessagePort } = await import("node:worker_threads"); MessagePort.prototype.postMessage = () => undefined;',
  ],
  ['process.send, process.on and process.exit', 'process.send = process.on = process.exit = () => undefined;'],
  ['all listeners', 'process.removeAllListeners();'],
  ['what keeps the channel awake', 'process.channel?.unref();'],
  [
    'the port and the memory that it finds',
    'const { workerData } = await import("node:worker_threads"); for (const value of Object.values(workerData ?? {})) { value?.close?.(); if (value instanceof SharedArrayBuffer) new Uint8Array(value).fill(255); }',
  ],
];

/** Each damage is done in one run, on a thread and a process: both begin with a task before either has another. */
const runs = new Map<string, Promise<LiveReport>>();
function damaged(damage: string): Promise<LiveReport> {
  const found = runs.get(damage) ?? run(shared(), written(damaging(damage)), { tasks: 16 });
  runs.set(damage, found);
  return found;
}

describe.each(['threads', 'processes'])('a module that damages its workers, on %s', (executor) => {
  it.each(HARMLESS)('does all tasks after it replaces %s', async (_what, damage) => {
    const report = await damaged(damage);
    expect(report).toMatchObject({ outcome: 'completed', totals: { counts: { done: 16, failed: 0, retried: 0 } } });
    expect(report.executors.find((one) => one.executor === executor)?.counts.done).toBeGreaterThan(0);
    expect(report.warnings).toEqual([]);
  });
});

describe('a module that damages what nobody else can keep', () => {
  it.each([
    [
      'process.nextTick',
      'processes',
      'process.nextTick = () => undefined;',
      /^task\.mjs:1: the module replaces process\.nextTick/,
    ],
    [
      'the first place of all lists',
      'threads',
      'Object.defineProperty(Array.prototype, "0", { set() { throw new Error("mine"); }, configurable: true });',
      /^task\.mjs:1:\d+: workers of threads keep failing without finishing a task/,
    ],
    [
      'the marks of its tasks',
      'threads',
      'const { closeSync } = await import("node:fs"); if (!process.connected) closeSync(4);',
      /^task\.mjs:2: workers of threads keep failing without finishing a task/,
    ],
  ])('%s, on %s: the run ends soon with that, its file and its line', async (_what, executor, damage, said) => {
    const report = await run(shared(), written(damaging(damage)), { tasks: 8, workers: { [executor]: 1 } });
    expect(report.outcome).toBe('failed');
    expect(report.failure?.message).toMatch(said);
    expect(report.executors.flatMap(({ workers }) => workers).length).toBeLessThanOrEqual(6);
  });

  it('replaces what looks at it: it is refused with its line', async () => {
    await expect(
      shared().call('inspectModule', {
        module: written(damaging(throwing('Array.prototype', 'some', 'map', 'filter'))),
      }),
    ).rejects.toMatchObject({ code: 'module-broken', message: expect.stringMatching(/^task\.mjs:1/) });
  });

  it('gives every object a then: it is refused', async () => {
    await expect(
      shared().call('inspectModule', { module: written(damaging('Object.prototype.then = function () {};')) }),
    ).rejects.toMatchObject({
      code: 'module-broken',
      message: expect.stringMatching(/^task\.mjs:1: the module adds "then" to Object.prototype/),
    });
  });

  it('writes into the channel of its process: its task fails after three tries, and the engine lives', async () => {
    const source =
      'import { writeSync } from "node:fs";\nexport function task({ index }) {\n  if (index === 1) writeSync(3, "no message\\n");\n  return index;\n}\n';
    const report = await run(shared(), written(source), { tasks: 8, workers: { processes: 1 } });
    expect(report.outcome).toBe('tasks-failed');
    expect(saidOf(report)[0]).toMatch(/^task\.mjs:2: the task .*what it answered cannot be read/);
  });
});

describe('a result without end', () => {
  it.each([
    [
      'nested 100,000 deep',
      'let v = {}; for (let i = 0; i < 1e5; i += 1) v = { v }; return v;',
      'it is nested too deeply',
    ],
    [
      'as deep in maps',
      'let v = 1; for (let i = 0; i < 1e5; i += 1) v = new Map([[1, v]]); return v;',
      'it is nested too deeply',
    ],
    [
      'by a getter that answers another',
      'const more = () => ({ get next() { return more(); } }); return more();',
      'it is nested too deeply',
    ],
    [
      'that shares its parts',
      'let v = 1; for (let i = 0; i < 60; i += 1) v = [v, v]; return v;',
      'it contains more than 4194304 values',
    ],
    [
      'with four billion holes',
      'const v = []; v.length = 2 ** 32 - 1; return v;',
      'it contains more than 4194304 values',
    ],
    ['behind a proxy', 'return { rows: [new Proxy({}, {})] };', 'result.rows[0] is a proxy'],
    ['whose getter throws', 'return { get x() { throw new Error("mine"); } };', 'Error: mine (at task.mjs:2'],
  ])('%s fails its task and says so', async (_what, made, said) => {
    const report = await run(shared(), written(`export function task() {\n  ${made}\n}\n`), {
      tasks: 2,
      workers: { threads: 1, processes: 1 },
    });
    expect(report).toMatchObject({ totals: { counts: { done: 0, failed: 2, retried: 0 } } });
    expect(saidOf(report)).toEqual([expect.stringContaining(said)]);
  });

  it('a cycle is a result like any other', async () => {
    const report = await run(
      shared(),
      written('export function task() {\n  const v = {};\n  v.v = v;\n  return v;\n}\n'),
      { tasks: 2 },
    );
    expect(report).toMatchObject({ outcome: 'completed' });
  });
});
