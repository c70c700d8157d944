import { expect } from 'vitest';
import type { LiveReport } from '../../src/contract';
import { anyInterpreter } from '../engine/python/support/pythons';
import { fault, NEEDS_LINUX } from './fault';
import { accounted, ended, scene } from './scene';

const interpreter = await anyInterpreter();
const NEEDS_PYTHON = interpreter === null ? 'it needs Python' : null;
const AREA = 'Modules that break their workers, or return endless results';

/** Runs a module to its end; nothing of it is left, no task began too often, and the report is whole. */
async function ran(
  name: string,
  text: string,
  executor: string,
): Promise<{ code: number | null; said: string; report: LiveReport }> {
  const place = scene();
  const { code, out, err } = await ended(
    place,
    place.coreloom(['run', place.file(name, text), `--${executor}`, '2', '--tasks', '8', '--deadline', '15s']),
  );
  const report = accounted(place.reports()[0]);
  place.noFileLeft();
  expect(Math.max(...report.tasks.attempts)).toBeLessThanOrEqual(8);
  expect(report.executors[0]?.workers.length).toBeLessThan(40);
  return { code, said: `${out}${err}`, report };
}

const first = (deed: string): string =>
  `import { closeSync, writeSync } from 'node:fs';\nexport function task({ index }) {\n  if (index === 1) ${deed}\n  return index;\n}\n`;

fault(
  {
    area: AREA,
    fault: 'a task writes into the channel of its process',
    promise: 'that task fails with file and line; the run and Coreloom go on',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const { code, said, report } = await ran('task.mjs', first("writeSync(3, 'no message\\n');"), 'processes');
    expect(code).toBe(1);
    expect(report.outcome).toBe('tasks-failed');
    expect(said).toMatch(/task\.mjs:2/);
  },
);

fault(
  {
    area: AREA,
    fault: 'a task closes the file in which threads mark their tasks',
    promise: 'their process is replaced, and every task is done',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const { code, said, report } = await ran('task.mjs', first('closeSync(4);'), 'threads');
    expect(code, said).toBe(0);
    expect(report.totals.counts.done).toBe(8);
  },
);

fault(
  {
    area: AREA,
    fault: 'every worker of a module breaks before it has finished a task',
    promise: 'five in a row are the last; one sentence with file and line; exit 1',
  },
  async () => {
    const { code, said } = await ran(
      'task.mjs',
      "Object.defineProperty(Array.prototype, '0', { set() { throw new Error('mine'); }, configurable: true });\nexport const task = ({ index }) => index;\n",
      'threads',
    );
    expect(code).toBe(1);
    expect(said).toMatch(/task\.mjs:1:\d+: workers of threads keep failing without finishing a task/);
  },
);

for (const [what, made] of [
  ['nested 100,000 deep', 'let v = {}; for (let i = 0; i < 1e5; i += 1) v = { v }; return v;'],
  ['with four billion holes', 'const v = []; v.length = 2 ** 32 - 1; return v;'],
  ['that shares its parts sixty levels deep', 'let v = 1; for (let i = 0; i < 60; i += 1) v = [v, v]; return v;'],
] as const) {
  fault(
    {
      area: AREA,
      fault: `a result ${what}`,
      promise: 'each task fails with that reason, and keeps no worker until its deadline',
    },
    async () => {
      const { code, said, report } = await ran('task.mjs', `export function task() {\n  ${made}\n}\n`, 'threads');
      expect(code).toBe(1);
      expect(report.totals.counts).toMatchObject({ failed: 8, retried: 0 });
      expect(said).toMatch(
        /result cannot be cloned: it (is nested too deeply|contains more than 4194304 values); .*task\.mjs:1/,
      );
    },
  );
}

for (const executor of ['python-threads', 'python-processes']) {
  fault(
    {
      area: AREA,
      fault: `a module in Python replaces builtins, json, time and os (${executor})`,
      promise: 'every task is done',
      notHere: NEEDS_PYTHON,
    },
    async () => {
      const damage =
        'import builtins, json, os, time\nfor name in ("isinstance", "len", "list", "type", "open"): setattr(builtins, name, None)\njson.dumps = json.loads = time.monotonic_ns = time.sleep = os.getpid = None\n';
      const { code, said, report } = await ran(
        'task.py',
        `${damage}def task(input, context):\n    return input["index"]\n`,
        executor,
      );
      expect(code, said).toBe(0);
      expect(report.totals.counts).toMatchObject({ done: 8, retried: 0 });
    },
  );
}
