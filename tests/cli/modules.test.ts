import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReportText } from '../../src/engine/reports/any-kind';
import { asLive, warningsOf } from '../support/live-report';
import { temporaryFolder } from '../support/folder';
import { anyInterpreter } from '../engine/python/support/pythons';
import { coreloom } from './coreloom';

const interpreter = await anyInterpreter();

const RUN = ['--threads', '1', '--processes', '1', '--tasks', '50', '--size', '20', '--json'];

it.skipIf(process.platform !== 'linux')(
  'runs where the path of the data folder is too long for a socket, and leaves nothing there (Linux)',
  async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'task.mjs'), 'export const task = () => 1;\n');
    const home = join(cwd, 'long'.repeat(25));
    expect(await coreloom(['run', './task.mjs', ...RUN], { cwd, home }).ended).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(cwd).sort()).toEqual([basename(home), 'task.mjs']);
    expect(readdirSync(join(home, 'private'))).toEqual([]);
  },
);

it.skipIf(process.platform === 'win32')('what a command that was killed left is removed by the next', async () => {
  const cwd = temporaryFolder();
  const home = join(cwd, 'home');
  const kept = join(home, 'private');
  mkdirSync(kept, { recursive: true });
  writeFileSync(
    join(cwd, 'task.mjs'),
    'export const task = async () => { console.log("at work"); await new Promise((resolve) => setTimeout(resolve, 60_000)); };\n',
  );
  const killed = coreloom(['run', './task.mjs', '--threads', '1', '--tasks', '1', '--size', '1', '--json'], {
    cwd,
    home,
  });
  await expect
    .poll(() => readdirSync(kept, { recursive: true }).map((path) => basename(String(path))), { timeout: 20_000 })
    .toContain('tasks.mjs');
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(readdirSync(kept)).not.toEqual([]);
  writeFileSync(join(cwd, 'short.mjs'), 'export const task = () => 1;\n');
  expect(await coreloom(['run', './short.mjs', ...RUN], { cwd, home }).ended).toMatchObject({ code: 0 });
  expect(readdirSync(kept)).toEqual([]);
});

describe('coreloom new', () => {
  it.each(['task.mjs', 'task.js', 'task.cjs', 'task.ts'])(
    'writes a %s that runs on threads and processes',
    async (name) => {
      const cwd = temporaryFolder();
      const made = await coreloom(['new', name], { cwd }).ended;
      expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: '' });
      expect(made.out).toContain(`Run it: coreloom run ./${name} `);
      expect(readFileSync(join(cwd, name), 'utf8')).toContain(`coreloom run ./${name} `);
      const { code, out, err } = await coreloom(['run', `./${name}`, ...RUN, '--seed', '1'], { cwd }).ended;
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const report = asLive(parseReportText(out));
      expect(warningsOf(report)).toEqual([]);
      expect(report).toMatchObject({
        outcome: 'completed',
        workload: { title: 'Collatz steps', kind: 'cpu' },
        totals: { counts: { done: 50, failed: 0 } },
      });
      expect(report.settings.module).toMatch(new RegExp(`${name.replace('.', '\\.')}$`));
      for (const executor of report.executors) expect(executor.counts.done).toBeGreaterThan(0);
    },
  );

  it.skipIf(interpreter === null)(
    'writes a task.py that runs on every executor of its Python, and without counts on two of them',
    async () => {
      const cwd = temporaryFolder();
      const made = await coreloom(['new', 'task.py'], { cwd }).ended;
      expect(made).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Run it: coreloom run ./task.py ') });
      const python = [
        '--python',
        interpreter?.command[0] ?? '',
        '--tasks',
        '200',
        '--size',
        '20',
        '--json',
        '--seed',
        '1',
      ];
      const some = await coreloom(['run', './task.py', ...python], { cwd }).ended;
      expect({ code: some.code, err: some.err }).toEqual({ code: 0, err: '' });
      const all = await coreloom(
        [
          'run',
          './task.py',
          ...python,
          '--python-threads',
          '1',
          '--python-processes',
          '1',
          ...(interpreter?.interpreters ? ['--python-interpreters', '1'] : []),
        ],
        { cwd },
      ).ended;
      for (const { out } of [some, all]) {
        const report = asLive(parseReportText(out));
        expect(warningsOf(report)).toEqual([]);
        expect(report).toMatchObject({
          outcome: 'completed',
          workload: { title: 'Collatz steps', kind: 'cpu' },
          totals: { counts: { done: 200, failed: 0 } },
          settings: { python: { version: interpreter?.version } },
        });
        for (const executor of report.executors) expect(executor.counts.done).toBeGreaterThan(0);
      }
      expect(asLive(parseReportText(some.out)).executors.map(({ executor }) => executor)).toEqual([
        'python-threads',
        'python-processes',
      ]);
    },
  );

  it('never writes over a file', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'task.ts'), 'mine');
    const { code, err } = await coreloom(['new', 'task.ts'], { cwd }).ended;
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining('task.ts already exists and was not changed'),
    });
    expect(readFileSync(join(cwd, 'task.ts'), 'utf8')).toBe('mine');
  });

  it('refuses another ending, and a folder that is not there', async () => {
    const cwd = temporaryFolder();
    expect(await coreloom(['new', 'task.rb'], { cwd }).ended).toMatchObject({
      code: 2,
      err: expect.stringContaining('must end in .mjs'),
    });
    expect(await coreloom(['new', 'there/task.mjs'], { cwd }).ended).toMatchObject({
      code: 2,
      err: expect.stringContaining('folder does not exist'),
    });
  });
});

describe('coreloom run with a file', () => {
  it('says in one line what is wrong with it', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'broken.ts'), 'export function task(: number) {}\n');
    const { code, out, err } = await coreloom(['run', 'broken.ts', '--tasks', '1'], { cwd }).ended;
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^coreloom: broken\.ts:1:22: SyntaxError[^\n]*\.\n$/);
    expect(await coreloom(['run', './none.mjs', '--tasks', '1'], { cwd }).ended).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no file'),
    });
  });

  it('ends a task that never returns at its deadline, and goes on', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'task.mjs'), 'export const task = ({ index }) => { while (index === 3); return index; };');
    const { code, out } = await coreloom(
      ['run', 'task.mjs', '--threads', '1', '--processes', '1', '--tasks', '8', '--deadline', '200ms', '--json'],
      { cwd },
    ).ended;
    expect(code).toBe(1);
    const report = asLive(parseReportText(out));
    expect(report.totals.counts).toMatchObject({ done: 7, failed: 1 });
    expect(report.tasks.errors.map(({ message }) => message)).toEqual([
      expect.stringContaining('task.mjs:1: the task did not return within 200 ms'),
    ]);
  });

  it('has a deadline for files alone', async () => {
    expect(await coreloom(['run', 'sha256', '--tasks', '1', '--deadline', '1s']).ended).toMatchObject({
      code: 2,
      err: expect.stringContaining('--deadline'),
    });
  });
});
